"""Mutated ledger files through the real import: `python -m tests.loading.fuzz --files 2000 --seed 1` (`make fuzz`).

Real workbooks (of two libraries) and CSV files are changed where their structure says that it hurts. Every one must end
with a report, in Chinese, with a place; what is refused leaves no trace, what is accepted is whole. Every file has its own
limit of processor time and the process one of memory, both set by the operating system. A number names a file: `--only N`.
"""

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import openpyxl

from bot.config import FixedClock, Settings
from bot.domain.importing import ParsedLedger, Remark
from bot.services.import_ledger import ImportLedger
from bot.wiring import Parts, build
from tests.ledgers import stored
from tests.loading.hostile import mutate
from tests.loading.ledger_files import GOOD, grid, write_csv, write_xlsx

SECONDS = 20
"""Of processor time for one file: a hang, not slowness."""
MEMORY = 1 << 30
"""Bytes of address space beyond what the process has when it begins."""
SHEETS = ("managers", "figures", "attribution", "rates", "sessions", "attendance")


class Fault(Exception):
    """A file that was not answered for as it must be."""


class Hang(BaseException):
    """Past every `except Exception`: the time is up."""


def main() -> None:
    """Exit 1 where a file found a fault; its number, kept in `--keep`, makes it again."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", type=int)
    asked.add_argument("--keep", type=Path, help="a folder for the files that found a fault")
    options = asked.parse_args()
    signal.signal(signal.SIGXCPU, _hang)
    numbers = range(options.files) if options.only is None else [options.only]
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder), options.seed)
        faults = [number for number in numbers if not run.one(number, options.keep)]
        run.say(len(numbers), faults)
    sys.exit(bool(faults))


def _hang(*_: object) -> NoReturn:
    raise Hang


class Run:
    """A store with a good ledger in it, which every file is imported into."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        clock = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
        self._joined = build(Settings(database_url=f"sqlite:///{folder / 'ladder.sqlite3'}"), clock)
        self._ends: Counter[str] = Counter()
        self._slowest = (0.0, 0)
        self._sources = _sources(folder / "sources")
        self._import([self._sources[0]])
        self._before = _state(self._joined)
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + MEMORY, resource.RLIM_INFINITY))

    def one(self, number: int, keep: Path | None) -> bool:
        """Whether the file was answered for."""
        chance = random.Random(f"{self._seed}/{number}")
        source = chance.choice(self._sources[:3] if chance.random() < 0.7 else self._sources[3:])
        path = self._folder / source.name
        path.write_bytes(source.read_bytes())
        (mutate.text_file if path.suffix == ".csv" else mutate.workbook)(path, chance)
        began = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(began) + SECONDS, resource.RLIM_INFINITY))
        try:
            self._ends[self._answer(path)] += 1
        except (Exception, Hang) as fault:
            print(f"file {number} of seed {self._seed} ({path.name}): {type(fault).__name__}: {fault}")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}-{path.name}").write_bytes(path.read_bytes())
            return False
        finally:
            self._slowest = max(self._slowest, (time.process_time() - began, number))
        return True

    def _answer(self, path: Path) -> str:
        """The end that the file came to. Fault where the report or the store is not as it must be."""
        parsed = self._joined.read_ledger([path])
        for remark in (*parsed.errors, *parsed.warnings):
            if problem := _unclear(remark):
                raise Fault(f"{remark.code}: {problem}: {remark.message[:200]!r}")
        report = self._joined.imports(ImportLedger(parsed=parsed, actor="fuzz"))
        if report.accepted == bool(report.errors):
            raise Fault("neither accepted nor refused")
        if report.accepted and any(report.changed.values()):
            self._whole(parsed)
            if report.batch is None or not self._joined.imports.undo(report.batch, "fuzz").accepted:
                raise Fault("cannot be withdrawn")
        if _state(self._joined) != self._before:
            raise Fault("left a trace")
        return report.errors[0].code if report.errors else "accepted" if any(report.changed.values()) else "unchanged"

    def _whole(self, parsed: ParsedLedger) -> None:
        """Every key that the file has is in the store."""
        for name in SHEETS:
            held = {tuple(str(row.get(key)) for key in _KEYS[name]) for row in stored(self._joined, name)}
            for sheet in (s for s in parsed.sheets if str(s.key) == name):
                if any(tuple(str(row.values[key]) for key in _KEYS[name]) not in held for row in sheet.rows):
                    raise Fault("loaded in part")

    def _import(self, paths: list[Path]) -> None:
        parsed = self._joined.read_ledger(paths)
        if not self._joined.imports(ImportLedger(parsed=parsed, actor="fuzz")).accepted:
            raise Fault("the good ledger is refused")

    def say(self, files: int, faults: list[int]) -> None:
        """What came of them, and what it took."""
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(f"{files} files, seed {self._seed}: {len(faults)} faults {faults or ''}")
        print("ends: " + ", ".join(f"{code} {count}" for code, count in self._ends.most_common()))
        print(
            f"slowest file {self._slowest[0]:.2f} s of processor time (number {self._slowest[1]}, limit {SECONDS} s), "
            f"peak {peak >> 10} MB resident, all {time.process_time():.0f} s"
        )


_KEYS = {
    "managers": ("id",),
    "figures": ("client", "as_of"),
    "attribution": ("client", "manager", "from"),
    "rates": ("as_of",),
    "sessions": ("id",),
    "attendance": ("session", "manager"),
}


def _state(joined: Parts) -> list[list[dict[str, object]]]:
    return [stored(joined, name) for name in SHEETS]


def _sources(folder: Path) -> list[Path]:
    """Sound files: a workbook of all sheets by one library, one by another with merged cells, a CSV of each sheet."""
    folder.mkdir()
    sheets = {sheet: grid({"sheet": sheet}) for sheet in GOOD}
    books = [write_xlsx(folder / "台账.xlsx", sheets), write_xlsx(folder / "旧历.xlsx", sheets, date_1904=True)]
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["培训"].merge_cells("H2:I2")
    book.save(folder / "另一.xlsx")
    return [*books, folder / "另一.xlsx", *(write_csv(folder / f"{name}.csv", rows) for name, rows in sheets.items())]


def _unclear(remark: Remark) -> str | None:
    """What is wrong with a message."""
    message = remark.message
    if not any("\u4e00" <= c <= "\u9fff" for c in message):
        return "not in Chinese"
    if not remark.place.file:
        return "without a place"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in message):
        return "holds what cannot be seen"
    return "too long to be read" if len(message) > 1_000 else None


def _address_space() -> int:
    """Bytes that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
