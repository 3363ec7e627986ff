"""However malformed a call is, it gets an answer of Slack's kind, and the server goes on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import urllib.error
import urllib.request
from typing import Any

import pytest

from bot.workspace import NotDelivered, Workspace, WorkspaceThread
from bot.workspace.methods import METHODS
from bot.workspace.scopes import EVENT_SCOPES, METHOD_SCOPES

from .conftest import make_seed
from .raw import RawSocket, with_workspace

NAMES = ("channel", "channel_id", "channels", "user", "users", "user_id", "text", "blocks", "ts", "thread_ts", "timestamp",
         "name", "view", "view_id", "trigger_id", "metadata", "limit", "cursor", "oldest", "latest", "types", "files",
         "file", "filename", "length", "prompts", "title", "status", "attachments", "email", "hash", "message_ts",
         "include_all_metadata", "reply_broadcast")  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, "", " ", "U1", "C1", "G1", "UBOT", "1.000001", "nan", "inf", -1, 0, 2**70, 1.5, True, [], [1], {}, {"type": 1},
    [[]], [{}], [None], {"type": "modal"}, {"type": "home", "blocks": [None]}, "x" * 50_000, "\x00", "'; --",
    [{"type": "section", "text": {"type": "mrkdwn"}}], {"event_type": 1, "event_payload": []}, [{"id": {}}],
)  # fmt: skip


def every_scope(manifest: dict[str, Any]) -> None:
    needed = {s for scopes in (*METHOD_SCOPES.values(), *EVENT_SCOPES.values()) for s in scopes}
    families = {f"{f}:{w}" for f in ("channels", "groups", "im", "mpim") for w in ("read", "write", "history")}
    manifest["oauth_config"]["scopes"]["bot"] = sorted(needed | families | {"chat:write.customize"})


def call(workspace: WorkspaceThread, method: str, body: Any) -> dict[str, Any]:
    headers = {"Authorization": "Bearer xoxb-test", "Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(workspace.api_url + method, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as response:
            answer: dict[str, Any] = json.load(response)
            return answer
    except urllib.error.HTTPError as broken:
        raise AssertionError(f"{method} {body!r:.300}: HTTP {broken.code}") from None


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_call_of_any_shape_is_answered(method: str) -> None:
    dice = random.Random(method)
    with WorkspaceThread(make_seed(every_scope)) as workspace:
        ts = call(workspace, "chat.postMessage", {"channel": "C1", "text": "x"})["ts"]
        for _ in range(60):
            body = {name: dice.choice(VALUES) for name in dice.sample(NAMES, dice.randint(0, 8))}
            body |= dice.choice(
                ({}, {"channel": "C1"}, {"channel": "C1", "ts": ts}, {"channel": "C1", "timestamp": ts})
            )
            answer = call(workspace, method, body)
            assert answer["ok"] or isinstance(answer["error"], str), answer
        workspace.seen_by("U1").raw()


ACTS = ("write", "press", "submit", "close", "home", "read", "edit", "delete", "invite", "suggest", "look", "shortcut",
        "remove", "message_action", "react", "unreact", "group", "assistant")  # fmt: skip
FIELDS = ("channel", "text", "ts", "thread_ts", "mentions", "where", "action_id", "value", "block_id", "values", "tab",
          "viewing", "callback_id", "name", "users", "everything")  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_any_shape_is_done_refused_or_a_bad_request(act: str) -> None:
    dice = random.Random(act)
    with WorkspaceThread(make_seed(every_scope), patience=0.001, retry_delays=()) as workspace:
        ts = call(workspace, "chat.postMessage", {"channel": "C1", "text": "x"})["ts"]
        for _ in range(60):
            body = {name: dice.choice(VALUES) for name in dice.sample(FIELDS, dice.randint(0, 8))}
            body |= dice.choice(({}, {"channel": "C1"}, {"channel": "C1", "ts": ts, "where": "message"}))
            sent = json.dumps(body | {"as": dice.choice(("U1", "U3", "U4", "U404")), "act": act}).encode()
            request = urllib.request.Request(f"{workspace.url}page/do", sent, {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request) as response:
                    assert "ok" in json.load(response)
            except urllib.error.HTTPError as refused:
                assert refused.code == 400, body


ACKS: tuple[Any, ...] = (
    {"response_action": "errors", "errors": ["name"]}, {"response_action": "errors", "errors": {"name": {}}},
    {"response_action": "update", "view": None}, {"response_action": "push", "view": {"type": "home", "blocks": []}},
    {"response_action": 7}, {"text": 7}, {"blocks": "x"}, {"options": [None]}, {"option_groups": [[]]},
)  # fmt: skip


@pytest.mark.parametrize("ack", ACKS, ids=str)
def test_an_ack_of_any_shape_is_taken_or_told_to_the_person(ack: dict[str, Any]) -> None:
    async def story(workspace: Workspace) -> None:
        raw = await RawSocket.connect(workspace)

        async def acking() -> None:
            while True:
                await raw.ack(await raw.next(), ack)

        taker = asyncio.create_task(acking())
        element = {"type": "plain_text_input", "action_id": "name"}
        label = {"type": "plain_text", "text": "名称"}
        city = {"type": "external_select", "action_id": "city", "min_query_length": 0}
        blocks = [{"type": "input", "block_id": "name", "label": label, "element": element},
                  {"type": "input", "block_id": "city", "label": label, "element": city, "optional": True}]  # fmt: skip
        modal = {"type": "modal", "title": label, "submit": label, "blocks": blocks}
        trigger = workspace.world.trigger("U1")
        opened = await asyncio.to_thread(call_raw, workspace.api_url, {"trigger_id": trigger, "view": modal})
        assert opened["ok"]
        for act in (
            lambda: workspace.slash("U1", "/echo x"),
            lambda: workspace.suggest("U1", "city", "江"),
            lambda: workspace.submit("U1", {"name": "x"}),
        ):
            with contextlib.suppress(NotDelivered):
                await act()
        taker.cancel()
        await raw.close()

    with_workspace(story)


def call_raw(api_url: str, body: Any) -> dict[str, Any]:
    headers = {"Authorization": "Bearer xoxb-test", "Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(f"{api_url}views.open", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as response:
        answer: dict[str, Any] = json.load(response)
        return answer
