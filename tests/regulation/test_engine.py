"""The hand-worked cases through the real engine: workbook, import, sums by the database, judge, the contract's JSON."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.period import Period
from bot.render.progress_json import progress_line
from bot.services.import_ledger import ImportLedger
from bot.services.standings import branch_standings
from bot.wiring import Parts
from tests.brute_force import workbook
from tests.brute_force.test_cases_agree import at, cases


def progress(joined: Parts, path: Path, period: str) -> dict[str, dict[str, Any]]:
    """Imports a workbook and answers for everyone in it."""
    report = joined.imports(ImportLedger(parsed=joined.read_ledger([path]), actor="test"))
    assert report.accepted, [found.message for found in report.errors]
    asked = Period.parse(period)
    with joined.store.read() as view:
        lines = map(progress_line, branch_standings(view, joined.shelf.on(asked.as_of), asked))
        return {line["manager"]: line for line in lines}


@pytest.mark.parametrize("case", cases())
def test_the_engine_answers_as_worked_by_hand(case: dict[str, Any], joined: Parts, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    workbook.write(path, case)
    answers = progress(joined, path, str(case["period"]))
    me = str(case.get("manager", {}).get("id", "1001"))
    for manager, expected in {me: case.get("expect", {}), **case.get("expect_of", {})}.items():
        found = {key: at(answers[manager], key) for key in expected}
        assert found == expected


def test_no_case_is_lost_on_the_way() -> None:
    assert len(cases()) >= 250
