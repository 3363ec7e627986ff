"""Who checks whom: the hand-worked cases (tests/regulation) check the brute-force checker here, and the checker checks the cases.

Neither knows the engine. The engine is run on the same cases, and held against the checker on random branches, elsewhere; a fault
would have to be made three times, by three readers, to pass unseen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from . import checker, workbook

FOLDER = Path(__file__).parent.parent / "regulation"
KEYS = {
    "name",
    "clause",
    "readings",
    "period",
    "manager",
    "clients",
    "last_year",
    "earlier",
    "others",
    "rates",
    "expect",
    "expect_of",
}


def cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{file.stem}: {case['name']}"))
    return found


def at(answer: dict[str, Any], path: str) -> Any:
    """The value at a dotted path; `absent` where the object has no such key."""
    value: Any = answer
    for step in path.split("."):
        assert isinstance(value, dict), f"{path}: nothing below {step}"
        if step not in value:
            return "absent"
        value = value[step]
    return value


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    assert set(case) <= KEYS
    path = tmp_path / "台账.xlsx"
    workbook.write(path, case)
    answers = {answer["manager"]: answer for answer in checker.progress(path, str(case["period"]))}
    me = str(case.get("manager", {}).get("id", "1001"))
    wanted = {me: case.get("expect", {}), **case.get("expect_of", {})}
    said = {who: {path: at(answers[who], path) for path in expected} for who, expected in wanted.items()}
    assert said == wanted


def test_names_are_unique() -> None:
    names = [case.id for case in cases()]
    assert len(names) == len(set(names))


def test_every_case_says_something() -> None:
    for parameter in cases():
        case = parameter.values[0]
        assert case["name"] and case["clause"]
        assert case.get("expect") or case.get("expect_of")
