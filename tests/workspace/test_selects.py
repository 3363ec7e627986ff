"""What may be chosen: options of the app's own, options that it offers as one types, people, conversations.

https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and
https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.workspace import NotDelivered, Refused, SeedChannel, WorkspaceThread

from .apps import client, sync_app
from .test_strictness import seed_with


def option(text: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text}, "value": text}


@pytest.mark.parametrize(
    "answer",
    [
        {}, {"options": [{"text": "x", "value": "y"}]}, {"options": [option("x")] * 101}, {"options": "x"},
        {"options": [option("x" * 76)]}, {"options": [option("x")], "option_groups": []},
    ],
)  # fmt: skip
def test_options_that_slack_would_not_show_are_a_failure(workspace: WorkspaceThread, answer: dict[str, Any]) -> None:
    def register(app: Any) -> None:
        @app.middleware
        def reply(ack: Any) -> Any:
            from slack_bolt import BoltResponse

            return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]})

    with sync_app(workspace, register), pytest.raises(NotDelivered) as failed:
        ask_for_options(workspace)
    assert failed.value.reason == "invalid_options"


def ask_for_options(workspace: WorkspaceThread) -> dict[str, Any]:
    select = {"type": "external_select", "action_id": "city", "min_query_length": 2}
    blocks = [{"type": "actions", "block_id": "row", "elements": [select]}]
    ts = client(workspace).chat_postMessage(channel="C1", text="选", blocks=blocks)["ts"]
    with pytest.raises(Refused):
        workspace.suggest("U1", "city", "江", where="message", channel="C1", ts=ts)
    told = workspace.suggest("U1", "city", "江州", where="message", channel="C1", ts=ts)
    with pytest.raises(Refused):
        workspace.press("U1", "C1", ts, "city", value="海州")
    workspace.press("U1", "C1", ts, "city", value="江州一")
    return told


def test_options_in_groups_are_shown_and_only_those_may_be_chosen(workspace: WorkspaceThread) -> None:
    chosen: list[Any] = []

    def register(app: Any) -> None:
        @app.options("city")
        def cities(ack: Any) -> None:
            ack(option_groups=[{"label": {"type": "plain_text", "text": "江"}, "options": [option("江州一")]}])

        @app.action("city")
        def choose(ack: Any, action: dict[str, Any]) -> None:
            ack()
            chosen.append(action["selected_option"]["value"])

    with sync_app(workspace, register):
        assert ask_for_options(workspace)["option_groups"][0]["options"][0]["value"] == "江州一"
        workspace.wait_for(lambda: chosen == ["江州一"])


def row(element: dict[str, Any]) -> dict[str, Any]:
    """A line of text with the element beside it, where any kind of select may stand."""
    return {"type": "section", "block_id": "row", "text": {"type": "mrkdwn", "text": "选"}, "accessory": element}


def choosing(workspace: WorkspaceThread, element: dict[str, Any], value: Any) -> Any:
    """What the app is told when U1 chooses this in a message."""
    told: list[dict[str, Any]] = []

    def register(app: Any) -> None:
        @app.action("pick")
        def pick(ack: Any, body: dict[str, Any]) -> None:
            ack()
            told.append(body)

    blocks = [row(element | {"action_id": "pick"})]
    with sync_app(workspace, register):
        ts = client(workspace).chat_postMessage(channel="C1", text="选", blocks=blocks)["ts"]
        workspace.press("U1", "C1", ts, "pick", value=value)
        body = workspace.wait_for(lambda: told)[0]
    state = body["state"]["values"]["row"]["pick"]
    return next(v for k, v in state.items() if k != "type")


SHARED = SeedChannel("C7", "with-others", ("U1", "U5", "UBOT"), shared=True)
CONVERSATIONS = {"type": "conversations_select"}
PICKS: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "users_select"}, "U2", "U2"),
    ({"type": "multi_users_select"}, ["U2", "U5"], ["U2", "U5"]),
    (CONVERSATIONS, "C2", "C2"),
    (CONVERSATIONS | {"filter": {"include": ["private"]}}, "G1", "G1"),
    ({"type": "multi_conversations_select"}, ["C1", "C2"], ["C1", "C2"]),
    ({"type": "channels_select"}, "C2", "C2"),
    ({"type": "multi_channels_select"}, ["C1"], ["C1"]),
    ({"type": "multi_static_select", "options": [option("一"), option("二")]}, ["二"], [option("二")]),
    ({"type": "checkboxes", "options": [option("一"), option("二")]}, ["一", "二"], [option("一"), option("二")]),
]


@pytest.mark.parametrize(("element", "value", "kept"), PICKS, ids=lambda v: v["type"] if isinstance(v, dict) else "")
def test_what_was_chosen_is_told_as_slack_tells_it(element: dict[str, Any], value: Any, kept: Any) -> None:
    with WorkspaceThread(seed_with(SHARED)) as workspace:
        assert choosing(workspace, element, value) == kept


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "static_select", "options": [option("一")]}, "三"),
        ({"type": "users_select"}, "U404"),
        ({"type": "users_select"}, "U4"),
        (CONVERSATIONS, "G9"),
        (CONVERSATIONS | {"filter": {"include": ["private"]}}, "C2"),
        (CONVERSATIONS | {"filter": {"exclude_external_shared_channels": True}}, "C7"),
        ({"type": "channels_select"}, "G1"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"]),
    ],
)
def test_what_is_not_offered_cannot_be_chosen(element: dict[str, Any], value: Any) -> None:
    closed = SeedChannel("G9", "closed", ("U2", "UBOT"), private=True)
    with WorkspaceThread(seed_with(SHARED, closed)) as workspace:
        blocks = [row(element | {"action_id": "pick"})]
        ts = client(workspace).chat_postMessage(channel="C1", text="选", blocks=blocks)["ts"]
        with pytest.raises(Refused):
            workspace.press("U1", "C1", ts, "pick", value=value)
