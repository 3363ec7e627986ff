"""An exported standing as XLSX. No cell begins a formula, whatever a client is called; A4, one page wide."""

import io
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.render.export import Cell, ExportedStanding, Table

_A4 = 9
_DIGITS = 15
"""As many as a number of a workbook holds; a longer one is written as text, so that none is rounded."""
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (16, 34, 24, 22, 20, 20, 34, 40)
_NUMBER = "#,##0.00##"
_UNITS = ("美元", "元")
Formats = dict[str, Format]


def workbook(exported: ExportedStanding) -> bytes:
    """The conditions, the clients, the six grades, the clauses with the readings: a sheet each."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True})
    figures = {unit: book.add_format({"num_format": f'{_NUMBER}"{unit}"'}) for unit in _UNITS}
    for number, table in enumerate(exported.tables):
        page = book.add_worksheet(table.name)
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        _write(page, [] if number else exported.above, table, bold, figures)
    book.close()
    return out.getvalue()


def _write(page: Worksheet, above: list[str], table: Table, bold: Format, figures: Formats) -> None:
    for number, line in enumerate(above):
        page.write_string(number, 0, safe(line))
    top = len(above) + bool(above)
    for column, head in enumerate(table.head):
        page.write_string(top, column, safe(head), bold)
    page.repeat_rows(top)
    for number, row in enumerate(table.rows, start=top + 1):
        for column, cell in enumerate(row):
            _put(page, number, column, cell, figures)


def _put(page: Worksheet, row: int, column: int, cell: Cell, figures: Formats) -> None:
    if cell.number is not None and sum(c.isdigit() for c in cell.number) <= _DIGITS:
        page.write_number(
            row, column, Decimal(cell.number), figures[next(unit for unit in _UNITS if cell.text.endswith(unit))]
        )
    elif cell.text:
        page.write_string(row, column, safe(cell.text))


def safe(text: str) -> str:
    """A text is written as one; an apostrophe keeps it one where the sheet is later saved as CSV and opened again."""
    return f"'{text}" if text.startswith(_BEGIN_A_FORMULA) else text
