"""`ladder import` of large files beside the shortest script that could do without its checks.

`python -m tests.bench.imports [--rows N] [PART…]` (or `make bench-imports ROWS=… PARTS=…`): how many rows, and which of
the parts: csv, postgres, faults, warnings, xlsx, bomb, answers. The figures aimed at are those of 1,000,000 rows. Each
line has seconds by the clock, processor seconds and the most memory of all processes together, for both sides, which
run one after the other; a server's own are not counted.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import answers
from tests.bench.ledger_files import write_bomb, write_figures, write_workbook
from tests.bench.processes import Ran, beside, run
from tests.conftest import database
from tests.postgres import run_server

SHORT, FULL = 20_000, 1_000_000
_LADDER = Path(sys.executable).with_name("ladder")


class Files:
    """The files of one run, each written when it is first asked for."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.folder = folder
        self.rows = rows
        self._clean: Ran | None = None

    def table(self, kind: str = "") -> Path:
        """A CSV: sound, or of a `kind` of fault or warning in each row."""
        path = self.folder / (kind or "sound") / "业绩.csv"
        if not path.exists():
            path.parent.mkdir()
            write_figures(path, self.rows, kind)
        return path

    def load(self, file: Path, url: str = "") -> Ran:
        """`ladder import` into a fresh store."""
        return run(_LADDER, "import", file, database=url or f"sqlite:///{self.folder / f'{file.parent.name}.sqlite3'}")

    def plain(self, file: Path, database: str = "") -> Ran:
        """The baseline into a fresh table."""
        target = database or self.folder / f"plain-{file.suffix[1:]}.sqlite3"
        return run(sys.executable, "-m", "tests.bench.plain_import", file, target)

    def clean(self) -> Ran:
        """The import of the sound CSV, made once."""
        self._clean = self._clean or self.load(self.table())
        return self._clean


def _csv(files: Files) -> str:
    plain = files.plain(files.table())
    return beside(f"CSV of {files.rows:,} rows, SQLite", files.clean(), plain, "by hand", "aims x3, 150 MB")


def _postgres(files: Files) -> str:
    with run_server() as server, database(server) as url:
        bare = url.replace("+psycopg", "")
        plain = files.plain(files.table(), bare)
        ours = files.load(files.table(), url)
    return beside("the same, PostgreSQL", ours, plain, "by COPY", "aim x3; the server's memory is not counted")


def _faults(files: Files) -> str:
    refused = files.load(files.table("fault"))
    assert refused.status == 1
    return beside("a fault in each row: refused", refused, files.clean(), "a sound file", "aim x2")


def _warnings(files: Files) -> str:
    warned = files.load(files.table("warning"))
    return beside("a warning for each row", warned, files.clean(), "a sound file", "aim x2")


def _xlsx(files: Files) -> str:
    book = write_workbook(files.folder / "业绩.xlsx", files.rows)
    plain = files.plain(book)
    return beside(f"XLSX of {files.rows:,} rows, SQLite", files.load(book), plain, "calamine", "aims x2, 400 MB")


def _bomb(files: Files) -> str:
    bomb = write_bomb(files.folder / "台账.xlsx")
    read = "import sys; from pathlib import Path; from bot.loading.ledgers import read_ledger; "
    ran = run(sys.executable, "-c", read + "sys.exit(not read_ledger([Path(sys.argv[1])], {}).errors)", bomb)
    assert ran.status == 0
    return f"{f'bomb of {bomb.stat().st_size / 1e6:.1f} MB that opens to 600: refused':<44} {ran.told()}   (aims 1 s, 64 MB)"


def _answers(files: Files) -> str:
    return answers.line(files.folder / "answers.sqlite3", files.table())


PARTS: dict[str, Callable[[Files], str]] = {
    "csv": _csv,
    "postgres": _postgres,
    "faults": _faults,
    "warnings": _warnings,
    "answers": _answers,
    "xlsx": _xlsx,
    "bomb": _bomb,
}


def lines(rows: int, parts: tuple[str, ...] = tuple(PARTS)) -> Iterator[str]:
    """One line a figure."""
    with tempfile.TemporaryDirectory() as name:
        files = Files(Path(name), rows)
        for part in parts:
            yield PARTS[part](files)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.imports")
    parser.add_argument("--rows", type=int, default=FULL)
    # Not `choices`: with `*` argparse holds the empty list itself against them.
    parser.add_argument("parts", nargs="*", metavar=f"{{{','.join(PARTS)}}}")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for told in lines(asked.rows, tuple(asked.parts or PARTS)):
        print(told, flush=True)


if __name__ == "__main__":
    main()
