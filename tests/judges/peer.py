"""PyPI's slackblocks as a judge: its classes check what they are built of, so each thing is built of its JSON."""

from __future__ import annotations

import inspect
from typing import Any

import slackblocks
from slackblocks import blocks as block_classes
from slackblocks import elements as element_classes
from slackblocks import objects, rich_text
from slackblocks.errors import InvalidUsageError
from slackblocks.rich_text import elements as part_classes

from tests.judges.verdicts import TAKEN, Verdict, refused, unknown

Json = dict[str, Any]

BLOCKS: dict[str, type] = {
    kind.value: getattr(block_classes, "".join(word.title() for word in kind.value.split("_")) + "Block")
    for kind in block_classes.BlockType
}
_ELEMENTS: dict[str, type] = {
    "button": element_classes.Button, "checkboxes": element_classes.CheckboxGroup,
    "datepicker": element_classes.DatePicker, "datetimepicker": element_classes.DateTimePicker,
    "email_text_input": element_classes.EmailInput, "feedback_buttons": element_classes.FeedbackButtons,
    "file_input": element_classes.FileInput, "icon_button": element_classes.IconButton,
    "image": element_classes.Image, "number_input": element_classes.NumberInput,
    "overflow": element_classes.OverflowMenu, "plain_text_input": element_classes.PlainTextInput,
    "radio_buttons": element_classes.RadioButtonGroup, "rich_text_input": element_classes.RichTextInput,
    "timepicker": element_classes.TimePicker, "url": element_classes.URLSource,
    "url_text_input": element_classes.URLInput, "workflow_button": element_classes.WorkflowButton,
    "static_select": element_classes.StaticSelectMenu, "multi_static_select": element_classes.StaticMultiSelectMenu,
    "external_select": element_classes.ExternalSelectMenu,
    "multi_external_select": element_classes.ExternalMultiSelectMenu,
    "users_select": element_classes.UserSelectMenu, "multi_users_select": element_classes.UserMultiSelectMenu,
    "conversations_select": element_classes.ConversationSelectMenu,
    "multi_conversations_select": element_classes.ConversationMultiSelectMenu,
    "channels_select": element_classes.ChannelSelectMenu,
    "multi_channels_select": element_classes.ChannelMultiSelectMenu,
}  # fmt: skip
_PARTS: dict[str, type] = {
    "rich_text_section": rich_text.RichTextSection, "rich_text_list": rich_text.RichTextList,
    "rich_text_quote": rich_text.RichTextQuote, "rich_text_preformatted": rich_text.RichTextCodeBlock,
    "text": part_classes.RichText, "link": part_classes.RichTextLink, "user": part_classes.RichTextUser,
    "usergroup": part_classes.RichTextUserGroup, "channel": part_classes.RichTextChannel,
    "emoji": part_classes.RichTextEmoji, "rich_text": block_classes.RichTextBlock, "raw_text": objects.RawText,
    "raw_number": objects.RawNumber, "pie": objects.PieChart, "bar": objects.BarChart, "area": objects.AreaChart,
    "line": objects.LineChart, "icon": objects.SlackIcon, "card": block_classes.CardBlock,
}  # fmt: skip
_BY_FIELD: dict[str, type] = {
    "confirm": objects.ConfirmationDialogue, "options": objects.Option, "initial_option": objects.Option,
    "initial_options": objects.Option, "option_groups": objects.OptionGroup, "filter": objects.ConversationFilter,
    "dispatch_action_config": objects.DispatchActionConfiguration, "slack_file": objects.SlackFile,
    "workflow": objects.Workflow, "trigger": objects.Trigger, "positive_button": element_classes.FeedbackButton,
    "negative_button": element_classes.FeedbackButton, "column_settings": objects.ColumnSettings,
    "segments": objects.ChartSegment, "series": objects.DataSeries, "data": objects.DataPoint,
    "axis_config": objects.AxisConfig, "tasks": block_classes.TaskCardBlock,
}  # fmt: skip
_RENAMED = {"initial_date_time": "initial_datetime", "usergroup_id": "user_group_id"}
_WITHOUT = frozenset({"call", "auth_provider"})


def judge(blocks: list[Any], surface: str, view: Json | None = None) -> Verdict:
    """What slackblocks says of the blocks on that surface, or of the whole view."""
    strange = [b["type"] for b in blocks if isinstance(b, dict) and b.get("type") in _WITHOUT]
    if strange:
        return unknown(strange[0])
    try:
        built = [_build_block(block) for block in blocks]
        if view is not None:
            known = {k: _make(k, v) for k, v in view.items() if k not in ("type", "blocks")}
            (slackblocks.ModalView if view["type"] == "modal" else slackblocks.HomeTabView)(blocks=built, **known)
        elif surface == "message":
            slackblocks.Message(channel="C1", text="x", blocks=built)
        elif surface == "modal":
            slackblocks.ModalView(title="x", submit="x", blocks=built)
        else:
            slackblocks.HomeTabView(blocks=built)
    except (InvalidUsageError, TypeError, KeyError, AttributeError, ValueError) as fault:
        return refused(fault or type(fault))
    return TAKEN


def _build_block(block: Any) -> Any:
    if not isinstance(block, dict) or block.get("type") not in BLOCKS:
        raise TypeError("unknown block")
    return _built(BLOCKS[block["type"]], block)


def _built(made_by: type, thing: Json) -> Any:
    """An object of this class; a field that it does not take is a TypeError. The defaults are the documented ones."""
    given = {k: v for k, v in thing.items() if k != "type"}
    if made_by in _PARTS.values() and isinstance(given.get("style"), dict):
        given |= given.pop("style")
    takes = inspect.signature(made_by).parameters
    made = {_RENAMED.get(k, k): _make(k, v) for k, v in given.items()}
    for name in ("action_id", "url", "id", "customizable_input_parameters", "options"):
        if name in takes and name not in made and takes[name].default is inspect.Parameter.empty:
            made[name] = [] if name == "options" and "option_groups" in made else None
    if "elements" in takes and made_by in _CONTEXTS:
        made["elements"] = [_make("", e) for e in given.get("elements", [])]
    return made_by(**made)


_CONTEXTS = (block_classes.ContextBlock, block_classes.ActionsBlock)


def _make(field: str, value: Any) -> Any:
    if field == "rows":
        return [[_cell(cell) for cell in row] for row in value]
    if field == "child_blocks":
        return [_build_block(block) for block in value]
    if isinstance(value, list):
        return [_make(field, item) for item in value]
    if not isinstance(value, dict):
        return value
    return _made_object(field, value)


def _made_object(field: str, value: Json) -> Any:
    kind = value.get("type")
    if kind in ("mrkdwn", "plain_text"):
        return objects.Text.from_dict(value)
    made_by = _ELEMENTS.get(kind or "") or _PARTS.get(kind or "") or _BY_FIELD.get(field)
    if made_by is None:
        raise TypeError(f"unknown thing {kind or field}")
    return _built(made_by, value)


def _cell(cell: Any) -> Any:
    return _make("", cell)
