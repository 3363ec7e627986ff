"""A finalised run as files: XLSX, CSV with a byte-order mark, JSON. No cell begins a formula; A4, frozen header."""

import csv
import io
import json
from decimal import Decimal

import xlsxwriter

from bot.domain.rulebook import Rulebook
from bot.render.appraisal_tables import Cell, Sheet, tables
from bot.render.workbook import safe
from bot.services.appraisal_export import Exported

_A4 = 9
_WIDTH = 18
_NUMBER = "#,##0.00##"


def as_xlsx(exported: Exported, rulebook: Rulebook) -> bytes:
    """Results, forms with signature lines, allowances: a sheet each."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    title, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "border": 1})
    figure, plain = book.add_format({"num_format": _NUMBER, "border": 1}), book.add_format({"border": 1})
    for sheet in tables(exported, rulebook):
        page = book.add_worksheet(sheet.name)
        page.set_paper(_A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_column(0, len(sheet.head) - 1, _WIDTH)
        for number, line in enumerate(sheet.above):
            page.write_string(number, 0, safe(line), title if number == 0 else None)
        top = len(sheet.above)
        for column, name in enumerate(sheet.head):
            page.write_string(top, column, name, bold)
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        for number, row in enumerate(sheet.rows, start=top + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, safe(cell), plain)
                else:
                    page.write_number(number, column, cell, figure if isinstance(cell, Decimal) else plain)
        last = top + 1 + len(sheet.rows)
        for number, line in enumerate(sheet.below, start=last + 1):
            page.write_string(number, 0, safe(line))
        page.print_area(0, 0, last + len(sheet.below), len(sheet.head) - 1)
    book.close()
    return out.getvalue()


def as_csv(exported: Exported, rulebook: Rulebook) -> bytes:
    """The results alone, for Excel."""
    sheet: Sheet = tables(exported, rulebook)[0]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.head)
    writer.writerows([[_text(cell) for cell in row] for row in sheet.rows])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    return safe(cell) if isinstance(cell, str) else str(cell)


def as_json(exported: Exported) -> bytes:
    """The snapshot, which `ladder appraise replay --file` recomputes."""
    made = {"by": exported.by, "day": exported.day, "via": exported.via, "audit_head": exported.audit_head}
    text = json.dumps({**exported.snapshot, "exported": made}, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()
