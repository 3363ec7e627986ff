"""What Slack allows in a block, as data: https://docs.slack.dev/reference/block-kit

A shape names the fields of an object; `block_check` walks them. Lengths count characters, as Slack does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One field: its kind, its largest (and smallest) length or count, and the names or types allowed in it."""

    kind: str  # str int bool number any text option confirm element elements list of a shape
    most: int = 0
    least: int = 0
    names: frozenset[str] = frozenset()
    shape: str = ""


@dataclass(frozen=True)
class Shape:
    """An object's fields; `needs` must all be there, of `one_of` at least one; `loose` tolerates unknown fields."""

    fields: dict[str, Rule]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    loose: bool = False
    defaults: dict[str, Any] = field(default_factory=dict)


def _text(most: int, plain: bool = False) -> Rule:
    return Rule("text", most, 1, frozenset({"plain_text"} if plain else {"plain_text", "mrkdwn"}))


def _str(most: int, least: int = 0) -> Rule:
    return Rule("str", most, least)


def _elements(most: int, names: frozenset[str]) -> Rule:
    return Rule("elements", most, 1, names)


def _list(shape: str, most: int, least: int = 1) -> Rule:
    return Rule("list", most, least, shape=shape)


ANY, BOOL, INT = Rule("any"), Rule("bool"), Rule("int")
ACTION_ID, BLOCK_ID, PLACEHOLDER = _str(255), _str(255), _text(150, plain=True)
CONFIRM, OPTION = Rule("object", shape="confirm"), Rule("object", shape="option")
OPTIONS, GROUPS = _list("option", 100), _list("option_group", 100)

SELECTS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes"})
SINGLE_SELECTS = frozenset(s for s in SELECTS if not s.startswith("multi_"))
IN_ACTIONS = SINGLE_SELECTS | PICKERS | {"button", "overflow", "workflow_button"}
IN_SECTION = SELECTS | PICKERS | {"button", "overflow", "image", "workflow_button"}
IN_INPUT = SELECTS | PICKERS | {
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input",
}  # fmt: skip

OBJECTS: dict[str, Shape] = {
    "confirm": Shape(
        {"title": _text(100, True), "text": _text(300), "confirm": _text(30, True), "deny": _text(30, True),
         "style": Rule("str", names=frozenset({"primary", "danger"}))},
        needs=("title", "text", "confirm", "deny"),
    ),
    "option": Shape(
        {"text": _text(75), "value": _str(150, 1), "description": _text(75), "url": _str(3000)},
        needs=("text", "value"),
    ),
    "option_group": Shape({"label": _text(75, True), "options": OPTIONS}, needs=("label", "options")),
    "feedback": Shape(
        {"text": _text(75, True), "value": _str(2000, 1), "accessibility_label": _str(75)}, needs=("text", "value")
    ),
}  # fmt: skip

_COMMON = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": BOOL}
_PICK = _COMMON | {"placeholder": PLACEHOLDER}
_FILTER = {"default_to_current_conversation": BOOL, "response_url_enabled": BOOL, "filter": ANY}


def _select(kind: str, many: bool) -> Shape:
    """The ten selects differ only in where their options come from and in how many may be taken."""
    initial = {"static": "option", "external": "option"}.get(kind, kind.removesuffix("s"))
    fields = _PICK | {f"initial_{initial}s" if many else f"initial_{initial}": ANY}
    if many:
        fields |= {"max_selected_items": INT, f"initial_{kind}": ANY}
    if kind == "static":
        return Shape(fields | {"options": OPTIONS, "option_groups": GROUPS}, one_of=("options", "option_groups"))
    if kind == "external":
        return Shape(fields | {"min_query_length": INT})
    return Shape(fields | (_FILTER if kind in ("conversations", "channels") else {}))


_LINE = _COMMON | {"placeholder": PLACEHOLDER, "initial_value": _str(3000), "dispatch_action_config": ANY}

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        _COMMON | {
            "text": _text(75, True), "url": _str(3000), "value": _str(2000), "accessibility_label": _str(75),
            "style": Rule("str", names=frozenset({"primary", "danger"})),
        },
        needs=("text",),
    ),
    "overflow": Shape(_COMMON | {"options": _list("option", 5)}, needs=("options",)),
    "image": Shape({"image_url": _str(3000, 1), "alt_text": _str(2000), "slack_file": ANY}, needs=("alt_text",),
                   one_of=("image_url", "slack_file")),
    "datepicker": Shape(_PICK | {"initial_date": _str(10)}),
    "timepicker": Shape(_PICK | {"initial_time": _str(5), "timezone": _str(100)}),
    "datetimepicker": Shape(_COMMON | {"initial_date_time": INT}),
    "radio_buttons": Shape(_COMMON | {"options": _list("option", 10), "initial_option": ANY}, needs=("options",)),
    "checkboxes": Shape(_COMMON | {"options": _list("option", 10), "initial_options": ANY}, needs=("options",)),
    "plain_text_input": Shape(_LINE | {"multiline": BOOL, "min_length": INT, "max_length": INT}),
    "email_text_input": Shape(_LINE),
    "url_text_input": Shape(_LINE),
    "number_input": Shape(
        _LINE | {"is_decimal_allowed": BOOL, "min_value": _str(40), "max_value": _str(40)},
        needs=("is_decimal_allowed",),
    ),
    "rich_text_input": Shape(_LINE | {"initial_value": ANY, "min_lines": INT, "max_lines": INT}),
    "file_input": Shape({"action_id": ACTION_ID, "filetypes": ANY, "max_files": INT}),
    "workflow_button": Shape(_COMMON | {"text": _text(75, True), "workflow": ANY, "style": _str(10)}, loose=True),
    "feedback_buttons": Shape(
        {"action_id": ACTION_ID, "positive_button": Rule("object", shape="feedback"),
         "negative_button": Rule("object", shape="feedback")},
        needs=("positive_button", "negative_button"),
    ),
    "icon_button": Shape(_COMMON | {"icon": _str(50), "text": _text(75, True), "value": _str(2000)}, loose=True),
    "mrkdwn": Shape({"text": _str(3000, 1), "verbatim": BOOL}, needs=("text",)),
    "plain_text": Shape({"text": _str(3000, 1), "emoji": BOOL}, needs=("text",)),
    **{("multi_" if many else "") + f"{kind}_select": _select(kind, many)
       for many in (False, True) for kind in ("static", "external", "users", "conversations", "channels")},
}  # fmt: skip

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {"text": _text(3000), "fields": Rule("texts", 10, 1, shape="2000"), "expand": BOOL,
         "accessory": Rule("element", names=IN_SECTION)},
        one_of=("text", "fields"),
    ),
    "header": Shape({"text": _text(150, True), "level": INT}, needs=("text",)),
    "divider": Shape({}),
    "context": Shape({"elements": _elements(10, frozenset({"mrkdwn", "plain_text", "image"}))}, needs=("elements",)),
    "actions": Shape({"elements": _elements(25, IN_ACTIONS)}, needs=("elements",)),
    "context_actions": Shape({"elements": _elements(5, frozenset({"feedback_buttons", "icon_button"}))},
                             needs=("elements",)),
    "image": Shape(
        {"image_url": _str(3000, 1), "slack_file": ANY, "alt_text": _str(2000), "title": _text(2000, True)},
        needs=("alt_text",), one_of=("image_url", "slack_file"),
    ),
    "input": Shape(
        {"label": _text(2000, True), "element": Rule("element", names=IN_INPUT), "hint": _text(2000, True),
         "optional": BOOL, "dispatch_action": BOOL},
        needs=("label", "element"),
    ),
    "rich_text": Shape({"elements": Rule("list", 0, 0)}, needs=("elements",)),
    "markdown": Shape({"text": _str(12_000, 1)}, needs=("text",)),
    "table": Shape({"rows": Rule("list", 100, 1), "column_settings": ANY}, needs=("rows",)),
    "file": Shape({"external_id": _str(255), "source": _str(20)}, needs=("external_id", "source")),
    "video": Shape({"alt_text": _str(2000), "title": _text(200, True)}, needs=("alt_text", "title"), loose=True),
    # The blocks of 2026, leniently: their pages change while they roll out.
    "data_table": Shape(
        {"caption": _str(2000, 1), "rows": Rule("list", 201, 2), "page_size": INT, "row_header_column_index": INT},
        needs=("caption", "rows"), loose=True,
    ),
    "data_visualization": Shape({"title": _str(50, 1), "chart": ANY}, needs=("title", "chart"), loose=True),
    **{name: Shape({}, loose=True) for name in ("alert", "card", "carousel", "container", "plan", "task_card")},
}  # fmt: skip

RICH_PARTS = frozenset({"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"})
RICH_INLINE = frozenset({"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "team"})

_EVERYWHERE = frozenset(
    ["section", "header", "divider", "context", "actions", "image", "input", "rich_text", "video", "card"]
)
_MESSAGE_ONLY = frozenset(["context_actions", "markdown", "file", "plan", "task_card"])
_NOT_IN_MODALS = frozenset(["table", "data_table", "data_visualization", "carousel", "container"])
SURFACES: dict[str, frozenset[str]] = {
    "message": _EVERYWHERE | _MESSAGE_ONLY | _NOT_IN_MODALS,
    "home": _EVERYWHERE | _NOT_IN_MODALS,
    "modal": _EVERYWHERE | {"alert"},
}
MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}
MOST_TEXT_IN_BLOCKS = 13_200  # measured by others, not documented: slackapi/bolt-js issue 2509
