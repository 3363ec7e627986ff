"""Small fixed messages: `templates/notes/`."""

from collections.abc import Mapping, Sequence

from bot.render.blocks import context, section
from bot.render.message import Message
from bot.render.words import Words


def render_note(words: Words, name: str, facts: Mapping[str, object]) -> Message:
    """`notes/<name>.j2`: `message`, and below it in grey `hint`. Their facts may hold no private figure."""
    slots = words.slots(f"notes/{name}", **facts)
    return Message.of(slots["message"].partition("\n")[0], section(slots["message"]), context(slots.get("hint", "")))


def numbered(words: Words, pages: Sequence[Message]) -> list[Message]:
    """Several messages of one answer, each with its number; one alone stays as it is."""
    if len(pages) == 1:
        return list(pages)
    lines = (words.slots("notes/page", number=number, of=len(pages))["message"] for number in range(1, len(pages) + 1))
    return [Message.of(page.text, page.blocks, context(line)) for page, line in zip(pages, lines, strict=True)]
