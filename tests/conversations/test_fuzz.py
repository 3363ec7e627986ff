"""Any text comes to an outcome and to a message; no answer says a figure that its clauses do not."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BotError
from bot.services.rule_answer import RuleAnswered
from tests.conversations.branch import PHRASES, RENDERER, StandingAsked, asked
from tests.conversations.figures import figures
from tests.conversations.test_conversations import CASES

WORDS = sorted({word for word, _ in PHRASES.words})
TEXTS = [str(case.values[0]["ask"]) for case in CASES]
MARKS = [
    "\u202e",
    "\u0000",
    "😀",
    "<!channel>",
    "<@U1>",
    "*",
    "`",
    "\n",
    "<http://x|y>",
    "&amp;",
    "𠀀",
    "١٢",
    "½",
    "万亿亿",
]


def hold(text: str) -> None:
    try:
        outcome = asked(text)
    except BotError:
        return
    if isinstance(outcome, StandingAsked):
        return
    messages = RENDERER.pages(outcome)
    assert all(message.text.strip() for message in messages)
    if isinstance(outcome, RuleAnswered):
        quoted = " ".join(clause.text for clause in outcome.quoted)
        assert figures(str(messages[0].blocks[0]["text"]["text"])) <= figures(quoted), text


@given(st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_has_an_outcome(text: str) -> None:
    hold(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
@settings(max_examples=800, deadline=None)
def test_any_words_of_ours_in_any_order_have_one(words: list[str]) -> None:
    hold("".join(words))


@given(st.sampled_from(TEXTS), st.integers(0, 2**32), st.integers(1, 4))
@settings(max_examples=800, deadline=None)
def test_a_mutated_question_has_one(text: str, seed: int, times: int) -> None:
    dice = random.Random(seed)
    letters = list(text)
    for _ in range(times):
        place = dice.randint(0, len(letters))
        change = dice.choice(("drop", "double", "mark", "word"))
        if change == "drop":
            del letters[place : place + 1]
        elif change == "double":
            letters[place:place] = letters[place : place + 1]
        else:
            letters[place:place] = list(dice.choice(MARKS if change == "mark" else WORDS))
    hold("".join(letters))


def test_a_pasted_book_has_one_at_once() -> None:
    hold("二级要多少贷款" * 6000)
    hold("1" * 40_000)
    hold("，" * 40_000)


def test_the_fuzzer_s_messages_have_one() -> None:
    """A few of those that `make fuzz-questions` asks."""
    from tests.conversations.fuzz import messages

    for text in messages(seed=7, how_many=600):
        hold(text)
