"""A plain Bolt app, sync and async, answers what people do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace import NotDelivered, Refused, WorkspaceThread

from .apps import async_app, sync_app
from .conftest import make_seed


def button(text: str, action_id: str, value: str) -> dict[str, Any]:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "text": label, "action_id": action_id, "value": value}


def echo_sync(app: Any) -> None:
    @app.event("message")
    def message(event: dict[str, Any], say: Any) -> None:
        elements = [button("再来", "again", "1")]
        say(text=f"你说 {event['text']}", blocks=[{"type": "actions", "elements": elements}])

    @app.event("app_mention")
    def mention(event: dict[str, Any], say: Any) -> None:
        say(text="听到了", thread_ts=event["ts"])

    @app.command("/echo")
    def command(ack: Any, command: dict[str, Any], respond: Any) -> None:
        ack(f"收到 {command['text']}")
        respond("稍后再说")

    @app.action("again")
    def again(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="按过了")


def echo_async(app: Any) -> None:
    @app.event("message")
    async def message(event: dict[str, Any], say: Any) -> None:
        elements = [button("再来", "again", "1")]
        await say(text=f"你说 {event['text']}", blocks=[{"type": "actions", "elements": elements}])

    @app.event("app_mention")
    async def mention(event: dict[str, Any], say: Any) -> None:
        await say(text="听到了", thread_ts=event["ts"])

    @app.command("/echo")
    async def command(ack: Any, command: dict[str, Any], respond: Any) -> None:
        await ack(f"收到 {command['text']}")
        await respond("稍后再说")

    @app.action("again")
    async def again(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="按过了")


@pytest.fixture(params=["sync", "async"])
def echoing(request: pytest.FixtureRequest, workspace: WorkspaceThread) -> Any:
    running = sync_app(workspace, echo_sync) if request.param == "sync" else async_app(workspace, echo_async)
    with running:
        yield workspace


def answers(workspace: WorkspaceThread, messages: list[dict[str, Any]]) -> list[str]:
    return [m["text"] for m in messages if m.get("bot_id")]


def test_a_direct_message_is_answered(echoing: WorkspaceThread) -> None:
    echoing.say("U1", "你好 <世界> & 大家")
    echoing.wait_for(lambda: answers(echoing, echoing.dm("U1")) == ["你说 你好 &lt;世界&gt; &amp; 大家"])
    assert echoing.dm("U2") == []


def test_a_mention_is_answered_in_its_thread(echoing: WorkspaceThread) -> None:
    ts = echoing.mention("U1", "C1", "在吗")
    reply = echoing.wait_for(lambda: [m for m in echoing.messages("C1") if m.get("bot_id")])[0]
    assert (reply["text"], reply["thread_ts"]) == ("听到了", ts)
    assert echoing.messages("C1")[0]["reply_count"] == 1


def test_a_command_is_answered_in_the_ack_and_over_its_response_url(echoing: WorkspaceThread) -> None:
    receipt = echoing.slash("U1", "/echo 一二三", channel="C1")
    assert receipt.ack_body == {"text": "收到 一二三"}
    # Bolt may post to the response_url before the ack has left, so no order here.
    echoing.wait_for(lambda: {m["text"] for m in echoing.ephemerals("U1")} == {"收到 一二三", "稍后再说"})
    assert echoing.ephemerals("U2") == []
    assert echoing.messages("C1") == []


def test_a_pressed_button_changes_its_message(echoing: WorkspaceThread) -> None:
    echoing.say("U1", "按")
    ts = echoing.wait_for(lambda: [m for m in echoing.dm("U1") if m.get("bot_id")])[0]["ts"]
    echoing.press("U1", echoing.dm_id("U1"), ts, "again")
    echoing.wait_for(lambda: echoing.dm("U1")[-1]["text"] == "按过了")
    assert "edited" in echoing.dm("U1")[-1]


def test_an_unknown_command_never_reaches_the_app(workspace: WorkspaceThread) -> None:
    with pytest.raises(Refused, match="/unknown 不是有效的命令"):
        workspace.slash("U1", "/unknown x")


def test_without_any_socket_a_command_fails_and_says_so(workspace: WorkspaceThread) -> None:
    with pytest.raises(NotDelivered) as failed:
        workspace.slash("U1", "/echo x")
    assert failed.value.reason == "no_socket"


def test_a_mention_where_the_app_is_not_says_so(workspace: WorkspaceThread) -> None:
    with pytest.raises(NotDelivered) as failed:
        workspace.mention("U1", "C2", "在吗")
    assert failed.value.reason == "not_in_channel"


def test_the_app_hears_only_what_its_manifest_subscribes_and_its_scopes_allow() -> None:
    def deaf(manifest: dict[str, Any]) -> None:
        manifest["oauth_config"]["scopes"]["bot"].remove("im:history")

    with WorkspaceThread(make_seed(deaf), patience=0.2, retry_delays=()) as workspace:
        workspace.say("U1", "没人听", channel="C1")  # message.channels is not subscribed
        workspace.say("U1", "也没人听")  # message.im is, but its scope is missing
        with pytest.raises(NotDelivered):
            workspace.mention("U1", "C1", "有人吗")


def test_edits_and_deletions_come_as_subtypes(workspace: WorkspaceThread) -> None:
    heard: list[dict[str, Any]] = []

    def listen(app: Any) -> None:
        @app.middleware
        def note(body: dict[str, Any], next_: Any) -> None:
            heard.append(body["event"])
            next_()

        @app.event("message")
        def ignore() -> None: ...

    with sync_app(workspace, listen):
        dm, ts = workspace.dm_id("U1"), workspace.say("U1", "一")
        workspace.edit("U1", dm, ts, "二")
        workspace.delete("U1", dm, ts)
        workspace.wait_for(lambda: len(heard) == 3)
    assert [e.get("subtype") for e in heard] == [None, "message_changed", "message_deleted"]
    assert heard[1]["message"]["text"] == "二"
    assert heard[2]["previous_message"]["text"] == "二"
    assert {e["channel_type"] for e in heard} == {"im"}


def test_what_a_person_types_rings_nobody(workspace: WorkspaceThread) -> None:
    workspace.say("U1", "<!channel> <@U2> @李强 https://a.test/?x=1&y=2 #general", channel="C2")
    message = workspace.messages("C2")[0]
    assert message["text"] == ("&lt;!channel&gt; &lt;@U2&gt; <@U2> <https://a.test/?x=1&amp;y=2> <#C1|general>")
    kinds = [e["type"] for e in message["blocks"][0]["elements"][0]["elements"]]
    assert kinds == ["text", "user", "text", "link", "text", "channel"]
