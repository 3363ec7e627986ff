"""The parts of a rich_text block, as data: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""

from __future__ import annotations

from bot.workspace.rules import BOOL, Rule, Shape, number, one_of, string

SECTIONS = frozenset({"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"})
_INLINE = frozenset({"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "team"})

_STYLE = {"style": Rule("object", shape="text_style")}
_ID = string(0, 1)
_BORDER = {"border": number(1)}


def _parts(names: frozenset[str]) -> Rule:
    """Any number of parts, none too: the composer itself sends a section without any for an empty line."""
    return Rule("typed_list", 0, 0, names, "part")


_MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLES = {"text_style": Shape(dict.fromkeys(_MARKS, BOOL))}
PARTS: dict[str, Shape] = {
    "rich_text_section": Shape({"elements": _parts(_INLINE)}, needs=("elements",)),
    "rich_text_quote": Shape({"elements": _parts(_INLINE)} | _BORDER, needs=("elements",)),
    "rich_text_preformatted": Shape({"elements": _parts(_INLINE), "language": string(0)} | _BORDER, ("elements",)),
    "rich_text_list": Shape(
        {"elements": _parts(frozenset({"rich_text_section"})), "style": one_of("bullet", "ordered"),
         "indent": number(8), "offset": number()} | _BORDER,
        needs=("elements", "style"),
    ),
    "text": Shape({"text": string(0, 1)} | _STYLE, needs=("text",)),
    "link": Shape({"url": string(0, 1), "text": string(0), "unsafe": BOOL} | _STYLE, needs=("url",)),
    "user": Shape({"user_id": _ID} | _STYLE, needs=("user_id",)),
    "usergroup": Shape({"usergroup_id": _ID} | _STYLE, needs=("usergroup_id",)),
    "channel": Shape({"channel_id": _ID} | _STYLE, needs=("channel_id",)),
    "team": Shape({"team_id": _ID} | _STYLE, needs=("team_id",)),
    "emoji": Shape(
        {"name": _ID, "unicode": string(0), "url": string(0), "skin_tone": number()} | _STYLE, needs=("name",)
    ),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")} | _STYLE, needs=("range",)),
    "color": Shape({"value": Rule("str", form="#[0-9A-Fa-f]{6}")} | _STYLE, needs=("value",)),
    "date": Shape(
        {"timestamp": number(), "format": string(0, 1), "url": string(0), "fallback": string(0)} | _STYLE,
        needs=("timestamp", "format"),
    ),
}  # fmt: skip
