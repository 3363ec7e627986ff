"""The app with Bolt's App: https://docs.slack.dev/tools/bolt-python/getting-started and the pages named at each part."""

from __future__ import annotations

import urllib.request
from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from .blocks import CITIES, Json, answer, form, home, option, submitted


def register(app: App, token: str, heard: list[Json]) -> None:
    """All listeners; `heard` gets every body that arrives, and which try it is.

    https://docs.slack.dev/tools/bolt-python/concepts/global-middleware
    """

    @app.middleware
    def note(body: Json, request: Any, next_: Any) -> None:
        heard.append(body | {"retried": request.headers.get("x-slack-retry-num", ["0"])[0]})
        next_()

    talk(app)
    marks_and_files(app, token)
    interact(app)
    forms(app)
    surfaces(app)


def talk(app: App) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/message-listening and …/concepts/commands"""

    @app.event("message")
    def message(event: Json, say: Say, client: WebClient) -> None:
        if event.get("subtype") or event.get("bot_id"):
            return
        if event["text"] == "慢":
            client.assistant_threads_setStatus(channel_id=event["channel"], thread_ts=event["ts"], status="正在想…")
            return
        key = {"event_type": "answered", "event_payload": {"to": event["ts"]}}
        say(text=f"听到 {event['text']}", blocks=answer(f"听到 {event['text']}"), metadata=key)

    @app.event("app_mention")
    def mention(event: Json, say: Say, client: WebClient) -> None:
        say(text="在", thread_ts=event.get("thread_ts", event["ts"]))
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="只对你说")

    @app.event("member_joined_channel")
    def joined(event: Json, say: Say) -> None:
        say("大家好")

    @app.command("/echo")
    def echo(ack: Ack, command: Json, respond: Respond) -> None:
        ack(f"收到 {command['text']}")
        respond(text=f"公开 {command['text']}", response_type="in_channel")

    @app.command("/form")
    def open_form(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.command("/me")
    def me(ack: Ack, command: Json, client: WebClient, respond: Respond) -> None:
        ack()
        told = client.users_info(user=command["user_id"], include_locale=True)["user"]
        respond(f"{told['tz']} {told['tz_offset']} {told['locale']} {told['is_restricted']}")

    @app.command("/group")
    def group(ack: Ack, command: Json, client: WebClient) -> None:
        ack()
        opened = client.conversations_open(users=[command["user_id"], *command["text"].split()])
        client.chat_postMessage(channel=opened["channel"]["id"], text="大家看")


def marks_and_files(app: App, token: str) -> None:
    """https://docs.slack.dev/reference/events/reaction_added and https://docs.slack.dev/messaging/working-with-files"""

    @app.event("reaction_added")
    def marked(event: Json, client: WebClient, context: Any) -> None:
        if event["user"] != context.bot_user_id:
            client.reactions_add(channel=event["item"]["channel"], timestamp=event["item"]["ts"], name="eyes")

    @app.event("reaction_removed")
    def unmarked() -> None:
        return

    @app.event("file_shared")
    def shared(event: Json, client: WebClient, context: Any) -> None:
        if event["user_id"] == context.bot_user_id:
            return
        told = client.files_info(file=event["file_id"])["file"]
        request = urllib.request.Request(told["url_private_download"], headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as download:
            content = download.read()
        client.files_upload_v2(
            channel=event["channel_id"], filename="back.txt", content=content[::-1], initial_comment="反过来"
        )


def interact(app: App) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/actions and …/concepts/opening-modals"""

    @app.action("change")
    def change(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="换过了", blocks=[])

    @app.action("remove")
    def remove(ack: Ack, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    @app.action("open_form")
    def open_form(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.action("quick")
    def quick(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form("快"))


def forms(app: App) -> None:
    """https://docs.slack.dev/tools/bolt-python/concepts/view-submissions, …/select-menu-options and …/shortcuts"""

    @app.options("city")
    def cities(ack: Ack, payload: Json) -> None:
        ack(options=[option(c) for c in CITIES if c.startswith(payload["value"])])

    @app.view("form")
    def submit(ack: Ack, body: Json, view: Json) -> None:
        told = submitted(view)
        ack(**told) if told else ack()
        for one in body.get("response_urls", []):
            WebhookClient(one["response_url"]).send(text="已登记", response_type="in_channel")

    @app.view_closed("form")
    def closed(ack: Ack) -> None:
        ack()

    @app.shortcut("new_note")
    def new_note(ack: Ack, shortcut: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    @app.shortcut("keep")
    def keep(ack: Ack, shortcut: Json, respond: Respond, client: WebClient) -> None:
        ack()
        client.reactions_add(channel=shortcut["channel"]["id"], timestamp=shortcut["message_ts"], name="pushpin")
        respond(f"记下 {shortcut['message']['text']}")


def surfaces(app: App) -> None:
    """https://docs.slack.dev/surfaces/app-home and https://docs.slack.dev/ai/migrating-to-agent-messaging"""

    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home())
        else:
            prompts = [{"title": "试试", "message": "二级要什么"}]
            client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)

    @app.event("app_context_changed")
    def looked() -> None:
        return
