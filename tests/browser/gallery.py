"""A plain Bolt app that knows nothing of Ladder, with one of everything that a page must show; it keeps what it hears."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import App

from bot.workspace import Seed, SeedChannel, SeedUser, WorkspaceThread
from tests.browser.gallery_blocks import ANSWER, CHART, ELEMENTS, FEEDBACK, HOSTILE, PICTURES, RICH, TABLES, plain
from tests.browser.gallery_forms import ASK, WHOLE, child, form
from tests.workspace.apps import sync_app
from tests.workspace.conftest import MANIFEST

Json = dict[str, Any]
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何"
SHORTCUTS = [
    {"name": "登记拜访", "type": "global", "callback_id": "visit", "description": "打开一张表单"},
    {"name": "记为待办", "type": "message", "callback_id": "todo", "description": "把这条消息记下来"},
]


def seed() -> Seed:
    """Eighty people, a test each, and two of one name in two units."""
    manifest = copy.deepcopy(MANIFEST)
    manifest["features"] |= {
        "shortcuts": SHORTCUTS,
        "slash_commands": [
            {"command": "/echo", "description": "重复一遍", "usage_hint": "<文字>"},
            {"command": "/form", "description": "打开表单", "usage_hint": "[全部]"},
            {"command": "/slow", "description": "从不应答", "usage_hint": HOSTILE},
        ],
    }
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    scopes += [s for s in ("files:read", "reactions:read", "groups:history", "groups:read") if s not in scopes]
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["reaction_added"]
    names = [c + given for given in "一二三四" for c in SURNAMES]
    people = [SeedUser(f"U{n}", f"p{n}", name, title="三级客户经理", group="一队") for n, name in enumerate(names)]
    alike = [
        SeedUser("W1", "wangfang", "王芳", title="二级客户经理", group="一队"),
        SeedUser("W2", "wangfang2", "王芳", title="四级客户经理", group="二队"),
        SeedUser("W3", "guest", "访客甲", title="外聘律师", ultra_restricted=True),
    ]
    everyone = tuple(u.id for u in (*people, *alike))
    return Seed(
        team_id="T1", team_name="样例分行", app_id="A1", bot_user_id="UBOT", bot_name="陈列", bot_token="xoxb-test",
        app_token="xapp-test", signing_secret="s3cret", manifest=manifest, users=(*people, *alike),
        channels=(
            SeedChannel("C1", "公告", (*everyone, "UBOT"), topic="大家都在"),
            SeedChannel("C2", "没有应用", everyone, topic=HOSTILE),
            SeedChannel("G1", "内部", (*everyone[:-1], "UBOT"), private=True),
        ),
    )  # fmt: skip


@dataclass
class Gallery:
    """The running workspace and what its app has heard, oldest first: payloads of actions, views and events."""

    workspace: WorkspaceThread
    actions: list[Json] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    people: Iterator[str] = field(default_factory=lambda: (f"U{n}" for n in range(80)))
    """Who has not been here yet."""

    def told(self, action_id: str) -> list[Json]:
        """The actions of one element so far."""
        return [a for body in list(self.actions) for a in body["actions"] if a["action_id"] == action_id]


@contextmanager
def gallery() -> Iterator[Gallery]:
    """The workspace with the app connected."""
    with WorkspaceThread(seed(), patience=2.0, retry_delays=(0,)) as workspace:
        shown = Gallery(workspace)
        with sync_app(workspace, lambda app: register(app, shown)):
            yield shown


def register(app: App, shown: Gallery) -> None:
    """All of the app."""
    _messages(app, shown)
    _presses(app, shown)
    _forms(app, shown)


SHOW: dict[str, list[Json]] = {
    "元素": ELEMENTS, "表格": TABLES, "图表": CHART[:2], "饼图": CHART[2:], "图片": PICTURES, "反馈": FEEDBACK, "富文本": RICH,
}  # fmt: skip


def _messages(app: App, shown: Gallery) -> None:
    @app.event("message")
    def message(event: Json, say: Any, client: Any) -> None:
        shown.events.append(event)
        text, channel = event.get("text", ""), event["channel"]
        if event.get("subtype") or event["channel_type"] != "im":
            return
        if text == "状态":
            client.assistant_threads_setStatus(channel_id=channel, thread_ts=event["ts"], status="正在查台账…")
        elif text == "提示":
            prompts = [{"title": "再来一次", "message": "再来"}, {"title": "查差额", "message": "差额"}]
            asked = {"channel_id": channel, "title": "接着可以问", "prompts": prompts}  # an agent names no thread
            client.api_call("assistant.threads.setSuggestedPrompts", json=asked)
        elif text == "消息列":
            say(text="在消息列里回答", thread_ts=event["ts"])
        else:
            blocks = SHOW.get(text) or [{"type": "section", "text": plain(f"收到:{text}")}]
            host = shown.workspace.url.split("/")[2]
            say(text="答", blocks=json.loads(json.dumps(blocks).replace("HOST", host)))

    @app.event("app_mention")
    def mention(event: Json, say: Any, client: Any) -> None:
        shown.events.append(event)
        say(text="已私信你", thread_ts=event["ts"])
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="悄悄话")

    @app.event("app_home_opened")
    def home(event: Json, client: Any) -> None:
        shown.events.append(event)
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": plain("主页")}, *ANSWER, *ELEMENTS, *TABLES, *CHART]
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("reaction_added")
    def reaction(event: Json) -> None:
        shown.events.append(event)


def _presses(app: App, shown: Gallery) -> None:
    @app.action(re.compile("^open"))
    def open_form(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(body["actions"][0]["value"]))

    @app.action("push")
    def push(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=child(len(body["view"]["blocks"])))

    @app.action("update")
    def update(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], view=form("whole", note="应用改过了这张表"))

    @app.action("drop")
    def drop(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    @app.action("silent")
    def silent(body: Json) -> None:
        """No ack: what the page then says is the test."""

    @app.action(re.compile(".*"))
    def other(ack: Any, body: Json) -> None:
        ack()
        shown.actions.append(body)

    @app.options("outside")
    @app.options("outside_many")
    def options(ack: Any, payload: Json) -> None:
        found = [n for n in ("江州陶瓷", "江州纺织", "滨江物流") if payload["value"] in n]
        ack(options=[{"text": plain(n), "value": n} for n in found])


def _forms(app: App, shown: Gallery) -> None:
    @app.command("/echo")
    def echo(ack: Any, command: Json) -> None:
        ack(f"收到 {command['text']}")

    @app.command("/form")
    def open_by_command(ack: Any, command: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=form("whole" if command["text"] else "ask"))

    @app.command("/slow")
    def slow() -> None:
        """No ack."""

    @app.shortcut("visit")
    def visit(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form("ask"))

    @app.shortcut("todo")
    def todo(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.chat_postMessage(channel=body["channel"]["id"], text=f"记下:{body['message']['text']}")

    @app.view(ASK)
    def asked(ack: Any, view: Json) -> None:
        if view["state"]["values"]["name"]["name"]["value"] == "坏":
            ack(response_action="errors", errors={"name": "没有这个客户"})
        else:
            ack()
        shown.views.append(view)

    @app.view(WHOLE)
    def whole(ack: Any, view: Json) -> None:
        ack(response_action="clear")
        shown.views.append(view)


__all__ = ["HOSTILE", "Gallery", "gallery"]
