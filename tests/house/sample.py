"""The sample branch as tests read it: its files, and the expectations that its README states."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import xlsxwriter

FOLDER = Path(__file__).parents[2] / "knowledge" / "demo"
LEDGERS = sorted(FOLDER.glob("*.csv"))
PERIOD = "2026Q3"


def rows(sheet: str) -> list[dict[str, str]]:
    """The rows of one sheet, with the Chinese headers as keys."""
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def expectations() -> dict[str, dict[str, Any]]:
    """Staff number -> dotted path -> value, from the README's table."""
    found: dict[str, dict[str, Any]] = {}
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0].isdigit():
            pairs = re.findall(r"`([\w.]+) = ([\w.]+)`", cells[5])
            found[cells[0]] = {path: _value(text) for path, text in pairs}
    return found


def _value(text: str) -> Any:
    if text in {"true", "false", "null"} or re.fullmatch(r"\d{1,3}", text):
        return json.loads(text)
    return text


def at(answer: dict[str, Any], path: str) -> Any:
    """The value at a dotted path."""
    value: Any = answer
    for step in path.split("."):
        value = value[step]
    return value


def said(answers: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What these answers say at every path of the expectations."""
    return {who: {path: at(answers[who], path) for path in paths} for who, paths in expectations().items()}


def write_workbook(path: Path) -> None:
    """The same sheets as one XLSX workbook."""
    with xlsxwriter.Workbook(path) as book:
        for file in LEDGERS:
            sheet = book.add_worksheet(file.stem)
            with file.open(encoding="utf-8", newline="") as lines:
                for number, row in enumerate(csv.reader(lines)):
                    sheet.write_row(number, 0, [cell or None for cell in row])
