"""Every fault of a ledger file is reported with its place, its value and its code, and no other (broken/ledgers/*.yaml)."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.importing import ParsedLedger, Remark
from bot.loading.ledgers import read_ledger
from tests.loading.ledger_files import GOOD, GRADES, cases, grid, write_csv, write_xlsx

CASES = cases("headers", "cells", "rows")


def told(remarks: tuple[Remark, ...]) -> list[list[Any]]:
    return [[r.place.row, r.place.column, r.value, r.code] for r in remarks]


def hold(ledger: ParsedLedger, case: dict[str, Any]) -> None:
    for expected in (errors := [list(e) for e in case.get("errors", [])]):
        if expected[2] == "cut":  # a value too long to stand in the case
            expected[2] = ledger.errors[0].value
    assert told(ledger.errors) == errors, [e.message for e in ledger.errors]
    assert told(ledger.warnings) == [list(w) for w in case.get("warnings", [])], [w.message for w in ledger.warnings]
    for remark in (*ledger.errors, *ledger.warnings):
        assert remark.place.sheet == case["sheet"]
        assert remark.message.endswith(("。", "?若是请改正。"))
        assert not remark.value or len(remark.value) <= 200


@pytest.mark.parametrize("case", [c for c in CASES if c.get("xlsx", True)], ids=lambda c: c["name"])
def test_a_fault_in_a_workbook_is_told_with_its_place(case: dict[str, Any], tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", {case["sheet"]: grid(case)}, case.get("merge"))
    hold(read_ledger([path], GRADES), case)


@pytest.mark.parametrize("case", [c for c in CASES if c.get("csv", True)], ids=lambda c: c["name"])
def test_a_fault_in_a_csv_file_is_told_with_its_place(case: dict[str, Any], tmp_path: Path) -> None:
    hold(read_ledger([write_csv(tmp_path / f"{case['sheet']}.csv", grid(case))], GRADES), case)


@pytest.mark.parametrize("sheet", GOOD)
def test_the_good_sheet_that_the_cases_change_has_no_fault(sheet: str, tmp_path: Path) -> None:
    ledger = read_ledger([write_xlsx(tmp_path / "台账.xlsx", {sheet: grid({"sheet": sheet})})], GRADES)
    assert not ledger.errors
    assert not ledger.warnings
    assert [len(s.rows) for s in ledger.sheets] == [len(GOOD[sheet])]
