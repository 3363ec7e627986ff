"""Faults of the Web API on demand, as slack_sdk's own clients meet them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Fault, WorkspaceThread

from .apps import client
from .conftest import make_seed


def impatient(workspace: WorkspaceThread) -> WebClient:
    return WebClient(token="xoxb-test", base_url=workspace.api_url, timeout=1, retry_handlers=[])


def by_the_async_client(workspace: WorkspaceThread, use: Callable[[AsyncWebClient], Any]) -> Any:
    async def run() -> Any:
        web = AsyncWebClient(token="xoxb-test", base_url=workspace.api_url, timeout=1, retry_handlers=[])
        return await use(web)

    return asyncio.run(run())


@pytest.mark.parametrize(("kind", "arrived"), [("timeout", 0), ("timeout_after", 1), ("reset", 0), ("reset_after", 1)])
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_a_call_without_an_answer_may_have_taken_effect_or_not(
    workspace: WorkspaceThread, flavour: str, kind: str, arrived: int
) -> None:
    workspace.fail_as(kind, "chat.postMessage")
    with pytest.raises(Exception, match=r"(?i)time|closed|reset|disconnect|^$"):
        if flavour == "sync":
            impatient(workspace).chat_postMessage(channel="C1", text="x")
        else:
            by_the_async_client(workspace, lambda web: web.chat_postMessage(channel="C1", text="x"))
    assert len(workspace.messages("C1")) == arrived
    assert workspace.calls[-1].status == 0
    impatient(workspace).chat_postMessage(channel="C1", text="again")


@pytest.mark.parametrize(("kind", "arrived"), [("server_error", 0), ("server_error_after", 1)])
def test_a_server_error_leaves_open_what_became_of_the_call(
    workspace: WorkspaceThread, kind: str, arrived: int
) -> None:
    workspace.fail_as(kind, "chat.postMessage")
    with pytest.raises(SlackApiError) as failed:
        by_the_async_client(workspace, lambda web: web.chat_postMessage(channel="C1", text="x"))
    assert failed.value.response.status_code == 500
    assert len(workspace.messages("C1")) == arrived


def test_a_slow_answer_is_the_true_one(workspace: WorkspaceThread) -> None:
    workspace.fail_as("slow", "chat.postMessage", seconds=0.3)
    began = time.perf_counter()
    assert client(workspace).chat_postMessage(channel="C1", text="x")["message"]["text"] == "x"
    assert time.perf_counter() - began >= 0.3


def test_the_sdk_s_own_retries_get_over_what_slack_asks_them_to_retry(workspace: WorkspaceThread) -> None:
    retries = [RateLimitErrorRetryHandler(max_retry_count=1), ServerErrorRetryHandler(max_retry_count=1)]
    web = WebClient(token="xoxb-test", base_url=workspace.api_url, retry_handlers=retries)
    workspace.fail_as("ratelimited", "users.info", seconds=1)
    assert web.users_info(user="U1")["ok"]
    workspace.fail_as("server_error", "users.info")
    assert web.users_info(user="U1")["ok"]
    assert [c.status for c in workspace.calls] == [429, 200, 500, 200]


def test_a_revoked_token_is_said_to_every_call(workspace: WorkspaceThread) -> None:
    workspace.fail_as("token_revoked", times=2)
    for call in (client(workspace).auth_test, lambda: client(workspace).chat_postMessage(channel="C1", text="x")):
        with pytest.raises(SlackApiError, match="token_revoked"):
            call()


def test_a_message_is_missing_in_history_for_as_long_as_it_lags() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), clock=lambda: now[0]) as workspace:
        web = client(workspace)
        old = web.chat_postMessage(channel="C1", text="旧")["ts"]
        now[0] += 60
        workspace.lag_history(5)
        mark = {"event_type": "sent", "event_payload": {"key": "k1"}}
        new = web.chat_postMessage(channel="C1", text="新", metadata=mark)["ts"]
        web.chat_postMessage(channel="C1", text="答", thread_ts=old)

        def read() -> tuple[list[str], list[str]]:
            top = web.conversations_history(channel="C1", include_all_metadata=True)["messages"]
            inside = web.conversations_replies(channel="C1", ts=old)["messages"]
            return [m["text"] for m in top], [m["text"] for m in inside]

        assert read() == (["旧"], ["旧"])
        with pytest.raises(SlackApiError, match="thread_not_found"):
            web.conversations_replies(channel="C1", ts=new)
        assert {"新", "答"} <= set(workspace.seen_by("U1").texts()), "people see it at once"
        now[0] += 6
        assert read() == (["新", "旧"], ["旧", "答"])


def test_an_error_comes_as_often_as_asked_and_changes_nothing(workspace: WorkspaceThread) -> None:
    workspace.fail(Fault("chat.postMessage", "fatal_error"), times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            client(workspace).chat_postMessage(channel="C1", text="x")
    assert workspace.messages("C1") == []
    client(workspace).chat_postMessage(channel="C1", text="x")
    assert len(workspace.messages("C1")) == 1


def test_a_server_error_after_acceptance_leaves_the_message(workspace: WorkspaceThread) -> None:
    workspace.fail(Fault("chat.postMessage", status=500, after=True))
    with pytest.raises(SlackApiError) as failed:
        client(workspace).chat_postMessage(channel="C1", text="x")
    assert failed.value.response.status_code == 500
    assert len(workspace.messages("C1")) == 1


def test_a_reset_after_acceptance_makes_the_sdk_post_twice_unless_told_not_to(workspace: WorkspaceThread) -> None:
    workspace.fail(Fault("chat.postMessage", after=True, reset=True))
    client(workspace).chat_postMessage(channel="C1", text="两次")
    assert len(workspace.messages("C1")) == 2
    workspace.fail(Fault("chat.postMessage", after=True, reset=True))
    careful = WebClient(token="xoxb-test", base_url=workspace.api_url, retry_handlers=[])
    with pytest.raises(Exception, match=r"closed|reset|Remote"):
        careful.chat_postMessage(channel="C1", text="一次")
    assert [m["text"] for m in workspace.messages("C1")] == ["两次", "两次", "一次"]


def test_a_second_post_within_a_second_is_too_fast_when_paced() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), paced=True, clock=lambda: now[0]) as workspace:
        web = client(workspace)
        web.chat_postMessage(channel="C1", text="一")
        web.chat_postMessage(channel="U1", text="别处")
        with pytest.raises(SlackApiError) as refused:
            web.chat_postMessage(channel="C1", text="二")
        assert refused.value.response["error"] == "ratelimited"
        assert (refused.value.response.status_code, refused.value.response.headers["retry-after"]) == (429, "1")
        assert (workspace.calls[-1].status, workspace.calls[-1].retry_after) == (429, 1)
        now[0] += 1
        web.chat_postMessage(channel="C1", text="二")


def test_the_pace_counts_a_conversation_once_by_whatever_name_it_is_called() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), paced=True, clock=lambda: now[0]) as workspace:
        web = client(workspace)
        web.chat_postMessage(channel="#general", text="一")
        web.chat_postMessage(channel="U1", text="一")
        for name in ("C1", "general", workspace.dm_id("U1")):
            with pytest.raises(SlackApiError, match="ratelimited"):
                web.chat_postMessage(channel=name, text="二")


def test_other_methods_have_their_tier_and_a_limit_can_be_set() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), paced=True, per_minute={"users.info": 2}, clock=lambda: now[0]) as workspace:
        web = client(workspace)
        for _ in range(20):
            web.users_list()
        with pytest.raises(SlackApiError) as refused:
            web.users_list()
        assert refused.value.response.headers["Retry-After"] == "60"
        web.users_info(user="U1")
        now[0] += 15
        web.users_info(user="U1")
        with pytest.raises(SlackApiError) as refused:
            web.users_info(user="U1")
        assert refused.value.response.headers["Retry-After"] == "45"
        now[0] += 45
        web.users_info(user="U1")
        web.users_list()


def test_a_clock_set_back_holds_nobody_up() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), paced=True, per_minute={"users.info": 1}, clock=lambda: now[0]) as workspace:
        for _ in range(2):
            client(workspace).chat_postMessage(channel="C1", text="x")
            client(workspace).users_info(user="U1")
            now[0] -= 86_400


def test_a_taken_port_is_said_and_leaves_nothing_behind(workspace: WorkspaceThread) -> None:
    port = int(workspace.url.rsplit(":")[-1].strip("/"))
    with pytest.raises(OSError, match="in use"):
        WorkspaceThread(make_seed(), port=port).start()
