"""Ledger files of any size for the benches, written without a library: as exports and as Excel write them."""

import random
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.ledgers import FIGURES
from tests.loading.ledger_files import write_xlsx

_LETTERS = "ABCDEFGHIJKLMN"
_SERIAL = 46295
"""2026-09-30."""


def _amounts(rows: int) -> Iterator[list[int]]:
    """分, the agreement deposits below the deposits."""
    chance = random.Random(7)
    for _ in range(rows):
        deposits = chance.randrange(10**10)
        yield [deposits, deposits // 3, *(chance.randrange(10**9) for _ in range(9))]


def write_figures(path: Path, rows: int, kind: str = "") -> Path:
    """A CSV of 业绩. `fault`: an amount of each row is no number; `warning`: a name of each holds the invisible."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(FIGURES) + "\n")
        for n, amounts in enumerate(_amounts(rows)):
            cells = [f"{a // 100}.{a % 100:02}" for a in amounts]
            cells[2] = "无" if kind == "fault" else cells[2]
            hidden = "\u200b" if kind == "warning" else ""
            file.write(f"2026-09-30,C{n:08},客户{n}{hidden}有限公司,{','.join(cells)}\n")
    return path


def write_workbook(path: Path, rows: int) -> Path:
    """An XLSX of 业绩 with dates as serials, amounts as numbers, and texts in the table of texts."""
    small = write_xlsx(path.with_name("small.xlsx"), {"业绩": [FIGURES, [date(2026, 9, 30)]]})  # style 1 is a date's
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "xl/sharedStrings.xml":
                _write(new, name, _texts(rows))
            elif name == "xl/worksheets/sheet1.xml":
                _write(new, name, _sheet(rows))
            else:
                new.writestr(name, old.read(name))
    return path


def write_bomb(path: Path, megabytes: int = 600) -> Path:
    """A small workbook whose sheet opens to that much."""
    small = write_xlsx(path.with_name("small.xlsx"), {"业绩": [FIGURES]})
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                _write(new, name, (" " * (1 << 20) for _ in range(megabytes)))
            else:
                new.writestr(name, old.read(name))
    return path


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def _texts(rows: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    yield "".join(f"<si><t>{name}</t></si>" for name in FIGURES)
    for n in range(rows):
        yield f"<si><t>C{n:08}</t></si><si><t>客户{n}有限公司</t></si>"
    yield "</sst>"


def _sheet(rows: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    yield '<row r="1">' + "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate(_LETTERS)) + "</row>"
    for n, amounts in enumerate(_amounts(rows)):
        r, text = n + 2, len(FIGURES) + 2 * n
        cells = "".join(f'<c r="{c}{r}"><v>{a / 100!r}</v></c>' for c, a in zip(_LETTERS[3:], amounts, strict=True))
        keys = f'<c r="A{r}" s="1"><v>{_SERIAL}</v></c><c r="B{r}" t="s"><v>{text}</v></c>'
        yield f'<row r="{r}" spans="1:14">{keys}<c r="C{r}" t="s"><v>{text + 1}</v></c>{cells}</row>'
    yield "</sheetData></worksheet>"
