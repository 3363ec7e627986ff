"""The engine against the plain checker on random branches: every field of every manager, through the real import."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bot.config import FixedClock, Settings
from bot.wiring import build
from tests.brute_force import checker
from tests.brute_force.branches import branches, write_branch
from tests.conftest import NOW, copied, empty
from tests.regulation.test_engine import progress

PERIODS = ("2026Q3", "2026")
"""Beside the branch's own, which its amounts and dates hug."""


@pytest.fixture
def fresh(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The address of an empty store, anew at each call."""
    if engine_name == "sqlite":
        migrated = request.getfixturevalue("migrated_file")
        return lambda: copied(migrated, tmp_path / "ladder.sqlite3")
    address = request.getfixturevalue("shared_database")
    return lambda: empty(address)


def without_batch(line: dict[str, Any]) -> dict[str, Any]:
    """What both answer; the checker knows one rulebook and no batches."""
    return {key: value for key, value in line.items() if key not in ("batch", "rulebook")}


@settings(max_examples=60)
@given(branch=branches())
def test_engine_and_checker_answer_alike_field_by_field(branch: dict[str, Any], fresh: Any, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_branch(path, branch)
    parts = build(Settings(_env_file=None, database_url=fresh()), FixedClock(NOW))
    for period in dict.fromkeys((str(branch["period"]), *PERIODS)):
        answers = progress(parts, path, period)
        expected = {line["manager"]: without_batch(line) for line in checker.progress(path, period)}
        assert {who: without_batch(line) for who, line in answers.items()} == expected
    parts.store.close()
