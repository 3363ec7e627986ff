"""Slack's text: escaping, what a person typed made into mrkdwn and rich text, and all strings of a payload."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_CONTROL = re.compile(r"<([@#!])?([^<>|]+)(?:\|([^<>]*))?>")

# Keys whose strings a reader never sees; everything else that is a string counts as shown.
_UNSEEN = frozenset(
    {
        "type", "block_id", "action_id", "ts", "thread_ts", "event_ts", "client_msg_id", "bot_id", "app_id", "team",
        "user", "style", "callback_id", "private_metadata", "value", "id", "hash", "external_id", "root_view_id",
        "previous_view_id", "team_id", "app_installed_team_id", "latest_reply", "parent_user_id", "channel", "subtype",
        "metadata", "bot_profile", "state", "image_url", "url_private", "url_private_download", "permalink", "mimetype",
        "filetype", "pretty_type", "mode", "file_access", "external_type", "user_team",
    }
)  # fmt: skip


def escape(text: str) -> str:
    """The three characters that Slack escapes: https://docs.slack.dev/messaging/formatting-message-text#escaping"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The inverse of `escape`; `&amp;` last, or `&amp;lt;` would become a bracket."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, names: Mapping[str, str]) -> str:
    """What a person typed, as Slack sends it: escaped, addresses linked, and each `@name` or `#name` in `names` coded.

    `names` maps what is typed (`@王芳`, `#general`) to its code (`<@U1>`, `<#C1|general>`). Brackets that a person
    types stay text: nobody rings a channel by typing `<!channel>`.
    """
    longest_first = sorted((re.escape(n) for n in names), key=len, reverse=True)
    pattern = re.compile("|".join([_ADDRESS.pattern, *longest_first]))
    parts, end = [], 0
    for found in pattern.finditer(text):
        word = found.group()
        parts += [escape(text[end : found.start()]), names.get(word) or f"<{escape(word)}>"]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def rich_text(text: str) -> dict[str, Any]:
    """The rich_text block that Slack's composer sends beside the text."""
    elements: list[dict[str, Any]] = []
    end = 0
    for found in _CONTROL.finditer(text):
        if found.start() > end:
            elements.append({"type": "text", "text": unescape(text[end : found.start()])})
        elements.append(_element(*found.groups()))
        end = found.end()
    if text[end:]:
        elements.append({"type": "text", "text": unescape(text[end:])})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}


def _element(mark: str | None, body: str, label: str | None) -> dict[str, Any]:
    if mark == "@":
        return {"type": "user", "user_id": body}
    if mark == "#":
        return {"type": "channel", "channel_id": body}
    if mark == "!":
        return {"type": "broadcast", "range": body}
    return {"type": "link", "url": unescape(body)} | ({"text": unescape(label)} if label else {})


def strings(tree: Any) -> Iterator[str]:
    """Every string that a reader of this message, view or block can see, in order, nested ones too.

    Figures in a data_table's number cells and in a chart are shown, so they count as strings.
    """
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            if key == "chart" or (key == "value" and tree.get("type") == "raw_number"):
                yield from _figures(value)
            elif key not in _UNSEEN:
                yield from strings(value)
    elif isinstance(tree, list | tuple):
        for item in tree:
            yield from strings(item)


def _figures(tree: Any) -> Iterator[str]:
    if isinstance(tree, Mapping):
        tree = list(tree.values())
    if isinstance(tree, list):
        for item in tree:
            yield from _figures(item)
    elif tree is not None and not isinstance(tree, bool):
        yield str(tree)
