"""Sessions and hours as people ask after them, of the sample branch, each at its own time: sessions/*.yaml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.ask import Asking
from tests.conversations.questions import branch

CASES = [
    case
    for path in sorted((Path(__file__).parent / "sessions").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    parts = branch(tmp_path_factory.mktemp("sessions"))
    yield Asking(parts)
    parts.store.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['now']}:{case['ask']}")
def test_a_question_on_sessions_comes_to_its_answer(asking: Asking, case: dict[str, Any]) -> None:
    asked = {"as": case.get("as", "1001"), "in": case.get("in", "dm"), "text": case["ask"], "now": str(case["now"])}
    answer = asking.answer(asked)
    assert answer["kind"] == case.get("kind", "training"), answer
    said = answer["text"]
    assert [words for words in case.get("say", ()) if words not in said] == [], said
    assert [words for words in case.get("never", ()) if words in said] == [], said
    assert all(words in answer["private"] for words in case.get("private", ())), answer
    assert set(case.get("clauses", ())) <= set(answer["clauses"])


def test_there_are_conversations_enough() -> None:
    assert len(CASES) >= 60
