"""Training sessions: `templates/sessions/`. The next one first, a paragraph each."""

from datetime import date
from typing import Any

from bot.domain.signups import SignupState
from bot.domain.training_hours import Progress
from bot.domain.training_sessions import Session
from bot.questions.question import Language
from bot.render import ids
from bot.render.blocks import Block, actions, button, context, section
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.calendars import FeedShown
from bot.services.session_telling import SessionNotice
from bot.services.signups import CancelAsked, SignedUp
from bot.services.training_for_gaps import GapTraining
from bot.services.training_hours import HoursShown
from bot.services.training_sessions import SessionLine, SessionsShown


def register(renderer: Renderer) -> None:
    """Adds this file's renderings."""
    renderer.register(SessionsShown, render_sessions)
    renderer.register(HoursShown, render_hours)
    renderer.register(GapTraining, render_gaps)
    renderer.register(SignedUp, render_signed_up)
    renderer.register(SessionNotice, render_notice)
    renderer.register(CancelAsked, render_cancel)
    renderer.register(FeedShown, render_feed)


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
        "mine": outcome.mine,
    }
    slots = words.slots("sessions/list", line=None, **facts)
    lines = [_line(words.slots("sessions/list", line=line, **facts), line) for line in outcome.lines]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        *lines,
        section(slots["later"]),
        context(slots["source"]),
    )


def _line(slots: dict[str, str], line: SessionLine) -> list[Block]:
    """When, what, where; below it what the reader may press."""
    return section(slots["line"]) + (_buttons(slots, line.session, line.state) if line.buttons else [])


def _buttons(slots: dict[str, str], session: Session, state: SignupState | None) -> list[Block]:
    """By where the reader stands: a seat is taken, given back, accepted or refused; what is one's own goes into the
    calendar."""
    join = button(slots["join"], ids.SESSION_JOIN, session.id, spoken=f"{plain(slots['join'])} {session.topic}")
    leave = button(slots["leave"], ids.SESSION_LEAVE, session.id, spoken=f"{plain(slots['leave'])} {session.topic}")
    calendar = button(slots["calendar"], ids.SESSION_CALENDAR, session.id)
    if state is SignupState.SIGNED:
        return actions(calendar, leave)
    if state is SignupState.OFFERED:
        return actions(join, leave)
    return actions(leave) if state is SignupState.WAITING else actions(join, calendar)


def render_gaps(words: Words, outcome: GapTraining) -> Message:
    """An indicator each: what is taught on it, then what comes, to be signed up for."""
    english = outcome.language is Language.EN
    facts = {"english": english, "grade": outcome.grade, "advice": outcome.advice, "map": outcome.map}
    slots = words.slots("sessions/gaps", one=None, **facts)
    parts: list[Block] = []
    shown: set[str] = set()
    for one in outcome.advice:
        parts += section(words.slot("sessions/gaps", "one", one=one, **facts))
        for line in one.sessions:
            # A session for two indicators is offered once, and only named again.
            again = line.session.id in shown
            of_line = words.slots("sessions/list", line=line, **_NO_LIST, english=english)
            parts += section(of_line["line"]) if again else _line(of_line, line)
            shown.add(line.session.id)
    return Message.of(slots["title"], section(slots["title"]), section(slots["none"]), parts, context(slots["source"]))


def render_signed_up(words: Words, outcome: SignedUp) -> Message:
    """Where the person stands now, what that meets, and what can be pressed next."""
    slots = words.slots("sessions/signed_up", outcome=outcome, state=outcome.state)
    pressable = outcome.session and outcome.state and not outcome.refused
    below = _buttons(slots, outcome.session, outcome.state) if outcome.session and pressable else []
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]), below)


def render_notice(words: Words, notice: SessionNotice) -> Message:
    """Unasked: a seat held, another time, called off."""
    session, state = notice.session, notice.signup.state
    slots = words.slots("sessions/notice", notice=notice, state=state)
    below = _buttons(slots, session, state) if session and notice.what in ("offered", "changed") else []
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]), below)


def render_cancel(words: Words, outcome: CancelAsked) -> Message:
    """What calling it off does; a button does it."""
    slots = words.slots("sessions/cancel", outcome=outcome)
    asks = outcome.session is not None and not outcome.done
    press = [button(slots["confirm"], ids.SESSION_CANCEL, outcome.session.id)] if outcome.session and asks else []
    return Message.of(slots["message"], section(slots["message"]), actions(*press))


def render_feed(words: Words, outcome: FeedShown) -> Message:
    """The address of one's own calendar."""
    slots = words.slots("sessions/feed", outcome=outcome)
    below = actions(button(slots["revoke"], ids.FEED_REVOKE)) if outcome.address else []
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]), below)


_NO_LIST: dict[str, Any] = {"lines": (), "span": "next", "grade": None, "not_fitting": 0, "later": None, "mine": False}
_NO_LIST |= {"first": date.min, "last": date.min}
"""Where one session alone is worded."""
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
