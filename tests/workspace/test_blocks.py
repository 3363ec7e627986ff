"""What the workspace refuses in blocks: both sides of each limit, and a second judge for what it lets through."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.workspace.block_check import faults_in


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("好"), "action_id": "a", **more}


def actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": list(elements)}]


def select(count: int, **more: Any) -> dict[str, Any]:
    options = [{"text": plain("好"), "value": str(n)} for n in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def data_table(rows: int, columns: int = 2) -> list[dict[str, Any]]:
    cells = [{"type": "raw_text", "text": "好"}] * columns
    return [{"type": "data_table", "caption": "表", "rows": [cells] * rows}]


CHART = {
    "type": "data_visualization",
    "title": "图",
    "chart": {"type": "pie", "segments": [{"label": "甲", "value": 1}]},
}
FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "f",
            "positive_button": {"text": plain("有用"), "value": "1"},
            "negative_button": {"text": plain("没用"), "value": "0"},
        }
    ],
}

TAKEN: dict[str, list[dict[str, Any]]] = {
    "a section of 3000 characters": [{"type": "section", "text": mrkdwn("好" * 3000)}],
    "a header of 150": [{"type": "header", "text": plain("好" * 150)}],
    "ten fields of 2000": [{"type": "section", "fields": [mrkdwn("好" * 2000)] * 10}],
    "ten context elements": [{"type": "context", "elements": [mrkdwn("好")] * 10}],
    "twenty-five buttons": actions(*(button(action_id=str(n)) for n in range(25))),
    "a button text of 75": actions(button(text=plain("好" * 75))),
    "a value of 2000": actions(button(value="x" * 2000)),
    "an action id of 255": actions(button(action_id="x" * 255)),
    "a hundred options": actions(select(100)),
    "an option group": actions(select(0, options=None, option_groups=[{"label": plain("组"), "options": [{"text": plain("好"), "value": "1"}]}])),
    "a confirm dialog": actions(button(confirm={"title": plain("确认"), "text": mrkdwn("真的?"), "confirm": plain("是"), "deny": plain("否")})),
    "a section with an image": [{"type": "section", "text": mrkdwn("好"), "accessory": {"type": "image", "image_url": "https://a.test/x.png", "alt_text": "图"}}],
    "the same action in two blocks": actions(button()) + actions(button()),
    "fifty blocks": [{"type": "divider"}] * 50,
    "rich text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "好"}]}]}],
}  # fmt: skip
# The blocks of 2026, of which slack_sdk has no classes.
TAKEN_ANEW: dict[str, list[dict[str, Any]]] = {
    "a data table": data_table(201, 20),
    "a chart": [CHART],
    "feedback buttons": [FEEDBACK],
}

REFUSED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "an unknown block": ([{"type": "nonsense"}], "/blocks/0/type"),
    "a block without a type": ([{"text": plain("好")}], "/blocks/0/type"),
    "a section of 3001": ([{"type": "section", "text": mrkdwn("好" * 3001)}], "/blocks/0/text/text"),
    "an empty section text": ([{"type": "section", "text": mrkdwn("")}], "/blocks/0/text/text"),
    "a section of nothing": ([{"type": "section"}], "/blocks/0"),
    "a header of 151": ([{"type": "header", "text": plain("好" * 151)}], "/blocks/0/text/text"),
    "a header in mrkdwn": ([{"type": "header", "text": mrkdwn("好")}], "/blocks/0/text/type"),
    "eleven fields": ([{"type": "section", "fields": [mrkdwn("好")] * 11}], "/blocks/0/fields"),
    "a field of 2001": ([{"type": "section", "fields": [mrkdwn("好" * 2001)]}], "/blocks/0/fields/0/text"),
    "eleven context elements": ([{"type": "context", "elements": [mrkdwn("好")] * 11}], "/blocks/0/elements"),
    "a button in a context": ([{"type": "context", "elements": [button()]}], "/blocks/0/elements/0/type"),
    "twenty-six buttons": (actions(*(button(action_id=str(n)) for n in range(26))), "/blocks/0/elements"),
    "no button at all": (actions(), "/blocks/0/elements"),
    "a button text of 76": (actions(button(text=plain("好" * 76))), "/blocks/0/elements/0/text/text"),
    "a button text in mrkdwn": (actions(button(text=mrkdwn("好"))), "/blocks/0/elements/0/text/type"),
    "a button of a style of its own": (actions(button(style="loud")), "/blocks/0/elements/0/style"),
    "a value of 2001": (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    "a value that is a number": (actions(button(value=7)), "/blocks/0/elements/0/value"),
    "an action id of 256": (actions(button(action_id="x" * 256)), "/blocks/0/elements/0/action_id"),
    "the same action twice in a block": (actions(button(), button()), "/blocks/0/elements/1/action_id"),
    "the same block id twice": ([{"type": "divider", "block_id": "b"}] * 2, "/blocks/1/block_id"),
    "a hundred and one options": (actions(select(101)), "/blocks/0/elements/0/options"),
    "a select of nothing": (actions({"type": "static_select", "action_id": "s"}), "/blocks/0/elements/0"),
    "half a confirm dialog": (actions(button(confirm={"title": plain("确认")})), "/blocks/0/elements/0/confirm"),
    "an image without words": ([{"type": "image", "image_url": "https://a.test/x.png"}], "/blocks/0"),
    "a field that Slack does not know": ([{"type": "divider", "colour": "red"}], "/blocks/0"),
    "rich text of no known part": (
        [{"type": "rich_text", "elements": [{"type": "section"}]}],
        "/blocks/0/elements/0/type",
    ),
    "empty rich text": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": ""}]}]}],
        "/blocks/0/elements/0/elements/0/text",
    ),
    "fifty-one blocks": ([{"type": "divider"}] * 51, "/blocks"),
    "a data table of one row": (data_table(1), "/blocks/0/rows"),
    "a data table of 202 rows": (data_table(202), "/blocks/0/rows"),
    "a data table of 21 columns": (data_table(2, 21), "/blocks/0/rows/0"),
    "a chart without a title": ([{k: v for k, v in CHART.items() if k != "title"}], "/blocks/0"),
}


@pytest.mark.parametrize("blocks", [*TAKEN.values(), *TAKEN_ANEW.values()], ids=[*TAKEN, *TAKEN_ANEW])
def test_what_is_within_the_limits_is_taken(blocks: list[dict[str, Any]]) -> None:
    assert faults_in(blocks, "message") == []


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN)
def test_slack_sdk_takes_it_too(blocks: list[dict[str, Any]]) -> None:
    for block in Block.parse_all(blocks):
        block.validate_json()


@pytest.mark.parametrize(("blocks", "place"), REFUSED.values(), ids=REFUSED)
def test_what_is_beyond_them_is_refused_with_its_place(blocks: list[dict[str, Any]], place: str) -> None:
    faults = faults_in(blocks, "message")
    assert any(fault.endswith(f"[json-pointer:{place}]") for fault in faults), faults


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("home", 100), ("modal", 100)])
def test_a_surface_has_its_own_number_of_blocks(surface: str, most: int) -> None:
    assert faults_in([{"type": "divider"}] * most, surface) == []
    assert faults_in([{"type": "divider"}] * (most + 1), surface)


def test_a_table_is_not_for_modals() -> None:
    assert faults_in(data_table(2), "home") == []
    assert faults_in(data_table(2), "modal")


@pytest.mark.parametrize("nonsense", ["x", {"type": "divider"}, [None], ["x"], [[]], [{"type": []}]])
def test_nonsense_is_refused_and_never_breaks_the_judge(nonsense: Any) -> None:
    assert faults_in(nonsense, "message")
