"""Questions as people write them, and what comes of each: the files beside this one (README.md)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import BotError
from bot.render.message import Message
from bot.services.outcomes import Clarify, Outcome
from bot.services.rule_answer import RuleAnswered, RuleDeclined
from tests.conversations.branch import PHRASES, RENDERER, SHELF, StandingAsked, asked
from tests.conversations.figures import figures

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}:{case['ask'] or 'nothing'}")
    for path in sorted(HERE.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_a_question_comes_to_its_outcome(case: dict[str, Any]) -> None:
    if case["kind"] == "error":
        with pytest.raises(BotError) as raised:
            asked(case["ask"], case.get("as", "manager"))
        assert raised.value.code == case["reason"]
        return
    outcome = asked(case["ask"], case.get("as", "manager"), case.get("in", "dm"))
    assert outcome.kind == case["kind"], outcome
    assert set(case.get("clauses", ())) <= set(outcome.clauses)
    if "reason" in case:
        assert isinstance(outcome, RuleDeclined)
        assert outcome.reason == case["reason"]
    if "standing" in case:
        hold_standing(outcome, case["standing"])
    elif not isinstance(outcome, StandingAsked):
        hold_words(outcome, case)


def hold_standing(outcome: Outcome, expected: dict[str, Any]) -> None:
    assert isinstance(outcome, StandingAsked)
    assert outcome.of == expected["of"]
    assert outcome.grade == expected.get("grade")
    assert (str(outcome.period) if outcome.period else None) == expected.get("period")
    step = outcome.step
    assert (step.kind if step else None) == expected.get("step")
    if "changes" in expected:
        assert step
        found = [[c.client, str(c.measure), c.amount, c.becomes, str(c.since or "")] for c in step.changes]
        assert found == expected["changes"]


def hold_words(outcome: Outcome, case: dict[str, Any]) -> None:
    message = RENDERER.outcome(outcome)
    answer = message.plain() if isinstance(outcome, Clarify) else body(message)
    for words in case.get("say", ()):
        assert words in answer
    for words in case.get("never", ()):
        assert words not in answer
    if isinstance(outcome, RuleAnswered):
        quoted = " ".join(clause.text for clause in outcome.quoted)
        assert figures(answer) <= figures(quoted), answer
        assert all(clause.text.splitlines()[0] in message.plain() for clause in outcome.quoted)
        assert outcome.rulebook.version in message.plain()


def body(message: Message) -> str:
    """What is said before the quotes: the first block, and a table."""
    rows = [row for block in message.blocks if block["type"] == "table" for row in block["rows"]]
    return "\n".join([str(message.blocks[0]["text"]["text"]), *(" ".join(c["text"] for c in row) for row in rows)])


def test_there_are_questions_enough() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("key", PHRASES.topics)
def test_a_topic_says_no_figure_that_its_clauses_do_not(key: str) -> None:
    topic = PHRASES.topics[key]
    for rulebook in SHELF.rulebooks:
        assert set(topic.clauses) <= set(rulebook.clauses)
        quoted = figures(" ".join(rulebook.clauses[c].text for c in topic.clauses))
        assert figures(topic.say) <= quoted


@pytest.mark.parametrize("scope", PHRASES.scopes.values(), ids=lambda s: f"{s.key}-{s.reason}")
def test_a_reason_not_to_answer_has_its_words_and_clauses(scope: Any) -> None:
    rulebook = SHELF.rulebooks[-1]
    assert set(scope.nearest) <= set(rulebook.clauses)
    outcome = RuleDeclined(reason=scope.reason, rulebook=rulebook)
    assert RENDERER.outcome(outcome).text


def test_every_choice_offered_can_be_asked_as_it_stands() -> None:
    for choices, grade in ((PHRASES.choices.zh, "二级"), (PHRASES.choices.en, "second")):
        for text in choices.vague:
            assert asked(text).kind in ("answer", "progress"), text
        for aspect, ask in choices.asks.items():
            outcome = asked(choices.aspect.format(grade=grade, ask=ask))
            assert outcome.kind == "answer", (aspect, outcome)
        assert asked(choices.person.format(name="陈静", id="1004"), "hr").kind == "progress"


def test_a_refusal_is_the_same_whether_the_person_exists_or_not() -> None:
    texts = (
        *("{}离一级还差多少", "{}的进度", "{}现在几级", "{}", "看看{}的业绩", "{}的存款做了多少", "{}的客户有哪些"),
        *(
            "how far is {} from first grade",
            "{}今年能升吗",
            "{}的工资",
            "我和{}谁的存款多",
            "把{}改成一级",
            "{}问二级要多少存款",
        ),
    )
    for text in texts:
        for who in ("manager", "stranger", "supervisor"):
            known, unknown = (asked(text.format(name), who) for name in ("吴芳", "赵存"))
            assert known == unknown
            assert RENDERER.outcome(known) == RENDERER.outcome(unknown)


def test_a_mention_is_that_person_and_an_unmatched_one_is_refused_alike() -> None:
    text = "<@U77> 离一级还差多少"
    assert asked(text, mentions={"U77": "1003"}) == asked(text)
    granted = asked(text, "hr", mentions={"U77": "1003"})
    assert isinstance(granted, StandingAsked)
    assert (granted.of, granted.grade) == ("1003", "first")
