"""Private figures stand in the blocks alone: not in the fallback text, the first block, a value or an id."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot import errors
from bot.errors import BotError
from bot.services.outcomes import Denied
from tests.render.judges import hidden_strings, judge
from tests.render.samples import LI, RENDERER, WORDS, breakdown, card, standing, usual
from tests.render.test_snapshots import MESSAGES

FIGURE = re.compile(r"[\d.,]+\s*[万亿]?(?:美)?元|[\d.]+%|\d+ ?户|达到|还差|还没")


@pytest.mark.parametrize(
    "name", [n for n in MESSAGES if n.startswith(("standing", "quarter", "breakdown", "left_out", "import", "access"))]
)
def test_notifications_show_no_figure_and_no_verdict(name: str) -> None:
    for page in RENDERER.pages(MESSAGES[name]()):
        assert not FIGURE.search(page.text)
        assert not FIGURE.search(page.blocks[0]["text"]["text"])


def test_values_and_ids_name_things_only() -> None:
    shown = card(standing(usual()))
    for message in (RENDERER.outcome(shown), RENDERER.outcome(breakdown(shown.standing, usual(), left_out_only=True))):
        for hidden in hidden_strings(message.blocks):
            assert re.fullmatch(
                r"explain_figure|left_out_clients|export_standing|ask_more_\d|1001\|2026Q3\|[a-z_.]+", hidden
            )


def test_a_refusal_is_the_same_whatever_was_asked() -> None:
    assert RENDERER.outcome(Denied()) == RENDERER.outcome(Denied())
    assert not re.search(r"[\d]", RENDERER.outcome(Denied()).plain())


def test_a_person_with_a_hostile_name_keeps_the_card_whole() -> None:
    person = replace(LI, name="<!channel>\n*李*`强`")
    message = judge(RENDERER.outcome(card(standing(usual(), person), own=False)))
    assert "&lt;!channel&gt; ＊李＊｀强｀离二级还差" in message.blocks[1]["text"]["text"]


FACTS: dict[str, dict[str, object]] = {
    "unknown_period": {"text": "<!here>*x*"},
    "no_rulebook": {"as_of": date(2025, 1, 1), "first": date(2026, 1, 1)},
    "unknown_person": {"person": "9<9>"},
    "unknown_grade": {"grade": "<!channel>"},
    "unknown_rule": {"rule": "second.z"},
    "not_allowed": {"reason": "links"},
    "no_figures": {"as_of": date(2026, 9, 30)},
    "unknown_batch": {"batch": 12},
    "file_too_large": {"most": 20},
    "file_not_sent": {"name": "<a>.xlsx"},
    "cannot_undo": {"batch": 4, "reason": "undo", "other": 2},
    "nothing_waits": {"batch": 4, "reason": "none", "by": "<3002>"},
    "second_person_needed": {"batch": 4},
    "appraisal_refused": {
        "action": "confirm",
        "reason": "not_approved",
        "period": "2026",
        "state": "proposed",
        "people": ["<1001>"],
    },
    "no_appraisal": {"period": "<2026Q9>"},
    "reason_needed": {},
    "signing_key_unusable": {"file": "<key.pem>"},
    "cannot_confirm": {"batch": 4, "reason": "email", "person": "1001", "other": "<1002>"},
    "backup_refused": {"reason": "damaged", "file": "/srv/<here>"},
    "store_unavailable": {"reason": "OperationalError at 10.0.0.1"},
}


def kinds() -> list[type[BotError]]:
    return [
        thing
        for thing in vars(errors).values()
        if isinstance(thing, type) and issubclass(thing, BotError) and thing is not BotError
    ]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_error_has_words_and_a_reference_number(kind: type[BotError]) -> None:
    assert WORDS.has(f"errors/{kind.code}")
    message = judge(RENDERER.error(kind(**FACTS.get(kind.code, {})), "E-4711"))
    assert message.plain().count("\n") == 2
    assert message.plain().endswith("编号 E-4711")
    assert "10.0.0.1" not in message.plain()


def test_no_rulebook_at_all_is_worded_too() -> None:
    assert "尚未载入" in RENDERER.error(errors.NoRulebook(as_of=date(2025, 1, 1), first=None), "E").plain()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_reason_that_an_error_names_has_words_of_its_own(kind: type[BotError]) -> None:
    named = re.search(r"reason \(([\w\s,]+)\)", kind.__doc__ or "")
    reasons = re.findall(r"\w+", named[1]) if named else []
    told = {RENDERER.error(kind(**{**FACTS[kind.code], "reason": reason}), "").plain() for reason in reasons}
    assert len(told) == len(reasons)


def test_an_unforeseen_fault_shows_its_number_alone() -> None:
    assert judge(RENDERER.error(None, "E-1")).plain().endswith("编号 E-1")


def test_a_code_without_words_of_its_own_is_still_told() -> None:
    class Odd(BotError):
        code = "odd"

    assert judge(RENDERER.error(Odd(secret="1"), "E-1")).text == "这件事没有办成。"


@pytest.mark.parametrize(
    "note", [n.removeprefix("notes/") for n in WORDS.templates() if n.startswith("notes/") and n != "notes/page"]
)
def test_every_note_is_a_message(note: str) -> None:
    assert judge(
        RENDERER.note(
            note,
            **{"user": "U<1>", "team": "T1", "done": False, "seconds": 7, "batch": 4, "people": 2, "by": "<3002>"},
            **{
                "confirmed": True,
                "number": 3,
                "text": "<!here> 怎么算",
                "question": "*怎么算*",
                "contact": "人力资源部",
            },
            good=False,
            day=date(2026, 12, 18),
        )
    ).plain()
