"""What Slack allows in a block, as data: https://docs.slack.dev/reference/block-kit

A shape names the fields of an object; `block_check` walks them. Lengths count characters, as Slack does. Where Slack's
pages and its SDKs differ, the stricter one stands. Elements and rich text have modules of their own.
"""

from __future__ import annotations

from bot.workspace.element_rules import ELEMENTS, IN_ACTIONS, IN_CARD, IN_CONTEXT, IN_INPUT, IN_SECTION, OBJECTS
from bot.workspace.rich_text_rules import PARTS, SECTIONS, STYLES
from bot.workspace.rules import ANY, BOOL, Rule, Shape, list_of, number, one_of, string, text, typed

_RICH, _IMAGE = typed("block", "rich_text"), typed("element", "image")
_CELLS = frozenset({"raw_text", "raw_number", "rich_text"})
_CHILDREN = frozenset(
    ["actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"]
)
_TASK = {
    "task_id": string(0, 1), "title": string(0, 1), "details": _RICH, "output": _RICH,
    "sources": Rule("typed_list", names=frozenset({"url"}), shape="element"),
    "status": one_of("pending", "in_progress", "complete", "error"),
}  # fmt: skip

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {"text": text(3000), "fields": Rule("texts", 10, 1, each=2000), "expand": BOOL,
         "accessory": typed("element", *IN_SECTION)},
        any_of=("text", "fields"),
    ),
    "header": Shape({"text": text(150, plain=True), "level": number(4, 1)}, needs=("text",)),
    "divider": Shape({}),
    "context": Shape({"elements": list_of("element", 10, IN_CONTEXT)}, needs=("elements",)),
    "actions": Shape({"elements": list_of("element", 25, IN_ACTIONS)}, needs=("elements",)),
    "context_actions": Shape(
        {"elements": list_of("element", 5, frozenset({"feedback_buttons", "icon_button"}))}, needs=("elements",)
    ),
    "image": Shape(
        {"image_url": string(3000, 1), "slack_file": Rule("object", shape="slack_file"), "alt_text": string(2000),
         "title": text(2000, plain=True)},
        needs=("alt_text",), any_of=("image_url", "slack_file"), not_both=("image_url", "slack_file"),
    ),
    "input": Shape(
        {"label": text(2000, plain=True), "element": typed("element", *IN_INPUT), "hint": text(2000, plain=True),
         "optional": BOOL, "dispatch_action": BOOL},
        needs=("label", "element"),
    ),
    "rich_text": Shape({"elements": list_of("part", 0, SECTIONS)}, needs=("elements",)),
    "markdown": Shape({"text": string(12_000, 1)}, needs=("text",)),
    "table": Shape(
        {"rows": Rule("rows", 100, 1, _CELLS, each=20), "column_settings": Rule("objects", 20, 0, shape="column")},
        needs=("rows",),
    ),
    "file": Shape({"external_id": string(0, 1), "source": one_of("remote")}, needs=("external_id", "source")),
    "call": Shape({"call_id": string(0, 1), "api_decoration_available": BOOL, "call": ANY}, needs=("call_id",)),
    "video": Shape(
        # "Must be less than 200 characters" and "less than 50", say the pages of these two.
        {"alt_text": string(2000), "title": text(199, plain=True), "author_name": string(49),
         "thumbnail_url": string(3000, 1), "video_url": Rule("str", 3000, 1, form="https://.+"),
         "title_url": Rule("str", 2000, 1, form="https://.+"), "provider_name": string(50),
         "provider_icon_url": string(2000), "description": text(200, plain=True)},
        needs=("alt_text", "title", "thumbnail_url", "video_url"),
    ),
    "alert": Shape(
        {"text": text(200), "level": one_of("default", "info", "warning", "error", "success")}, needs=("text",)
    ),
    "card": Shape(
        {"hero_image": _IMAGE, "icon": _IMAGE, "slack_icon": Rule("object", shape="slack_icon"), "title": text(150),
         "subtitle": text(150), "body": text(200), "subtext": text(200), "actions": list_of("element", 3, IN_CARD)},
        any_of=("hero_image", "title", "actions", "body"), not_both=("icon", "slack_icon"),
    ),
    "carousel": Shape({"elements": list_of("block", 10, frozenset({"card"}))}, needs=("elements",)),
    "container": Shape(
        {"title": text(150, plain=True), "rich_text_title": _RICH, "subtitle": text(150), "icon": _IMAGE,
         "child_blocks": list_of("block", 10, _CHILDREN), "width": one_of("narrow", "standard", "wide", "full"),
         "is_collapsible": BOOL, "default_collapsed": BOOL, "has_header_divider": BOOL},
        needs=("child_blocks",), any_of=("title", "rich_text_title"),
    ),
    "data_table": Shape(
        {"caption": string(0, 1), "rows": Rule("rows", 201, 2, _CELLS, each=20), "page_size": number(100, 1),
         "row_header_column_index": number()},
        needs=("caption", "rows"),
    ),
    "data_visualization": Shape(
        {"title": string(50, 1), "chart": typed("chart", "pie", "bar", "area", "line")}, needs=("title", "chart")
    ),
    "task_card": Shape(_TASK, needs=("task_id", "title", "status")),
    "plan": Shape({"title": string(0, 1), "tasks": Rule("objects", 50, 0, shape="task")}, needs=("title", "tasks")),
    "auth_provider": Shape(
        {"value": string(150, 1), "name": text(75, plain=True), "is_connected": BOOL,
         "description": text(150, plain=True), "connected_identity": text(75, plain=True),
         "connected_context": text(75, plain=True), "icon_url": string(3000), "auth_url": string(3000),
         "disconnect_url": string(3000), "accessory": typed("element", "overflow"), "fallback": ANY},
        needs=("value", "name", "is_connected"),
    ),
}  # fmt: skip
for _name, _shape in BLOCKS.items():
    BLOCKS[_name] = _shape.with_fields({"type": one_of(_name), "block_id": string(255)})

CELLS: dict[str, Shape] = {
    "raw_text": Shape({"text": string(0, 1)}, needs=("text",)),
    "raw_number": Shape({"value": Rule("number"), "text": string(0, 1)}, needs=("value", "text")),
    "rich_text": BLOCKS["rich_text"],
}
_AXES = Shape(
    {"series": Rule("objects", 12, 1, shape="series"), "axis_config": Rule("object", shape="axis_config")},
    needs=("series", "axis_config"),
)
CHARTS: dict[str, Shape] = {
    "pie": Shape({"segments": Rule("objects", 12, 1, shape="segment")}, needs=("segments",)),
    "bar": _AXES,
    "area": _AXES,
    "line": _AXES,
}
_POINT = Shape({"label": string(20, 1), "value": Rule("number")}, needs=("label", "value"))
SHAPES: dict[str, Shape] = {
    **OBJECTS,
    **STYLES,
    "segment": _POINT,
    "point": _POINT,
    "series": Shape({"name": string(20, 1), "data": Rule("objects", 20, 1, shape="point")}, needs=("name", "data")),
    "axis_config": Shape(
        {"categories": Rule("strings", 20, 1, each=20), "x_label": string(50), "y_label": string(50)},
        needs=("categories",),
    ),
    "column": Shape({"align": one_of("left", "center", "right"), "is_wrapped": BOOL}),
    "slack_icon": Shape({"type": one_of("icon"), "name": string(0, 1)}, needs=("name",)),
    "task": Shape(_TASK | {"type": one_of("task_card"), "block_id": string(255)}, needs=("task_id", "title", "status")),
}
"""Objects that bear no type, by the name that a rule gives."""
TABLES = {"block": BLOCKS, "element": ELEMENTS, "part": PARTS, "cell": CELLS, "chart": CHARTS}
"""Where the shape of a typed thing is looked up, by the kind of thing."""

_EVERYWHERE = frozenset(
    ["section", "header", "divider", "context", "actions", "image", "input", "rich_text", "video", "card",
     "auth_provider"]
)  # fmt: skip
_MESSAGE_ONLY = frozenset(["context_actions", "markdown", "file", "call", "plan", "task_card"])
_NOT_IN_MODALS = frozenset(["table", "data_table", "data_visualization", "carousel", "container"])
SURFACES: dict[str, frozenset[str]] = {
    "message": _EVERYWHERE | _MESSAGE_ONLY | _NOT_IN_MODALS,
    "home": _EVERYWHERE | _NOT_IN_MODALS,
    "modal": _EVERYWHERE | {"alert"},
}
MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}
MOST_TEXT_IN_BLOCKS = 13_200  # measured by others, not documented: slackapi/bolt-js issue 2509
MOST_IN_A_MESSAGE = {"data_visualization": 2}
MOST_TEXT_OF_A_KIND = {"markdown": 12_000, "data_table": 20_000}
"""Characters in all blocks of a kind together."""

_TITLE = text(24, plain=True)
_VIEW = {
    "type": one_of("modal", "home"), "blocks": ANY, "callback_id": string(255), "external_id": string(255),
    "private_metadata": string(3000),
}  # fmt: skip
VIEWS: dict[str, Shape] = {
    "home": Shape(_VIEW | {"title": ANY}, needs=("blocks",)),
    "modal": Shape(
        _VIEW | {"title": _TITLE, "close": _TITLE, "submit": _TITLE, "clear_on_close": BOOL, "notify_on_close": BOOL,
                 "submit_disabled": BOOL},
        needs=("title", "blocks"),
    ),
}  # fmt: skip
