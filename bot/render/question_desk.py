"""The learning loop as HR sees it, and what an asker is offered below an answer: `templates/questions/`."""

from typing import Any

from bot.domain.kept_question import KeptQuestion
from bot.domain.rulebook import Clause
from bot.questions.question import Language
from bot.render import ids
from bot.render.blocks import Block, actions, button, section
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.words import Words
from bot.services.outcomes import Outcome
from bot.services.question_desk import QuestionSettled, QuestionsListed, offers_feedback

_OPTION = 75
_MOST_OPTIONS = 100
_REASONS = ("not_found", "not_understood", "clarify", "training", "not_useful")


def render_listed(words: Words, outcome: QuestionsListed) -> Message:
    """Each question with a choice of clauses, looked for while it is typed, and a button to close it."""
    slots = words.slots("questions/desk", **_nothing() | {"count": len(outcome.questions)})
    lines = [block for question in outcome.questions for block in _line(words, slots, question)]
    return Message.of(plain(slots["title"]), section(f"*{slots['title']}*"), section(slots["how"]), *lines)


def _line(words: Words, slots: dict[str, str], question: KeptQuestion) -> list[Block]:
    name = question.reason if question.reason in _REASONS else "other"
    reason = words.slot("questions/line", name)
    line = words.slot("questions/line", "line", question=question, reason=reason)
    return [*section(line), teaching(slots, question.number)]


def teaching(slots: dict[str, str], number: int) -> Block:
    """The choice of a clause; the block's id says of which question."""
    pick = {
        "type": "external_select",
        "action_id": ids.TEACH,
        "placeholder": {"type": "plain_text", "text": plain(slots["pick"])},
        "min_query_length": 0,
    }
    row = actions(button(plain(slots["close"]), ids.CLOSE_QUESTION, str(number)))[0]
    return {"type": "actions", "block_id": ids.teaching_block(number), "elements": [pick, *row["elements"]]}


def render_settled(words: Words, outcome: QuestionSettled) -> Message:
    """What is so now."""
    question, clause = outcome.question, outcome.clause
    name = "gone" if question is None else "taught" if clause else "closed"
    name = "blotted" if outcome.blotted else "leaning" if outcome.leaning else name
    told = words.slot(
        "questions/desk",
        name,
        text=question.text if question else "",
        number=question.number if question else 0,
        label=clause.label if clause else "",
    )
    return Message.of(told, section(told))


def clause_options(clauses: tuple[Clause, ...], typed: str) -> list[dict[str, Any]]:
    """The clauses whose label or text holds what was typed, as Slack's options."""
    found = [clause for clause in clauses if typed.lower() in f"{clause.label}{clause.text}".lower()]
    return [
        {"text": {"type": "plain_text", "text": f"{clause.label} {clause.text}"[:_OPTION]}, "value": clause.id}
        for clause in found[:_MOST_OPTIONS]
    ]


def offer(words: Words, outcome: Outcome, number: int | None) -> list[Block]:
    """Below a question that was kept: 转人工. Below an answer: 有用 and 没用."""
    english = getattr(outcome, "language", Language.ZH) is Language.EN
    slots = words.slots("questions/desk", **_nothing() | {"english": english})
    if number is not None:
        return actions(button(plain(slots["hand_over"]), ids.HAND_OVER, str(number)))
    if not offers_feedback(outcome):
        return []
    good, bad = (
        {"text": {"type": "plain_text", "text": plain(slots[name])}, "value": name} for name in ("useful", "useless")
    )
    feedback = {"type": "feedback_buttons", "action_id": ids.FEEDBACK, "positive_button": good, "negative_button": bad}
    return [{"type": "context_actions", "elements": [feedback]}]


def _nothing() -> dict[str, Any]:
    """The values of slots that are not shown."""
    return {"count": 0, "text": "", "label": "", "number": 0, "english": False}


def teaching_of(words: Words, number: int) -> Block:
    """The choice of a clause on its own, below a question that was handed over."""
    return teaching(words.slots("questions/desk", **_nothing()), number)
