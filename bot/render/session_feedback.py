"""Feedback on sessions: `templates/sessions/feedback.j2`."""

from bot.domain.training_sessions import Session
from bot.render import ids
from bot.render.blocks import Block, actions, button, section
from bot.render.message import Message
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.session_feedback import FeedbackAsked, FeedbackQuestion, FeedbackSummed, FeedbackTaken


def register(renderer: Renderer) -> None:
    """Adds this file's renderings."""
    renderer.register(FeedbackAsked, render_asked)
    renderer.register(FeedbackTaken, render_taken)
    renderer.register(FeedbackSummed, render_summed)


def render_asked(words: Words, outcome: FeedbackAsked) -> Message:
    """A row of buttons a question."""
    slots = _slots(words, outcome.session)
    rows: list[Block] = []
    for question in FeedbackQuestion:
        answers = (
            button(slots[f"{question}_{n}"], action, f"{n}|{question}|{outcome.session.id}")
            for n, action in enumerate(ids.SESSION_RATE, 1)
        )
        rows += section(slots[question]) + actions(*answers)
    return Message.of(slots["title"], section(slots["title"]), section(slots["ask"]), rows)


def render_taken(words: Words, outcome: FeedbackTaken) -> Message:
    """Thanks, or why not."""
    slots = _slots(words, outcome.session, taken=outcome.taken)
    return Message.of(slots["taken"], section(slots["taken"]))


def render_summed(words: Words, outcome: FeedbackSummed) -> Message:
    """Counts alone."""
    facts = {"counts": outcome.counts, "people": outcome.people, "fewest": outcome.fewest}
    slots = _slots(words, outcome.session, **facts)
    return Message.of(slots["title"], section(slots["title"]), section(slots["sum"]))


def _slots(words: Words, session: Session | None, **facts: object) -> dict[str, str]:
    nothing: dict[str, object] = {"taken": False, "counts": {}, "people": 0, "fewest": 0}
    return words.slots("sessions/feedback", session=session, **(nothing | facts))
