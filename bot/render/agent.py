"""The words of the agent's pane: `templates/agent/agent.j2`."""

from collections.abc import Sequence

from bot.render.mrkdwn import plain
from bot.render.words import Words


def prompts(words: Words, names: Sequence[str]) -> tuple[str, list[dict[str, str]]]:
    """The title above them, and each with what it says and what it asks."""
    slots = words.slots("agent/agent")
    pairs = (plain(slots[name]).partition("|") for name in names)
    return plain(slots["title"]), [{"title": title, "message": message} for title, _, message in pairs]


def status(words: Words) -> str:
    """While an answer takes long."""
    return plain(words.slot("agent/agent", "status"))
