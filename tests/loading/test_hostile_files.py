"""Every hostile file is answered for: refused with place and reason, or read right, and never half-loaded."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from bot.domain.importing import ParsedLedger, Remark
from bot.loading.ledgers import read_ledger
from bot.services.import_ledger import ImportLedger
from bot.wiring import Parts
from tests.ledgers import stored
from tests.loading.hostile.build import Kind, build, kinds
from tests.loading.ledger_files import GOOD, GRADES, grid, write_xlsx

KINDS = kinds()
SHEETS = ("managers", "figures", "attribution", "rates", "sessions", "attendance")
SECOND_READERS = [kind for kind in KINDS if kind.get("read") and not {"csv", "large", "above"} & kind.keys()]
LONGEST_MESSAGE = 1_000


def same(told: Any, expected: Any) -> bool:
    """A long text stands in the data by its start, or as "cut"."""
    if expected == "cut":
        return told is not None
    if isinstance(expected, str) and expected.endswith("…"):
        return str(told).startswith(expected[:-1])
    return bool(told == expected)


def hold(told: Sequence[Remark], kind: Kind, key: str) -> None:
    rows = [[r.place.sheet, r.place.row, r.place.column, r.value, r.code] for r in told]
    expected = kind.get(key, [])
    assert len(rows) == kind.get(f"{key}_in_all", len(expected)), [r.message for r in told[:5]]
    for row, wanted in zip(rows, expected, strict=False):
        assert all(same(a, b) for a, b in zip(row, wanted, strict=True)), (row, wanted)


def clear(remark: Remark) -> bool:
    """Chinese, with a place and an end, on one line that nothing invisible turns round."""
    message = remark.message
    return (
        any("\u4e00" <= c <= "\u9fff" for c in message)
        and bool(remark.place.file)
        and message.endswith(("。", "?若是请改正。"))
        and len(message) <= LONGEST_MESSAGE
        and not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in message)
    )


def row_of(ledger: ParsedLedger, sheet: str, number: int) -> dict[str, object]:
    """The values of a row; the sheet by its name in the file."""
    return next(dict(r.values) for s in ledger.sheets if s.sheet == sheet for r in s.rows if r.number == number)


def test_there_are_well_over_a_hundred_kinds_of_hostile_file() -> None:
    assert len(KINDS) == len({kind["name"] for kind in KINDS})
    assert len(KINDS) >= 120


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["name"])
def test_a_hostile_file_is_refused_with_its_place_or_read_right(kind: Kind, tmp_path: Path) -> None:
    ledger = read_ledger([build(kind, tmp_path)], GRADES)
    hold(ledger.errors, kind, "errors")
    hold(ledger.warnings, kind, "warnings")
    assert [r.message for r in (*ledger.errors, *ledger.warnings) if not clear(r)] == []
    for sheet, count in kind.get("read_rows", {}).items():
        assert [len(s.rows) for s in ledger.sheets if s.sheet == sheet] == [count]
    for sheet, rows in kind.get("read", {}).items():
        for number, cells in rows.items():
            values = row_of(ledger, sheet, int(number))
            assert {key: str(values[key]) for key in cells} == {key: str(cell) for key, cell in cells.items()}


def state(joined: Parts) -> list[list[dict[str, object]]]:
    """Every current row of the store."""
    return [stored(joined, name) for name in SHEETS]


@pytest.mark.parametrize("part", range(4))
def test_no_hostile_file_is_ever_half_loaded(part: int, joined: Parts, tmp_path: Path) -> None:
    """Refused, it leaves no trace; accepted, all its rows are there, and withdrawn, the store is what it was."""
    good = write_xlsx(tmp_path / "好.xlsx", {sheet: grid({"sheet": sheet}) for sheet in GOOD})
    assert joined.imports(ImportLedger(parsed=joined.read_ledger([good]), actor="test")).accepted
    before = state(joined)
    for number, kind in enumerate(KINDS[part::4]):
        folder = tmp_path / str(number)
        folder.mkdir()
        parsed = joined.read_ledger([build(kind, folder)])
        report = joined.imports(ImportLedger(parsed=parsed, actor="test"))
        assert report.accepted == (not report.errors), kind["name"]
        if not report.accepted:
            assert report.batch is None, kind["name"]
            assert state(joined) == before, kind["name"]
        elif any(report.changed.values()):
            assert sum(report.rows.values()) == sum(len(s.rows) for s in parsed.sheets), kind["name"]
            assert report.batch is not None
            assert joined.imports.undo(report.batch, "test").accepted, kind["name"]
            assert state(joined) == before, kind["name"]


@pytest.mark.parametrize("kind", SECOND_READERS, ids=lambda kind: kind["name"])
def test_a_second_reader_finds_the_same_days_and_amounts(kind: Kind, tmp_path: Path) -> None:
    """openpyxl and calamine, where they open the file at all: they are less strict, and know no units."""
    path = build(kind, tmp_path)
    ledger = read_ledger([path], GRADES)
    grids = [found for reader in (_by_openpyxl, _by_calamine) if (found := reader(path)) is not None]
    assert grids
    for sheet in ledger.sheets:
        for row in sheet.rows:
            for cells in (g[sheet.sheet] for g in grids if sheet.sheet in g):
                header = next(line for line in cells if any(c in sheet.headers.values() for c in line))
                line = cells[row.number - 1]
                for key, value in row.values.items():
                    index = header.index(sheet.headers[key]) if sheet.headers[key] in header else None
                    if index is not None and index < len(line):
                        assert agrees(value, line[index], sheet.headers[key]), (key, value, line[index])


def agrees(ours: object, theirs: Any, header: str) -> bool:
    """Days, and amounts in columns without a unit; words are ours to read."""
    if theirs in (None, "") or "(" in header or not isinstance(ours, int | str) or isinstance(ours, bool):
        return not hasattr(theirs, "date") or str(ours) == str(theirs.date())
    if isinstance(ours, int) and isinstance(theirs, int | float) and ours >= 100 and not isinstance(theirs, bool):
        return abs(ours - round(theirs * 100)) == 0 or ours in (round(theirs), round(theirs * 10_000))
    return True


def _by_openpyxl(path: Path) -> dict[str, list[list[Any]]] | None:
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        return {
            sheet.title: [[c.value for c in row] for row in sheet.iter_rows(max_row=20)] for sheet in book.worksheets
        }
    except Exception:
        return None


def _by_calamine(path: Path) -> dict[str, list[list[Any]]] | None:
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=20) for name in book.sheet_names
        }
    except Exception:
        return None
