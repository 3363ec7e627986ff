"""Writes ledger files for the tests: a good sheet, changed in the one way that a case (broken/ledgers/*.yaml) names.

A case: `sheet`, and of `headers` (old: new; null drops the column), `above` (rows over the headers), `set` (row.column: cell, rows
counted in the finished file), `add` (rows below, as {column: cell} over a copy of the first row, or as a plain list),
`merge` (ranges), `tab` (another name of the sheet). A cell is text or number, or {formula:, value:}, {number: digits as the XML
holds them}, {date:}, {percent:}, {text:}, {bool:}.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

GRADES = {
    **{"高级": "senior", "一级": "first", "二级": "second", "三级": "third", "四级": "fourth", "见习": "trainee"},
    **{"三级客户经理": "third", "senior": "senior", "third": "third", "trainee": "trainee"},
}
GOOD: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "broken" / "ledgers" / "good.yaml").read_text(encoding="utf-8")
)
BROKEN = Path(__file__).parent / "broken" / "ledgers"


def cases(*names: str) -> list[dict[str, Any]]:
    """The cases of those files."""
    return [case for name in names for case in yaml.safe_load((BROKEN / f"{name}.yaml").read_text(encoding="utf-8"))]


def grid(case: dict[str, Any]) -> list[list[Any]]:
    """The cells of the case, from the first row of the file on."""
    rows = GOOD[case["sheet"]]
    names = list(rows[0])
    kept = [name for name in names if case.get("headers", {}).get(name, name) is not None]
    written = [case.get("headers", {}).get(name, name) for name in kept] + case.get("more", [])
    added = [
        row if isinstance(row, list) else [{**rows[0], **row}[name] for name in kept] for row in case.get("add", [])
    ]
    cells = [*case.get("above", []), written, *([row[name] for name in kept] for row in rows), *added]
    for where, cell in case.get("set", {}).items():
        row, _, name = str(where).partition(".")
        index = written.index(name) if name in written else kept.index(name)
        line = cells[int(row) - 1]
        line.extend([None] * (index + 1 - len(line)))
        line[index] = cell
    return cells


def write_csv(path: Path, cells: list[list[Any]], encoding: str = "utf-8") -> Path:
    """Every cell as text; None is an empty one."""
    out = io.StringIO()
    csv.writer(out).writerows([["" if cell is None else cell for cell in row] for row in cells])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, sheets: dict[str, list[list[Any]]], merge: list[str] | None = None, **options: Any) -> Path:
    """A workbook; `options` are xlsxwriter's (date_1904)."""
    book = xlsxwriter.Workbook(path, options)
    formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"}), "percent": book.add_format({"num_format": "0%"})}
    raw: dict[str, str] = {}
    for name, cells in sheets.items():
        sheet = book.add_worksheet(name)
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                _write(sheet, y, x, cell, formats, raw)
        for span in merge or []:
            sheet.merge_range(span, "")
            first = span.partition(":")[0]
            y, x = int(re.sub(r"\D", "", first)) - 1, ord(first[0]) - 65
            _write(sheet, y, x, cells[y][x], formats, raw)
    book.close()
    if raw:
        rewrite(path, lambda part, text: _put_raw(text, raw) if part.startswith("xl/worksheets/") else text)
    return path


def _write(sheet: Any, y: int, x: int, cell: Any, formats: dict[str, Any], raw: dict[str, str]) -> None:
    if isinstance(cell, datetime.date):
        cell = {"date": cell}
    if not isinstance(cell, dict):
        return (
            None
            if cell is None
            else sheet.write_string(y, x, cell)
            if isinstance(cell, str)
            else sheet.write(y, x, cell)
        )
    if "formula" in cell:
        if "value" not in cell:
            raw["<v>4242</v>"] = ""
        return sheet.write_formula(y, x, cell["formula"], None, cell.get("value", 4242))
    if "number" in cell:
        mark = 424200000 + len(raw)
        raw[f"<v>{mark}</v>"] = f"<v>{cell['number']}</v>"
        return sheet.write_number(y, x, mark)
    kind, value = next(iter(cell.items()))
    if kind == "date":
        return sheet.write_datetime(y, x, datetime.datetime.combine(value, datetime.time()), formats["date"])
    if kind == "percent":
        return sheet.write_number(y, x, value, formats["percent"])
    return sheet.write_boolean(y, x, value) if kind == "bool" else sheet.write_string(y, x, value)


def _put_raw(text: str, raw: dict[str, str]) -> str:
    for written, wanted in raw.items():
        text = text.replace(written, wanted)
    return text


def rewrite(path: Path, change: Callable[[str, str], str]) -> Path:
    """Every part of a workbook through `change(part, text)`."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, change(name, text))
    return path
