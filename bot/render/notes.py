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
    """Several messages of one answer, each with its number; one alone stays as it is.

    From the second on the number stands first: a notification shows it, and none of the figures below.
    """
    first, *others = pages
    if not others:
        return [first]
    lines = [words.slots("notes/page", number=n, of=len(pages))["message"] for n in range(1, len(pages) + 1)]
    rest = (Message.of(page.text, section(line), page.blocks) for page, line in zip(others, lines[1:], strict=True))
    return [Message.of(first.text, first.blocks, context(lines[0])), *rest]
