"""Access that waits for a second HR person: `templates/imports/`."""

from functools import partial

from bot.render import ids
from bot.render.blocks import Block, actions, button, context, section
from bot.render.message import Message
from bot.render.words import Words
from bot.services.waiting_access import AccessDecided, AccessWaits, BatchWaiting

_MOST_UNASKED = 20
"""People of a batch in the message that comes by itself."""
_MOST_LISTED = 300
"""In the list: some ten pages of Slack's."""


def render_waiting(words: Words, outcome: AccessWaits) -> Message:
    """Each batch with what it would change, and its buttons, whose value is the batch's number alone."""
    slots = words.slots("imports/waiting", waiting=bool(outcome.batches), fresh=outcome.fresh)
    batches = [block for one in outcome.batches for block in _batch(words, one, outcome.fresh)]
    return Message.of(slots["title"], section(slots["title"]), batches, context(slots["hint"]))


def render_decided(words: Words, outcome: AccessDecided) -> Message:
    """What was decided."""
    facts = {name: getattr(outcome, name) for name in ("batch", "people", "confirmed", "made")}
    slots = words.slots("imports/decided", own=outcome.actor == outcome.by, **facts)
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]))


def _batch(words: Words, one: BatchWaiting, fresh: bool) -> list[Block]:
    most = _MOST_UNASKED if fresh else _MOST_LISTED
    at, shown = f"{one.at:%Y-%m-%d %H:%M}", partial(_value, words)
    slots = words.slots("imports/waiting_batch", one=one, at=at, fresh=fresh, most=most, shown=shown)
    confirm = button(slots["confirm"], ids.ACCESS_CONFIRM, str(one.batch))
    refuse = button(slots["refuse"], ids.ACCESS_REFUSE, str(one.batch))
    buttons = actions(refuse) if one.own else actions(confirm, refuse)
    return [*section(slots["batch"]), *context(slots["own"]), *buttons]


def _value(words: Words, field: str, value: str | None) -> str:
    """Roles in words; what is empty says so."""
    if not value:
        return words.word("empty", "access_field")
    return "、".join(words.word(role, "role") for role in value.split(",")) if field == "roles" else value
