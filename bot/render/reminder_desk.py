"""HR's desk of reminders: `templates/reminders/{desk,line,gone}.j2`."""

from bot.domain.outbox import State
from bot.render import ids
from bot.render.blocks import Block, button, section
from bot.render.message import Message
from bot.render.words import Words
from bot.services.reminder_review import ReminderDecided, RemindersListed, Row

_MOMENT = "%Y-%m-%d %H:%M"


def render_listed(words: Words, told: RemindersListed) -> Message:
    """What comes next, the counts, and a line a row with what can be done with it."""
    counts = {str(state): count for state, count in told.counts.items()}
    slots = words.slots("reminders/desk", coming=told.coming, counts={**dict.fromkeys(State, 0), **counts})
    rows = [block for row in told.rows for block in _line(words, slots, row)]
    return Message.of(
        slots["title"], section(f"*{slots['title']}*"), section(slots["coming"]), section(slots["counts"]), *rows
    )


def _line(words: Words, slots: dict[str, str], row: Row) -> list[Block]:
    at = row.entry.sent_at.strftime(_MOMENT) if row.entry.sent_at else ""
    line = words.slot("reminders/line", "line", row=row, at=at, again=False)
    return section(line, _button(slots, row))


def _button(slots: dict[str, str], row: Row) -> Block | None:
    number = str(row.entry.number)
    if row.entry.state is State.DUE:
        return button(slots["withdraw"], ids.REMIND_WITHDRAW, number)
    if row.entry.state is State.SENDING:
        return None
    return button(slots["again"], ids.REMIND_AGAIN, number)


def render_decided(words: Words, told: ReminderDecided) -> Message:
    """What is so now."""
    if told.row:
        said = words.slot("reminders/line", "decided", row=told.row, again=told.again, at="")
    else:
        said = words.slot("reminders/gone", "told", again=told.again)
    return Message.of(said, section(said))
