"""The same app with Bolt's AsyncApp: https://docs.slack.dev/tools/bolt-python/concepts/async, and the pages at each part."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from .blocks import CITIES, Json, answer, form, home, option, submitted


def register(app: AsyncApp, token: str, heard: list[Json]) -> None:
    """All listeners; `heard` gets every body that arrives, and which try it is.

    https://docs.slack.dev/tools/bolt-python/concepts/global-middleware
    """

    @app.middleware
    async def note(body: Json, request: Any, next_: Any) -> None:
        heard.append(body | {"retried": request.headers.get("x-slack-retry-num", ["0"])[0]})
        await next_()

    talk(app)
    marks_and_files(app, token)
    interact(app)
    forms(app)
    surfaces(app)


def talk(app: AsyncApp) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/message-listening and …/concepts/commands"""

    @app.event("message")
    async def message(event: Json, say: AsyncSay, client: AsyncWebClient) -> None:
        if event.get("subtype") or event.get("bot_id"):
            return
        if event["text"] == "慢":
            await client.assistant_threads_setStatus(
                channel_id=event["channel"], thread_ts=event["ts"], status="正在想…"
            )
            return
        key = {"event_type": "answered", "event_payload": {"to": event["ts"]}}
        await say(text=f"听到 {event['text']}", blocks=answer(f"听到 {event['text']}"), metadata=key)

    @app.event("app_mention")
    async def mention(event: Json, say: AsyncSay, client: AsyncWebClient) -> None:
        await say(text="在", thread_ts=event.get("thread_ts", event["ts"]))
        await client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="只对你说")

    @app.event("member_joined_channel")
    async def joined(event: Json, say: AsyncSay) -> None:
        await say("大家好")

    @app.command("/echo")
    async def echo(ack: AsyncAck, command: Json, respond: AsyncRespond) -> None:
        await ack(f"收到 {command['text']}")
        await respond(text=f"公开 {command['text']}", response_type="in_channel")

    @app.command("/form")
    async def open_form(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.command("/me")
    async def me(ack: AsyncAck, command: Json, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        told = (await client.users_info(user=command["user_id"], include_locale=True))["user"]
        await respond(f"{told['tz']} {told['tz_offset']} {told['locale']} {told['is_restricted']}")

    @app.command("/group")
    async def group(ack: AsyncAck, command: Json, client: AsyncWebClient) -> None:
        await ack()
        opened = await client.conversations_open(users=[command["user_id"], *command["text"].split()])
        await client.chat_postMessage(channel=opened["channel"]["id"], text="大家看")


def marks_and_files(app: AsyncApp, token: str) -> None:
    """https://docs.slack.dev/reference/events/reaction_added and https://docs.slack.dev/messaging/working-with-files"""

    @app.event("reaction_added")
    async def marked(event: Json, client: AsyncWebClient, context: Any) -> None:
        if event["user"] != context.bot_user_id:
            await client.reactions_add(channel=event["item"]["channel"], timestamp=event["item"]["ts"], name="eyes")

    @app.event("reaction_removed")
    async def unmarked() -> None:
        return

    @app.event("file_shared")
    async def shared(event: Json, client: AsyncWebClient, context: Any) -> None:
        if event["user_id"] == context.bot_user_id:
            return
        told = (await client.files_info(file=event["file_id"]))["file"]
        async with (
            aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session,
            session.get(told["url_private_download"]) as download,
        ):
            content = await download.read()
        await client.files_upload_v2(
            channel=event["channel_id"], filename="back.txt", content=content[::-1], initial_comment="反过来"
        )


def interact(app: AsyncApp) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/actions and …/concepts/opening-modals"""

    @app.action("change")
    async def change(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="换过了", blocks=[])

    @app.action("remove")
    async def remove(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    @app.action("open_form")
    async def open_form(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.action("quick")
    async def quick(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form("快"))


def forms(app: AsyncApp) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/view-submissions, …/select-menu-options and …/shortcuts"""

    @app.options("city")
    async def cities(ack: AsyncAck, payload: Json) -> None:
        await ack(options=[option(c) for c in CITIES if c.startswith(payload["value"])])

    @app.view("form")
    async def submit(ack: AsyncAck, body: Json, view: Json) -> None:
        told = submitted(view)
        await (ack(**told) if told else ack())
        for one in body.get("response_urls", []):
            await AsyncWebhookClient(one["response_url"]).send(text="已登记", response_type="in_channel")

    @app.view_closed("form")
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.shortcut("new_note")
    async def new_note(ack: AsyncAck, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    @app.shortcut("keep")
    async def keep(ack: AsyncAck, shortcut: Json, respond: AsyncRespond, client: AsyncWebClient) -> None:
        await ack()
        await client.reactions_add(channel=shortcut["channel"]["id"], timestamp=shortcut["message_ts"], name="pushpin")
        await respond(f"记下 {shortcut['message']['text']}")


def surfaces(app: AsyncApp) -> None:
    """https://docs.slack.dev/surfaces/app-home and https://docs.slack.dev/ai/migrating-to-agent-messaging"""

    @app.event("app_home_opened")
    async def opened(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home())
        else:
            prompts = [{"title": "试试", "message": "二级要什么"}]
            await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)

    @app.event("app_context_changed")
    async def looked() -> None:
        return
