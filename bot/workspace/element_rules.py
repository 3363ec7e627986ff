"""Block elements and composition objects, as data: https://docs.slack.dev/reference/block-kit/block-elements"""

from __future__ import annotations

from bot.workspace.rules import ANY, BOOL, Rule, Shape, number, one_of, string, text, typed

SELECTS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
_PICKERS = frozenset({"datepicker", "timepicker", "radio_buttons", "checkboxes"})
_BUTTONS = frozenset({"button", "overflow", "workflow_button"})
IN_ACTIONS = SELECTS | _PICKERS | _BUTTONS | {"datetimepicker"}
IN_SECTION = SELECTS | _PICKERS | _BUTTONS | {"image"}
IN_CONTEXT = frozenset({"mrkdwn", "plain_text", "image"})
IN_CARD = frozenset({"button"})
IN_INPUT = SELECTS | _PICKERS | {
    "datetimepicker", "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input",
    "file_input",
}  # fmt: skip
ONLY_IN_MODALS = frozenset({"file_input"})

_CONFIRM = Rule("object", shape="confirm")
_COMMON = {"action_id": string(255), "confirm": _CONFIRM}
_FOCUS = {"action_id": string(255), "focus_on_load": BOOL}
_PICK = _COMMON | _FOCUS | {"placeholder": text(150, plain=True)}
_TYPE_IN = _FOCUS | {
    "placeholder": text(150, plain=True), "initial_value": string(3000),
    "dispatch_action_config": Rule("object", shape="dispatch_action_config"),
}  # fmt: skip
_STYLE = one_of("primary", "danger")
_LABEL = string(75)
_DECIMAL = Rule("str", form=r"[+-]?(\d+(\.\d*)?|\.\d+)")
_OPTION = {"text": text(75, plain=True), "value": string(150, 1), "description": text(75, plain=True)}
_FEEDBACK = Rule("object", shape="feedback")


def _options(shape: str, most: int) -> Rule:
    return Rule("objects", most, 1, shape=shape)


OBJECTS: dict[str, Shape] = {
    "confirm": Shape(
        {"title": text(100, plain=True), "text": text(300), "confirm": text(30, plain=True),
         "deny": text(30, plain=True), "style": _STYLE},
        needs=("title", "text", "confirm", "deny"),
    ),
    "option": Shape(_OPTION, needs=("text", "value")),
    "box": Shape(_OPTION | {"text": text(75)}, needs=("text", "value")),
    "menu_item": Shape(_OPTION | {"url": string(3000)}, needs=("text", "value")),
    "option_group": Shape(
        {"label": text(75, plain=True), "options": _options("option", 100)}, needs=("label", "options")
    ),
    "feedback": Shape(
        {"text": text(75, plain=True), "value": string(2000, 1), "accessibility_label": _LABEL},
        needs=("text", "value"),
    ),
    "slack_file": Shape({"id": string(0, 1), "url": string(0, 1)}, any_of=("id", "url"), not_both=("id", "url")),
    "dispatch_action_config": Shape(
        {"trigger_actions_on": Rule("strings", 2, 1, frozenset({"on_enter_pressed", "on_character_entered"}))},
        needs=("trigger_actions_on",),
    ),
    "filter": Shape(
        {"include": Rule("strings", 4, 1, frozenset({"im", "mpim", "private", "public"})),
         "exclude_external_shared_channels": BOOL, "exclude_bot_users": BOOL},
        any_of=("include", "exclude_external_shared_channels", "exclude_bot_users"),
    ),
    "workflow": Shape({"trigger": Rule("object", shape="trigger")}, needs=("trigger",)),
    "trigger": Shape({"url": string(0, 1), "customizable_input_parameters": ANY}, needs=("url",)),
}  # fmt: skip

_INITIAL = {
    "static": ("initial_option", Rule("object", shape="option"), Rule("objects", shape="option")),
    "external": ("initial_option", Rule("object", shape="option"), Rule("objects", shape="option")),
    "users": ("initial_user", string(0, 1), Rule("strings")),
    "conversations": ("initial_conversation", string(0, 1), Rule("strings")),
    "channels": ("initial_channel", string(0, 1), Rule("strings")),
}


def _select(kind: str, many: bool) -> Shape:
    """The ten selects differ only in where their options come from and in how many may be taken."""
    name, one, several = _INITIAL[kind]
    fields = _PICK | ({f"{name}s": several, "max_selected_items": number(0, 1)} if many else {name: one})
    if kind == "static":
        fields |= {"options": _options("option", 100), "option_groups": _options("option_group", 100)}
        both = ("options", "option_groups")
        return Shape(fields, any_of=both, not_both=both)
    if kind == "external":
        fields |= {"min_query_length": number()}
    if kind == "conversations":
        fields |= {"filter": Rule("object", shape="filter"), "default_to_current_conversation": BOOL}
    if kind in ("conversations", "channels") and not many:
        fields |= {"response_url_enabled": BOOL}
    return Shape(fields)


ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        _COMMON | {
            "text": text(75, plain=True), "url": string(3000), "value": string(2000), "accessibility_label": _LABEL,
            "style": _STYLE, "agent_prompt": string(4000), "agent_prompt_display": ANY,
        },
        needs=("text",),
    ),
    "overflow": Shape(_COMMON | {"options": _options("menu_item", 5)}, needs=("options",)),
    "image": Shape(
        {"image_url": string(3000, 1), "slack_file": Rule("object", shape="slack_file"), "alt_text": string(2000)},
        needs=("alt_text",), any_of=("image_url", "slack_file"), not_both=("image_url", "slack_file"),
    ),
    "datepicker": Shape(_PICK | {"initial_date": Rule("str", form=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")}),
    "timepicker": Shape(
        _PICK | {"initial_time": Rule("str", form=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string(0, 1)}
    ),
    "datetimepicker": Shape(_COMMON | _FOCUS | {"initial_date_time": number(9_999_999_999, 1_000_000_000)}),
    "radio_buttons": Shape(
        _COMMON | _FOCUS | {"options": _options("box", 10), "initial_option": Rule("object", shape="box")},
        needs=("options",),
    ),
    "checkboxes": Shape(
        _COMMON | _FOCUS | {"options": _options("box", 10), "initial_options": Rule("objects", shape="box")},
        needs=("options",),
    ),
    "plain_text_input": Shape(
        _TYPE_IN | {"multiline": BOOL, "min_length": number(3000), "max_length": number(3000, 1)}
    ),
    "email_text_input": Shape(_TYPE_IN),
    "url_text_input": Shape(_TYPE_IN),
    "number_input": Shape(
        _TYPE_IN | {"is_decimal_allowed": BOOL, "initial_value": _DECIMAL, "min_value": _DECIMAL,
                    "max_value": _DECIMAL},
        needs=("is_decimal_allowed",),
    ),
    "rich_text_input": Shape(
        _TYPE_IN | {"initial_value": typed("block", "rich_text"), "min_lines": number(100, 1),
                    "max_lines": number(100, 1)}
    ),
    "file_input": Shape({"action_id": string(255), "filetypes": Rule("strings", 0, 1), "max_files": number(10, 1)}),
    "workflow_button": Shape(
        _COMMON | {"text": text(75, plain=True), "workflow": Rule("object", shape="workflow"), "style": _STYLE,
                   "accessibility_label": _LABEL},
        needs=("text", "workflow"),
    ),
    "feedback_buttons": Shape(
        {"action_id": string(255), "positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        needs=("positive_button", "negative_button"),
    ),
    "icon_button": Shape(
        _COMMON | {"icon": one_of("trash"), "text": text(3000, plain=True), "value": string(2000),
                   "accessibility_label": _LABEL, "visible_to_user_ids": Rule("strings", 10, 0)},
        needs=("icon", "text"),
    ),
    "url": Shape({"url": string(0, 1), "text": string(0, 1)}, needs=("url", "text")),
    "mrkdwn": Shape({"text": string(3000, 1), "verbatim": BOOL}, needs=("text",)),
    "plain_text": Shape({"text": string(3000, 1), "emoji": BOOL}, needs=("text",)),
    **{("multi_" if many else "") + f"{kind}_select": _select(kind, many)
       for many in (False, True) for kind in _INITIAL},
}  # fmt: skip
