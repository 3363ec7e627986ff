"""Tiny Bolt apps, each with one mistake that is often made; `careful` makes none."""

from __future__ import annotations

import html
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.workspace import WorkspaceThread

from .apps import client
from .conftest import make_seed

PATIENCE = 0.4
"""Seconds of a workspace that soon gives up, for the apps that do not ack in time."""
Register = Callable[[App], None]
Json = dict[str, Any]


@contextmanager
def running(bot: Register, *scopes: str, **options: Any) -> Iterator[WorkspaceThread]:
    """A workspace with this app in it. Its handler closes behind our back, which takes seconds."""
    seed = make_seed(lambda manifest: manifest["oauth_config"]["scopes"]["bot"].extend(scopes))
    with WorkspaceThread(seed, **{"retry_delays": (0,), **options}) as slack:
        app = App(client=client(slack))
        bot(app)
        handler = SocketModeHandler(app, app_token="xapp-test", web_client=client(slack, "xapp-test"))
        handler.connect()
        slack.wait_for(lambda: slack.workspace.hub.sockets)
        try:
            yield slack
        finally:
            threading.Thread(target=handler.close, daemon=True).start()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str = "好") -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id}


def modal(title: str, **more: Any) -> Json:
    blocks = [{"type": "actions", "elements": [button("more")]}]
    return {"type": "modal", "title": plain(title), "blocks": blocks} | more


def form() -> Json:
    element = {"type": "plain_text_input", "action_id": "name"}
    return modal("登记", callback_id="form", submit=plain("提交"), blocks=[
        {"type": "input", "block_id": "name", "label": plain("名称"), "element": element}])  # fmt: skip


def acks_late(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any) -> None:
        time.sleep(PATIENCE + 0.2)
        ack()


def acks_never(app: App) -> None:
    @app.command("/echo")
    def command() -> None:
        return


def answers_no_press(app: App) -> None:
    @app.event("message")
    def message(say: Any) -> None:
        say(text="按一下", blocks=[{"type": "actions", "elements": [button("nobody")]}])


def writes_too_long_a_block(app: App) -> None:
    @app.event("message")
    def message(say: Any) -> None:
        say(text="好", blocks=[{"type": "section", "text": plain("好" * 3001)}])


def names_two_buttons_alike(app: App) -> None:
    @app.event("message")
    def message(say: Any) -> None:
        say(text="好", blocks=[{"type": "actions", "elements": [button("a"), button("a")]}])


def tells_figures_in_the_channel(app: App) -> None:
    @app.event("app_mention")
    def mention(event: Json, say: Any) -> None:
        say(text="差额", blocks=[{"type": "section", "text": plain("日均存款 6900万元")}], thread_ts=event["ts"])


def sends_the_file_to_the_channel(app: App) -> None:
    @app.event("app_mention")
    def mention(event: Json, client: Any) -> None:
        client.files_upload_v2(channel=event["channel"], filename="明细.csv", content="客户,日均存款\n甲,69000000")


def uses_a_trigger_twice(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any, body: Json, client: Any) -> None:
        ack()
        for title in ("一", "二"):
            client.views_open(trigger_id=body["trigger_id"], view=modal(title))


def does_not_wait(app: App) -> None:
    @app.event("message")
    def message(event: Json, client: Any) -> None:
        for text in ("一", "二", "三"):
            with suppress(SlackApiError):
                client.chat_postMessage(channel=event["channel"], text=text)


def answers_what_comes_again(app: App) -> None:
    @app.event("message")
    def message(say: Any) -> None:
        say("离二级还差 600万元")


def posts_again_when_it_hears_nothing(app: App) -> None:
    @app.event("message")
    def message(event: Json, client: Any) -> None:
        for _ in range(2):
            with suppress(SlackApiError):
                client.chat_postMessage(channel=event["channel"], text="已入库")
                return


def uploads_without_the_scope(app: App) -> None:
    @app.event("message")
    def message(event: Json, client: Any) -> None:
        client.files_upload_v2(channel=event["channel"], filename="a.csv", content="1")


def responds_too_often(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any, respond: Any) -> None:
        ack()
        for number in range(6):
            respond(f"{number}")


def responds_too_late(app: App) -> None:
    kept: list[Any] = []

    @app.command("/echo")
    def command(ack: Any, respond: Any) -> None:
        ack()
        kept.append(respond)
        if len(kept) == 2:
            kept[0]("迟到的回答")


def posts_where_it_is_not(app: App) -> None:
    @app.event("message")
    def message(client: Any) -> None:
        client.chat_postMessage(channel="C2", text="好")


def stacks_too_many(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal("一"))

    @app.action("more")
    def more(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=modal("又一层"))


def updates_an_old_view(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = client.views_open(trigger_id=body["trigger_id"], view=modal("一"))["view"]
        for title in ("二", "三"):
            client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title))


def blames_no_input(app: App) -> None:
    @app.command("/echo")
    def command(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"client": "没有这个客户"})


def rings_the_channel(app: App) -> None:
    @app.event("app_mention")
    def mention(event: Json, say: Any) -> None:
        say(f"没有叫 {html.unescape(event['text'])} 的客户")


def careful(app: App) -> None:
    @app.event("message")
    def message(event: Json, say: Any) -> None:
        if "bot_id" not in event:
            say(text="好", blocks=[{"type": "actions", "elements": [button("open"), button("other")]}])

    @app.event("app_mention")
    def mention(event: Json, say: Any) -> None:
        say(f"没有叫 {event['text']} 的客户", thread_ts=event["ts"])

    @app.command("/echo")
    def command(ack: Any, respond: Any) -> None:
        ack()
        respond("日均存款 6900万元")

    @app.action("open")
    def press(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack()
