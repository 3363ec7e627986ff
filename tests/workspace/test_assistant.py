"""The older `assistant_view`, with Bolt's own Assistant class.

https://docs.slack.dev/tools/bolt-python/concepts/using-the-assistant-class
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Assistant
from slack_bolt.middleware.assistant.async_assistant import AsyncAssistant

from bot.workspace import Refused, WorkspaceThread

from .apps import async_app, client, sync_app
from .conftest import make_seed


def older(manifest: dict[str, Any]) -> None:
    del manifest["features"]["agent_view"]
    manifest["features"]["assistant_view"] = {"assistant_description": "试验"}
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    events += ["assistant_thread_started", "assistant_thread_context_changed"]


def sync_assistant(app: Any) -> None:
    assistant = Assistant()

    @assistant.thread_started
    def begin(say: Any, set_suggested_prompts: Any) -> None:
        say("有什么要问的?")
        set_suggested_prompts(prompts=[{"title": "贷款", "message": "二级要多少贷款"}])

    @assistant.user_message
    def answer(payload: Any, set_title: Any, set_status: Any, say: Any, get_thread_context: Any) -> None:
        set_title(payload["text"])
        set_status("正在查…")
        context = get_thread_context()
        say(f"你在看 {context.channel_id if context else '别处'}")

    app.use(assistant)


def async_assistant(app: Any) -> None:
    assistant = AsyncAssistant()

    @assistant.thread_started
    async def begin(say: Any, set_suggested_prompts: Any) -> None:
        await say("有什么要问的?")
        await set_suggested_prompts(prompts=[{"title": "贷款", "message": "二级要多少贷款"}])

    @assistant.user_message
    async def answer(payload: Any, set_title: Any, set_status: Any, say: Any, get_thread_context: Any) -> None:
        await set_title(payload["text"])
        await set_status("正在查…")
        context = await get_thread_context()
        await say(f"你在看 {context.channel_id if context else '别处'}")

    app.use(assistant)


@pytest.fixture(params=["sync", "async"])
def assisting(request: pytest.FixtureRequest) -> Iterator[WorkspaceThread]:
    with WorkspaceThread(make_seed(older)) as workspace:
        running = (
            sync_app(workspace, sync_assistant) if request.param == "sync" else async_app(workspace, async_assistant)
        )
        with running:
            yield workspace


def test_a_thread_is_begun_followed_about_and_answered(assisting: WorkspaceThread) -> None:
    root = assisting.open_assistant("U1", viewing="C1")
    assisting.wait_for(lambda: {"有什么要问的?", "二级要多少贷款"} <= set(assisting.seen_by("U1").texts()))
    assisting.look_at("U1", "C2")

    def followed() -> bool:
        calls = [c for c in assisting.calls if c.method == "chat.update"]
        return bool(calls) and calls[-1].args["metadata"]["event_payload"].get("channel_id") == "C2"

    assisting.wait_for(followed)
    assisting.say("U1", "二级要多少贷款", thread_ts=root)
    assisting.wait_for(lambda: "你在看 C2" in assisting.seen_by("U1").texts())
    assert (
        assisting.look(lambda: assisting.workspace.world.titles[assisting.workspace.dm_id("U1"), root])
        == "二级要多少贷款"
    )
    assert "正在查…" not in assisting.seen_by("U1").texts()
    assert {m.get("thread_ts") for m in assisting.dm("U1")} == {root}


def test_an_agent_has_no_assistant_s_threads_and_hears_of_them_nothing(workspace: WorkspaceThread) -> None:
    with pytest.raises(Refused):
        workspace.open_assistant("U1")
    workspace.look_at("U1", "C1")
    assert client(workspace).auth_test()["ok"] and workspace.handed == []
