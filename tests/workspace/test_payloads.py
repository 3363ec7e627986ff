"""The shapes of what an app is sent, field by field as Slack's reference shows them."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace

from .raw import RawSocket, with_workspace


class Listener:
    """Acks all that comes, and keeps it."""

    def __init__(self, raw: RawSocket) -> None:
        self.raw = raw
        self.got: list[dict[str, Any]] = []
        self.task = asyncio.create_task(self.listen())

    async def listen(self) -> None:
        while True:
            envelope = await self.raw.next()
            self.got.append(envelope)
            await self.raw.ack(envelope)

    async def close(self) -> None:
        self.task.cancel()
        await self.raw.close()

    def events(self) -> list[dict[str, Any]]:
        return [e["payload"]["event"] for e in self.got if e["type"] == "events_api"]


def listening(story: Any) -> None:
    async def run(workspace: Workspace) -> None:
        listener = Listener(await RawSocket.connect(workspace))
        web = AsyncWebClient(token="xoxb-test", base_url=workspace.api_url)
        try:
            await story(workspace, listener, web)
        finally:
            await listener.close()

    with_workspace(run, patience=3)


def test_a_direct_message_comes_as_slack_sends_it() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        ts = await workspace.say("U1", "你好")
        payload = listener.got[0]["payload"]
        assert payload["type"] == "event_callback"
        assert (payload["team_id"], payload["api_app_id"]) == ("T1", "A1")
        assert payload["event_id"].startswith("Ev")
        assert payload["authorizations"] == [
            {"enterprise_id": None, "team_id": "T1", "user_id": "UBOT", "is_bot": True, "is_enterprise_install": False}
        ]
        event = payload["event"]
        expected = {"type": "message", "channel_type": "im", "user": "U1", "text": "你好", "ts": ts, "event_ts": ts}
        assert expected.items() <= event.items()
        assert {"client_msg_id", "team", "blocks", "channel"} <= set(event)
        reply = await workspace.say("U1", "还有", thread_ts=ts)
        assert listener.events()[1]["thread_ts"] == ts
        assert reply > ts

    listening(story)


def test_what_the_app_writes_comes_back_to_it_with_its_bot_id() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        posted = await web.chat_postMessage(
            channel="U1", text="我说的", metadata={"event_type": "t", "event_payload": {"key": "1"}}
        )
        await workspace.wait_for(listener.events)
        event = listener.events()[0]
        assert (event["bot_id"], event["app_id"]) == (workspace.world.bot_id, "A1")
        assert (event["ts"], event["channel_type"]) == (posted["ts"], "im")
        assert "metadata" not in event

    listening(story)


def test_a_mention_is_no_message_event_unless_that_is_subscribed_too() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        await workspace.mention("U1", "C1", "在吗")
        await workspace.say("U1", "@Echo 私下的", channel=None)
        mention, direct = listener.events()
        assert (mention["type"], mention["text"]) == ("app_mention", "<@UBOT> 在吗")
        assert "channel_type" not in mention
        assert (direct["type"], direct["text"]) == ("message", "<@UBOT> 私下的")

    listening(story)


def test_a_stranger_is_marked_by_the_team() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        await workspace.say("U5", "外面的人")
        payload = listener.got[0]["payload"]
        assert payload["is_ext_shared_channel"]
        assert payload["team_id"] == "T1"
        assert payload["event"]["user_team"] != "T1"

    listening(story)


def test_a_command_is_flat_and_all_strings() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        receipt = await workspace.slash("U1", "/echo 一  二")
        payload = listener.got[0]["payload"]
        assert payload["channel_name"] == "directmessage"
        assert (payload["command"], payload["text"]) == ("/echo", "一  二")
        assert payload["response_url"] == receipt.response_url
        assert payload["trigger_id"] == receipt.trigger_id
        assert all(isinstance(value, str) for value in payload.values())

    listening(story)


def test_a_press_in_an_ephemeral_message_says_so_and_carries_what_was_chosen() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        plain = {"type": "plain_text", "text": "二级"}
        select = {"type": "static_select", "action_id": "grade", "options": [{"text": plain, "value": "2"}]}
        blocks = [{"type": "actions", "block_id": "row", "elements": [select]}]
        sent = await web.chat_postEphemeral(channel="C1", user="U1", text="选", blocks=blocks)
        await workspace.press("U1", "C1", sent["message_ts"], "grade", value="2")
        payload = listener.got[-1]["payload"]
        chosen = {"text": plain, "value": "2"}
        assert payload["container"]["is_ephemeral"] and "message" not in payload
        assert payload["actions"][0]["selected_option"] == chosen
        assert payload["state"]["values"]["row"]["grade"] == {"type": "static_select", "selected_option": chosen}
        assert payload["user"]["id"] == "U1"
        assert payload["channel"] == {"id": "C1", "name": "general"}
        assert payload["response_url"].startswith(workspace.url)

    listening(story)


def test_opening_home_tells_the_tab_and_the_view_that_is_there() -> None:
    async def story(workspace: Workspace, listener: Listener, web: Any) -> None:
        await workspace.open_home("U1")
        await web.views_publish(user_id="U1", view={"type": "home", "blocks": [{"type": "divider"}]})
        await workspace.open_home("U1")
        await workspace.open_home("U1", tab="messages")
        first, second, third = listener.events()
        assert "view" not in first
        assert second["view"]["id"] == workspace.world.homes["U1"]["id"]
        assert [e["tab"] for e in (first, second, third)] == ["home", "home", "messages"]

    listening(story)
