"""`ladder import` of large files beside the shortest script that could do without its checks; memory of all processes.

`python -m tests.bench.imports ROWS`: how many rows; the figures aimed at are those of 1,000,000.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.config import FixedClock, Settings
from bot.domain.period import Period
from bot.render.progress_json import progress_line
from bot.services.import_ledger import ImportLedger
from bot.services.looking import standing_of
from bot.wiring import build
from tests.bench.filling import fill
from tests.bench.ledger_files import write_bomb, write_figures, write_workbook
from tests.conftest import NOW
from tests.postgres import run_server

SHORT = 20_000
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LADDER = Path(sys.executable).with_name("ladder")


@dataclass(frozen=True)
class Ran:
    """Seconds by the clock, the most bytes of all its processes together, and the exit status."""

    seconds: float
    peak: int
    status: int

    def told(self) -> str:
        """7.31 s in 120 MB."""
        return f"{self.seconds:7.2f} s in {self.peak >> 20:4} MB"


def _run(*command: object, database: str = "") -> Ran:
    env = {**os.environ, "LADDER_DATABASE_URL": database, "PYTHONUTF8": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(0.01)
    return Ran(time.perf_counter() - start, peak, process.returncode)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                yield from _family(int(child))
        except OSError:
            continue


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _beside(name: str, ours: Ran, plain: Ran, bar: str) -> str:
    ratio = f"x{ours.seconds / plain.seconds:.2f}"
    failed = "" if ours.status == 0 else f"   exit {ours.status}"
    return f"{name:<44} {ours.told()}   beside {plain.told()}   {ratio}   ({bar}){failed}"


def lines(rows: int, postgres: bool = True) -> Iterator[str]:
    """One line a figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = write_figures(folder / "业绩.csv", rows)
        plain = _run(sys.executable, "-m", "tests.bench.plain_import", table, folder / "plain.sqlite3")
        ours = _run(_LADDER, "import", table, database=f"sqlite:///{folder / 'csv.sqlite3'}")
        yield _beside(f"CSV of {rows:,} rows, SQLite", ours, plain, "aim x3, 150 MB")
        if postgres:
            yield _on_postgres(table, rows, plain)
        (folder / "faulty").mkdir()
        faulty = write_figures(folder / "faulty" / "业绩.csv", rows, faulty=True)
        refused = _run(_LADDER, "import", faulty, database=f"sqlite:///{folder / 'faulty.sqlite3'}")
        yield _beside("the same, a fault in each row: refused", refused, ours, "beside the sound one; aim x2")
        yield _answers(folder, table)
        book = write_workbook(folder / "业绩.xlsx", rows)
        plain = _run(sys.executable, "-m", "tests.bench.plain_import", book, folder / "calamine.sqlite3")
        ours = _run(_LADDER, "import", book, database=f"sqlite:///{folder / 'xlsx.sqlite3'}")
        yield _beside(f"XLSX of {rows:,} rows, SQLite", ours, plain, "beside calamine; aim x2, 400 MB")
        yield _bomb(folder)


def _on_postgres(table: Path, rows: int, plain: Ran) -> str:
    with run_server() as address:
        ours = _run(_LADDER, "import", table, database=address.replace("postgresql:", "postgresql+psycopg:", 1))
    return _beside(f"CSV of {rows:,} rows, PostgreSQL by COPY", ours, plain, "beside SQLite; server not counted")


def _bomb(folder: Path) -> str:
    bomb = write_bomb(folder / "台账.xlsx")
    read = "import sys; from pathlib import Path; from bot.loading.ledgers import read_ledger; "
    ran = _run(sys.executable, "-c", read + "sys.exit(not read_ledger([Path(sys.argv[1])], {}).errors)", bomb)
    size = bomb.stat().st_size / 1e6
    return f"{f'bomb of {size:.1f} MB that opens to 600: refused':<44} {ran.told()}   (aim 1 s, 64 MB)"


def _answers(folder: Path, table: Path) -> str:
    """Standings of one manager in a bot's process, while another of its threads imports."""
    parts = build(Settings(database_url=f"sqlite:///{folder / 'answers.sqlite3'}"), FixedClock(NOW))
    with parts.store.write() as view:
        fill(view.connection, 50, 200)
    rulebook, period = parts.shelf.on(NOW.date()), Period.parse("2026Q3")

    def load() -> None:
        parts.imports(ImportLedger(parsed=parts.read_ledger([table]), actor="bench"))

    importing = threading.Thread(target=load)
    importing.start()
    times = []
    while importing.is_alive():
        start = time.perf_counter()
        with parts.store.read() as view:
            person = view.people.get("M00025")
            assert person is not None
            progress_line(standing_of(view, rulebook, person, period))
        times.append(time.perf_counter() - start)
        time.sleep(0.01)
    parts.store.close()
    times.sort()
    p99 = times[int(len(times) * 0.99)] * 1000
    return f"{'answers while an import runs':<44} p99 {p99:.1f} ms, of {len(times)}   (aim 50 ms)"


if __name__ == "__main__":
    for told in lines(int(sys.argv[1]) if len(sys.argv) > 1 else SHORT):
        print(told, flush=True)
