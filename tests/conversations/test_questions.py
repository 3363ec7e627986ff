"""The dev set: its cases are well formed, and no answer to them says a figure that its quotes do not."""

import statistics
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError
from bot.services.rule_answer import RuleAnswered
from tests.conversations.branch import RENDERER, asked
from tests.conversations.questions import GROUPS, branch, cases, judge_all, squeezed
from tests.conversations.test_conversations import body

KEYS = {"id", "group", "ask", "turns", "as", "in", "kind", "must", "any", "never", "clauses", "file", "source"}


@pytest.mark.parametrize("part", ["dev", "held"])
def test_cases_are_well_formed(part: str) -> None:
    seen: set[tuple[str, Any]] = set()
    for case in cases(part):
        key = (case["file"], case["id"])
        assert key not in seen, key
        seen.add(key)
        assert set(case) <= KEYS, key
        assert case["group"] in GROUPS, key
        assert ("ask" in case) != ("turns" in case), key


def test_no_answer_to_the_part_tuned_on_says_a_figure_that_its_quotes_do_not(tmp_path: Path) -> None:
    judged = list(judge_all(branch(tmp_path), cases("dev")))
    assert judged
    assert [(one.case["id"], one.invented) for one in judged if one.invented] == []


def test_half_of_the_answers_to_rules_are_short_before_their_quotes() -> None:
    bodies = []
    for case in cases("dev"):
        if case["group"] != "rules" or "ask" not in case:
            continue
        try:
            outcome = asked(str(case["ask"]))
        except BotError:
            continue
        if isinstance(outcome, RuleAnswered):
            bodies.append(len(body(RENDERER.outcome(outcome))))
    assert statistics.median(bodies) <= 150


def test_words_are_compared_without_blanks_and_commas() -> None:
    assert squeezed("１,０００ 万元") == squeezed("1000万元")
