"""Workbooks that go back to HR: a blank ledger, an example, and the one they sent with its faults marked.

openpyxl here, since it can put marks into a workbook that exists; ledgers are read by `bot.loading.ledgers` alone, and
only a file that was read by it comes here.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from bot.domain.importing import Remark
from bot.loading import data
from bot.loading.ledgers.csv_file import delimiter_of, encodings_for
from bot.loading.ledgers.schema import SHEETS

_RED = PatternFill("solid", start_color="FFF4B6B6", end_color="FFF4B6B6")
_BOLD = Font(bold=True)
_MOST_BYTES = 4 * 1024 * 1024
"""openpyxl takes eight times as long as our reader, and fifty times the file in memory: larger ones get words only."""
_MOST_MARKS = 2_000
_HEADER_ROWS = 10
_EXAMPLE_ROWS = 3


def blank() -> bytes:
    """Every sheet with its headers."""
    return _saved([(sheet.name, [[column.name for column in sheet.columns]]) for sheet in SHEETS])


def example() -> bytes:
    """The same with the first rows of the sample branch."""
    sheets = []
    for sheet in SHEETS:
        text = (data.knowledge() / "demo" / f"{sheet.name}.csv").read_text(encoding="utf-8-sig")
        sheets.append((sheet.name, list(csv.reader(io.StringIO(text)))[: _EXAMPLE_ROWS + 1]))
    return _saved(sheets)


def marked(name: str, content: bytes, remarks: Sequence[Remark]) -> bytes | None:
    """The file as a workbook, faulty cells red with the reason as a comment; None where none of them has a cell, or
    the file is too large or no workbook that openpyxl can open."""
    mine = [found for found in remarks if found.place.file == name and found.place.row]
    if not mine or len(content) > _MOST_BYTES:
        return None
    book = _opened(name, content)
    if book is None:
        return None
    for found in mine[:_MOST_MARKS]:
        _mark(book, found)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(name: str, content: bytes) -> Any:
    if content[:2] == b"PK":
        try:
            return load_workbook(io.BytesIO(content))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, BadZipFile, SyntaxError):
            # What its parsers raise (XML's ParseError is a SyntaxError); the words are sent in any case.
            return None
    for encoding in encodings_for(content):
        try:
            text = io.StringIO(content.decode(encoding), newline="")
            rows = list(csv.reader(text, delimiter=delimiter_of(text)))
        except (UnicodeDecodeError, csv.Error):
            continue
        return _book([(name.rpartition(".")[0][:31] or "CSV", rows)])
    return None


def _mark(book: Any, found: Remark) -> None:
    sheet = book[found.place.sheet] if found.place.sheet in book.sheetnames else book.worksheets[0]
    cell = sheet.cell(row=found.place.row, column=_column(sheet, found.place.column))
    if type(cell).__name__ == "MergedCell":
        cell = sheet.cell(row=found.place.row, column=sheet.max_column + 1)
    cell.fill = _RED
    said = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{said}{found.message}"[:1000], "Ladder")


def _column(sheet: Any, header: str | None) -> int:
    """By the header as the report writes it; the first column where the whole row is meant."""
    for row in sheet.iter_rows(min_row=1, max_row=_HEADER_ROWS):
        for cell in row:
            if header and cell.value is not None and str(cell.value).strip() == header.strip():
                return int(cell.column)
    return 1


def _saved(sheets: Iterable[tuple[str, list[list[str]]]]) -> bytes:
    out = io.BytesIO()
    _book(sheets).save(out)
    return out.getvalue()


def _book(sheets: Iterable[tuple[str, list[list[str]]]]) -> Workbook:
    """Every cell is text: none begins a formula, whatever its first character."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        page = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = page.cell(row=number, column=column)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
                if cell.value is not None:
                    cell.data_type = "s"
        for cell in page[1] if rows and rows[0] else ():
            cell.font = _BOLD
        page.freeze_panes = "A2"
    return book
