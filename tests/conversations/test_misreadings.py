"""Sentences that were once read wrongly, of the sample branch: misreadings/*.yaml. A refusal is better than a wrong reading."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.ask import Asking
from tests.conversations.questions import branch

NOW = "2026-10-15T10:00:00+08:00"
CASES = [
    case
    for path in sorted((Path(__file__).parent / "misreadings").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    parts = branch(tmp_path_factory.mktemp("misreadings"))
    yield Asking(parts)
    parts.store.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_a_sentence_is_read_as_it_is_meant_or_refused_in_words(asking: Asking, case: dict[str, Any]) -> None:
    answer = asking.answer({"as": case.get("as", "1001"), "text": case["ask"], "now": NOW})
    assert answer["kind"] == case.get("kind", "progress"), answer
    said = answer["text"]
    assert [words for words in case.get("say", ()) if words not in said] == [], said
    assert [words for words in case.get("never", ()) if words in said] == [], said


def test_a_line_that_fails_gets_a_reason_and_the_next_is_answered(asking: Asking) -> None:
    class Broken(Asking):
        def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
            return super().answer(asked) if asked["text"] != "二级" else {}["a mistake of ours"]

    lines = list(
        Broken(asking._parts).answer_lines(['{"id": 1, "as": "1001", "text": "二级"}', '{"id": 2, "text": "一级"}'])
    )
    assert [(line["id"], line["kind"]) for line in lines] == [(1, "decline"), (2, "answer")]
    assert "出错了" in lines[0]["text"]
