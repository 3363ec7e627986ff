"""Workbooks that are made for HR: a blank ledger, an example, a list of faults. `marking` marks the one they sent."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from bot.domain.importing import Remark
from bot.loading import data
from bot.loading.ledgers.schema import SHEETS

_BOLD = Font(bold=True)
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


def faults(errors: Sequence[Remark], warnings: Sequence[Remark]) -> bytes:
    """One row a fault, with its place, what the cell shows and what to do: for files in which no cell can be marked."""
    rows = [["类别", "文件", "工作表", "行", "列", "单元格内容", "说明"]]
    for kind, remarks in (("错误", errors), ("提醒", warnings)):
        rows += [[kind, *_place(found), found.value or "", found.message] for found in remarks]
    return _saved([("错误清单", rows)])


def _place(found: Remark) -> list[str]:
    at = found.place
    return [at.file, at.sheet or "", str(at.row or ""), at.column or ""]


def _saved(sheets: Iterable[tuple[str, list[list[str]]]]) -> bytes:
    out = io.BytesIO()
    book_of(sheets).save(out)
    return out.getvalue()


def book_of(sheets: Iterable[tuple[str, list[list[str]]]]) -> Workbook:
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
