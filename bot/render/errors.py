"""Errors as people read them: `templates/errors/<code>.j2`. Nothing of the fault itself is shown but its facts."""

from bot.errors import BotError
from bot.render.blocks import context, section
from bot.render.message import Message
from bot.render.words import Words


def render_error(words: Words, error: BotError | None, reference: str) -> Message:
    """What is so, what to do, and the reference number, where there is a log to find it in (the command line has none).

    A code without a template is told as `failed`.
    """
    name = "unexpected" if error is None else error.code
    if not words.has(f"errors/{name}"):
        name = BotError.code
    slots = words.slots(f"errors/{name}", **(error.facts if error else {}))
    number = words.slots("errors/reference", reference=reference)["message"] if reference else ""
    return Message.of(
        slots["message"], section(f"{slots['message']}\n{slots['to_do']}"), context(number) if number else []
    )
