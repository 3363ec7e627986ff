"""Mutated ledger files through the real import: `python -m tests.loading.fuzz --files 2000 --seed 1` (`make fuzz`).

Real workbooks (of two libraries) and CSV files are changed where their structure says that it hurts. Every one must end
with a report, in Chinese, with a place; what is refused leaves no trace, what is accepted is whole. Every file has its own
limit of processor time and the process one of memory, both set by the operating system. Every fourth file (`--wide N`:
every Nth) is read by the reading process of large files too, under limits of its own, which must find the same, and is
imported into a real PostgreSQL as well. A number names a file: `--only N`.
"""

import argparse
import hashlib
import json
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
from bot.domain.import_words import CELLS
from bot.domain.importing import ParsedLedger, Remark
from bot.loading.ledgers.apart import Limits, read_apart
from bot.services.import_ledger import ImportLedger
from bot.wiring import build
from tests.conftest import database
from tests.ledgers import stored
from tests.loading.hostile import mutate
from tests.loading.ledger_files import GOOD, grid, write_csv, write_xlsx
from tests.postgres import run_server

SECONDS = 20
"""Of processor time for one file: a hang, not slowness."""
MEMORY = 1 << 30
"""Bytes of address space beyond what the process has when it begins."""
APART = Limits(memory=200 << 20, cpu=SECONDS, seconds=120, spool=64 << 20)
"""Of the reading process: every file here is small, so that reaching one of them is a fault."""
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
    asked.add_argument("--wide", type=int, default=4, help="every how many files also go apart and to PostgreSQL")
    asked.add_argument("--keep", type=Path, help="a folder for the files that found a fault")
    options = asked.parse_args()
    signal.signal(signal.SIGXCPU, _hang)
    numbers = range(options.files) if options.only is None else [options.only]
    with tempfile.TemporaryDirectory() as folder, run_server() as server, database(server) as address:
        run = Run(Path(folder), options.seed, address, options.wide if options.only is None else 1)
        faults = [number for number in numbers if not run.one(number, options.keep)]
        run.say(len(numbers), faults)
    sys.exit(bool(faults))


def _hang(*_: object) -> NoReturn:
    raise Hang


class Stand:
    """A store with a good ledger in it, which every file is imported into."""

    def __init__(self, url: str, good: Path) -> None:
        clock = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
        self.joined = build(Settings(database_url=url), clock)
        if not self.joined.imports(ImportLedger(parsed=self.joined.read_ledger([good]), actor="fuzz")).accepted:
            raise Fault("the good ledger is refused")
        self._before = self._digest()

    def end(self, parsed: ParsedLedger) -> str:
        """What the import comes to. Fault where the report or the store is not as it must be."""
        report = self.joined.imports(ImportLedger(parsed=parsed, actor="fuzz"))
        if report.accepted == bool(report.errors):
            raise Fault("neither accepted nor refused")
        for remark in (*report.errors, *report.warnings):
            if problem := _unclear(remark):
                raise Fault(f"{remark.code}: {problem}: {remark.message[:200]!r}")
        changed = report.accepted and any(report.changed.values())
        if changed:
            self._whole(parsed)
            if report.batch is None or not self.joined.imports.undo(report.batch, "fuzz").accepted:
                raise Fault("cannot be withdrawn")
        if self._digest() != self._before:
            raise Fault("left a trace")
        return report.errors[0].code if report.errors else "accepted" if changed else "unchanged"

    def _whole(self, parsed: ParsedLedger) -> None:
        """Every key that the file has is in the store."""
        for name in SHEETS:
            held = {tuple(str(row.get(key)) for key in _KEYS[name]) for row in stored(self.joined, name)}
            for sheet in (s for s in parsed.sheets if str(s.key) == name):
                if any(tuple(str(row.values[key]) for key in _KEYS[name]) not in held for row in sheet.rows):
                    raise Fault("loaded in part")

    def _digest(self) -> str:
        rows = [stored(self.joined, name) for name in SHEETS]
        return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()


class Run:
    """All files of a seed, each into the stores."""

    def __init__(self, folder: Path, seed: int, postgresql: str, wide: int) -> None:
        self._folder = folder
        self._seed = seed
        self._wide = wide
        self._apart = 0
        self._ends: Counter[str] = Counter()
        self._slowest = (0.0, 0)
        self._sources = _sources(folder / "sources")
        self._small = Stand(f"sqlite:///{folder / 'ladder.sqlite3'}", self._sources[0])
        self._large = Stand(postgresql, self._sources[0])
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
            self._ends[self._answer(path, number % self._wide == 0)] += 1
        except (Exception, Hang) as fault:
            print(f"file {number} of seed {self._seed} ({path.name}): {type(fault).__name__}: {fault}")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}-{path.name}").write_bytes(path.read_bytes())
            return False
        finally:
            self._slowest = max(self._slowest, (time.process_time() - began, number))
        return True

    def _answer(self, path: Path, wide: bool) -> str:
        """The end that the file came to, the same on every way."""
        parsed = self._small.joined.read_ledger([path])
        end = self._small.end(parsed)
        if wide:
            self._apart += 1
            apart = read_apart([path], self._small.joined.grade_names, APART)
            if _plain(apart) != _plain(parsed):
                raise Fault(f"read otherwise in a process of its own: {[e.message for e in apart.errors][:3]}")
            if (other := self._large.end(apart)) != end:
                raise Fault(f"{end} on SQLite, {other} on PostgreSQL")
        return end

    def say(self, files: int, faults: list[int]) -> None:
        """What came of them, and what it took."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{files} files, seed {self._seed}: {len(faults)} faults {faults or ''}")
        print(
            f"{self._apart} of them also read in a process of their own and imported into PostgreSQL "
            f"(limits {APART.memory >> 20} MB of address space, {APART.cpu} s)"
        )
        print("ends: " + ", ".join(f"{code} {count}" for code, count in self._ends.most_common()))
        print(
            f"slowest file {self._slowest[0]:.2f} s of processor time (number {self._slowest[1]}, limit {SECONDS} s), "
            f"peak {peak >> 10} MB resident, all {time.process_time():.0f} s"
        )


def _plain(ledger: ParsedLedger) -> object:
    """All that a reading comes to."""
    sheets = [(s.key, s.sheet, s.file, s.columns, dict(s.headers), list(s.rows)) for s in ledger.sheets]
    return sheets, ledger.errors, ledger.warnings, ledger.files


_KEYS = {
    "managers": ("id",),
    "figures": ("client", "as_of"),
    "attribution": ("client", "manager", "from"),
    "rates": ("as_of",),
    "sessions": ("id",),
    "attendance": ("session", "manager"),
}


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


_OF_A_COLUMN = {"empty_amounts"}


def _unclear(remark: Remark) -> str | None:
    """What is wrong with a message."""
    message = remark.message
    if not any("\u4e00" <= c <= "\u9fff" for c in message):
        return "not in Chinese"
    if not remark.place.file:
        return "without a place"
    if remark.code in CELLS.keys() - _OF_A_COLUMN and None in (
        remark.place.sheet,
        remark.place.row,
        remark.place.column,
    ):
        return "without the place of its cell"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in message):
        return "holds what cannot be seen"
    return "too long to be read" if len(message) > 1_000 else None


def _address_space() -> int:
    """Bytes that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
