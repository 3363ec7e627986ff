"""Marks faults in the workbook that HR sent; run in a process of its own, since openpyxl takes eight times as long as
our reader, fifty times the file in memory, and the interpreter's lock all the while.

`marked` is the caller's side, `main` the process's.
"""

import csv
import io
import marshal
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.domain.importing import Place, Remark

_MOST_BYTES = 8 << 20
_MOST_UNPACKED = 48 << 20
"""Some 80,000 rows of 业绩, of which nobody mends faults by hand; larger ones get a list of the faults instead."""
_MEMORY = 1 << 30
_CPU = 120
_SECONDS = 180.0
_HEADER_ROWS = 10


def marked(name: str, content: bytes, errors: Sequence[Remark], warnings: Sequence[Remark]) -> bytes | None:
    """The file as a workbook, faulty cells red and doubtful ones yellow, with the reasons as comments.

    None where no fault has a cell, or the file is too large or no workbook that openpyxl can open.
    """
    both = [
        [_plain(found) for found in some if found.place.file == name and found.place.row] for some in (errors, warnings)
    ]
    if not any(both) or len(content) > _MOST_BYTES or _unpacked(content) > _MOST_UNPACKED:
        return None
    job = marshal.dumps((name, content, *both))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "bot.loading.marking"],
            input=job,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def _plain(found: Remark) -> tuple[Any, ...]:
    return (*astuple(found.place), found.value, found.code, found.message)


def _unpacked(content: bytes) -> int:
    """What a workbook's parts say that they unpack to."""
    if content[:2] != b"PK":
        return len(content)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return _MOST_UNPACKED + 1


def main() -> None:
    """Reads the job, limits itself, writes the workbook; another status than 0 where there is none."""
    from bot.loading.limited import limit_this_process

    name, content, *both = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - of our own process
    limit_this_process(memory=_MEMORY, cpu=_CPU, written=1 << 30)
    os.nice(10)
    errors, warnings = ([Remark(Place(*value[:4]), *value[4:]) for value in some] for some in both)
    sys.stdout.buffer.write(_marked_here(name, content, errors, warnings))


def _marked_here(name: str, content: bytes, errors: Sequence[Remark], warnings: Sequence[Remark]) -> bytes:
    from openpyxl.styles import PatternFill

    book = _opened(name, content)
    for remarks, colour in ((warnings, "FFFFE699"), (errors, "FFF4B6B6")):
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        for found in remarks:
            _mark(book, found, fill)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(name: str, content: bytes) -> Any:
    from openpyxl import load_workbook

    from bot.loading.ledger_workbooks import book_of
    from bot.loading.ledgers.csv_file import delimiter_of, encodings_for

    if content[:2] == b"PK":
        return load_workbook(io.BytesIO(content))
    for encoding in encodings_for(content):
        try:
            text = io.StringIO(content.decode(encoding), newline="")
            rows = list(csv.reader(text, delimiter=delimiter_of(text)))
        except (UnicodeDecodeError, csv.Error):
            continue
        return book_of([(name.rpartition(".")[0][:31] or "CSV", rows)])
    raise ValueError("neither a workbook nor a text")


def _mark(book: Any, found: Remark, fill: Any) -> None:
    from openpyxl.comments import Comment

    sheet = book[found.place.sheet] if found.place.sheet in book.sheetnames else book.worksheets[0]
    cell = sheet.cell(row=found.place.row, column=_column(sheet, found.place.column))
    if type(cell).__name__ == "MergedCell":
        cell = sheet.cell(row=found.place.row, column=sheet.max_column + 1)
    cell.fill = fill
    said = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{said}{found.message}"[:1000], "Ladder")


def _column(sheet: Any, header: str | None) -> int:
    """By the header as the report writes it; the first column where the whole row is meant."""
    for row in sheet.iter_rows(min_row=1, max_row=_HEADER_ROWS):
        for cell in row:
            if header and cell.value is not None and str(cell.value).strip() == header.strip():
                return int(cell.column)
    return 1


if __name__ == "__main__":
    main()
