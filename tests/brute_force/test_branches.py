"""The random branches keep the import's rules, and are worth drawing: they reach every answer."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from . import checker
from .branches import branches, write_branch


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("branch") / "台账.xlsx"


def days(branch: dict[str, Any]) -> set[datetime.date]:
    """The days on which what is in force can change."""
    one = datetime.timedelta(days=1)
    found = set()
    for row in branch["attribution"]:
        found.add(row["from"])
        if row["to"] is not None:
            found |= {row["to"], row["to"] + one}
    return found


@settings(max_examples=60, deadline=None)
@given(branch=branches())
def test_the_import_would_accept_it(branch: dict[str, Any]) -> None:
    ids = {person["id"] for person in branch["managers"]}
    assert all(row["manager"] in ids for row in branch["attribution"])
    assert all(person["probation_since"] for person in branch["managers"] if person["grade"] == "见习")
    assert all(row["to"] is None or row["from"] <= row["to"] for row in branch["attribution"])
    assert all(row["agreement_avg"] <= row["deposit_avg"] for row in branch["figures"])
    amounts = [row[name] for row in branch["figures"] for name in checker.AMOUNTS if row[name] is not None]
    assert all(value >= 0 and value == round(value, 2) for value in amounts)
    keys = [(row["client"], row["as_of"]) for row in branch["figures"]]
    assert len(keys) == len(set(keys))
    for day in days(branch):
        running = [row for row in branch["attribution"] if checker.in_force(row, day)]
        pairs = [(row["client"], row["manager"]) for row in running]
        assert len(pairs) == len(set(pairs))
        for client in {row["client"] for row in running}:
            assert 0 < sum(row["share"] for row in running if row["client"] == client) <= 100


def test_every_answer_is_reached(path: Path) -> None:
    seen: Counter[tuple[str, Any]] = Counter()

    @settings(max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(branch=branches())
    def draw(branch: dict[str, Any]) -> None:
        write_branch(path, branch)
        for answer in checker.progress(path, branch["period"]):
            seen["proposed", answer["proposed"]] += 1
            seen["normal_share", answer["quality"]["normal_share"]] += 1
            for grade, one in answer["grades"].items():
                seen[grade, one["met"]] += 1

    draw()
    missing = [
        (what, answer)
        for what, answers in {
            "proposed": [None, "second", "third", "trainee"],
            "normal_share": ["met", "failed", "open", "none"],
            "senior": [False, None],  # met is rare: the cases have it
            **{grade: [True, False, None] for grade in checker.GRADES[1:]},
        }.items()
        for answer in answers
        if not seen[what, answer]
    ]
    assert not missing, seen
