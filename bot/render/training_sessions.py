"""Training sessions: `templates/sessions/`. The next one first, a paragraph each."""

from bot.domain.training_hours import Progress
from bot.questions.question import Language
from bot.render.blocks import context, section
from bot.render.message import Message
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.training_hours import HoursShown
from bot.services.training_sessions import SessionsShown


def register(renderer: Renderer) -> None:
    """Adds this file's renderings."""
    renderer.register(SessionsShown, render_sessions)
    renderer.register(HoursShown, render_hours)


def render_sessions(words: Words, outcome: SessionsShown) -> Message:
    """When, what, where, for whom."""
    facts = {
        "english": outcome.language is Language.EN,
        "lines": outcome.lines,
        "span": outcome.span,
        "first": outcome.first,
        "last": outcome.last,
        "grade": outcome.grade,
        "not_fitting": outcome.not_fitting,
        "later": outcome.later,
    }
    slots = words.slots("sessions/list", line=None, **facts)
    lines = [words.slot("sessions/list", "line", line=line, **facts) for line in outcome.lines]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        *(section(line) for line in lines),
        section(slots["later"]),
        context(slots["source"]),
    )


_CELLS = 12
"""Of a bar: as wide as a phone shows in one line."""


def render_hours(words: Words, outcome: HoursShown) -> Message:
    """The sum, then a bar a figure with its sentence. The first block names no figure."""
    facts = {
        "english": outcome.language is Language.EN,
        "today": outcome.today,
        "hours": outcome.hours,
        "sessions": outcome.sessions,
        "latest": outcome.latest,
        "reading": outcome.reading,
    }
    slots = words.slots("sessions/hours", bar=None, bar_drawn="", **facts)
    bars = [
        words.slot("sessions/hours", "bar", bar=bar, bar_drawn=_drawn(bar.progress), **facts) for bar in outcome.bars
    ]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(slots["answer"]),
        *(section(bar) for bar in bars),
        section(slots["latest"]),
        context(slots["source"]),
    )


def _drawn(one: Progress) -> str:
    """Full cells only for what is wholly done: a bar never looks reached before it is."""
    full = min(_CELLS, one.done * _CELLS // one.needed) if one.needed else _CELLS
    return "█" * full + "░" * (_CELLS - full)
