"""Faults on demand, as slack_sdk's client meets them."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import Fault, WorkspaceThread

from .apps import client
from .conftest import make_seed


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
        now[0] += 1
        web.chat_postMessage(channel="C1", text="二")


def test_a_taken_port_is_said_and_leaves_nothing_behind(workspace: WorkspaceThread) -> None:
    port = int(workspace.url.rsplit(":")[-1].strip("/"))
    with pytest.raises(OSError, match="in use"):
        WorkspaceThread(make_seed(), port=port).start()
