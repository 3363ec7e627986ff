"""`ladder progress --json`, against the contract's own wording; figures are compared in tests/regulation."""

from __future__ import annotations

import json

from bot.domain.ledger import LedgerState
from bot.domain.measures import LoanShare
from bot.render.progress_json import progress_line
from tests.render.samples import PERIOD, standing, usual


def test_the_keys_stand_in_the_contracts_order() -> None:
    line = progress_line(standing(usual(), loans_then=LoanShare(9, 10)))
    assert list(line) == [
        "manager",
        "as_of",
        "rulebook",
        "period",
        "batch",
        "current",
        "pass_line",
        "quality",
        "grades",
        "proposed",
    ]
    assert list(line["quality"]) == ["met", "normal_share", "bad_loans", "overdue_interest", "advances"]
    assert list(line["grades"]) == ["senior", "first", "second", "third", "fourth", "trainee"]
    assert list(line["grades"]["second"]) == ["met", "needed", "counted", "excluded", "indicators", "conditions"]
    assert json.loads(json.dumps(line)) == line


def test_a_grade_is_written_as_the_contract_writes_it() -> None:
    line = progress_line(standing(usual(), loans_then=LoanShare(9, 10)))
    second = line["grades"]["second"]
    assert (second["met"], second["needed"], second["counted"], second["excluded"]) == (False, 1, 3, 1)
    assert second["indicators"]["a"] == {
        "met": False,
        "value": "69000000.00",
        "bound": "75000000",
        "single": {"met": True, "value": "31000000.00", "bound": "25000000"},
    }
    assert "single" not in second["indicators"]["c"]
    assert second["conditions"] == {"tenure": True, "education": True, "exam": True, "breach": True}
    assert line["pass_line"] == {"met": True, "value": "74999999.99", "bound": "15000000"}
    assert line["quality"] == {
        "met": True,
        "normal_share": "met",
        "bad_loans": "met",
        "overdue_interest": "met",
        "advances": "met",
    }
    assert line["proposed"] == "third"


def test_the_report_stands_in_senior_and_the_pass_line_in_trainee() -> None:
    grades = progress_line(standing(usual()))["grades"]
    assert [key for key, grade in grades.items() if "report" in grade["conditions"]] == ["senior"]
    assert [key for key, grade in grades.items() if "pass_line" in grade] == ["trainee"]
    assert grades["senior"]["conditions"]["report"] is None
    assert list(grades["trainee"]["indicators"]) == ["d"] and grades["trainee"]["needed"] == 1
    assert grades["third"]["conditions"]["tenure"] is True


def test_open_values_are_null_and_no_client_counts_as_nought() -> None:
    empty = progress_line(standing([], state=LedgerState(PERIOD.as_of, False, False, None, None)))
    second = empty["grades"]["second"]
    assert (empty["batch"], second["counted"], second["excluded"], empty["proposed"]) == (None, 0, 0, None)
    assert second["indicators"]["a"] == {
        "met": None,
        "value": None,
        "bound": "75000000",
        "single": {"met": None, "value": None, "bound": "25000000"},
    }
    assert empty["quality"]["normal_share"] == "open"
    nought = progress_line(standing([]))["grades"]["second"]["indicators"]["a"]
    assert nought["value"] == "0.00" and nought["single"] == {"met": False, "value": "0.00", "bound": "25000000"}
    assert progress_line(standing([]))["quality"]["normal_share"] == "none"
