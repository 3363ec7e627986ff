"""The page: only from this machine, no script but its own, and hostile words stay words. In Chromium: people at work."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.workspace import WorkspaceThread

from .apps import client, sync_app

HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1> <!channel>"


def ask(workspace: WorkspaceThread, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", int(workspace.url.rsplit(":")[-1].strip("/")))
    sent = {"Content-Type": "application/json"} | headers
    connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, sent)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()


def test_the_page_allows_no_script_but_its_own(workspace: WorkspaceThread) -> None:
    status, headers, html = ask(workspace, "/")
    policy = headers["Content-Security-Policy"]
    assert status == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "onclick" not in html
    assert "王芳" in html or "\\u738b\\u82b3" in html


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/api/auth.test"])
@pytest.mark.parametrize("header", [{"Host": "evil.test"}, {"Origin": "http://evil.test"}, {"Origin": "null"}])
def test_a_foreign_host_or_origin_gets_nothing(workspace: WorkspaceThread, path: str, header: dict[str, str]) -> None:
    assert ask(workspace, path, **header)[0] == 403


def test_another_port_of_this_machine_is_foreign_too(workspace: WorkspaceThread) -> None:
    act = {"as": "U1", "act": "write", "channel": "C2", "text": "x"}
    assert ask(workspace, "/page/do", act, Origin="http://127.0.0.1:1")[0] == 403
    assert ask(workspace, "/page/do", act, **{"Content-Type": "text/plain"})[0] == 415
    assert ask(workspace, "/page/do", act, Origin=workspace.url.rstrip("/"))[0] == 200


@pytest.mark.parametrize("path", ["/page/nothing.js", "/page/..%2f..%2fpyproject.toml", "/page/page.html"])
def test_only_the_pages_own_files_are_served(workspace: WorkspaceThread, path: str) -> None:
    assert ask(workspace, path)[0] == 404


@pytest.mark.parametrize(
    "body", [{"as": "U1"}, {"as": "U1", "act": "fly"}, ["x"], {"as": "U1", "act": "write", "text": 1}]
)
def test_an_act_that_makes_no_sense_is_a_bad_request(workspace: WorkspaceThread, body: Any) -> None:
    assert ask(workspace, "/page/do", body)[0] == 400


def test_what_a_person_may_not_do_comes_back_as_a_notice(workspace: WorkspaceThread) -> None:
    for user, channel in (("U2", "G1"), ("U4", "C1"), ("U404", "C1")):
        act = {"as": user, "act": "write", "channel": channel, "text": "x"}
        status, _, text = ask(workspace, "/page/do", act)
        assert status == 200
        assert json.loads(text)["notice"]


# -- in Chromium --------------------------------------------------------------------------------------------------


def register(app: Any) -> None:  # noqa: C901 (eight listeners, not eight branches)
    """An app with one of everything that a page must show."""

    def plain(text: str) -> dict[str, Any]:
        return {"type": "plain_text", "text": text}

    confirm = {"title": plain("确认?"), "text": plain("真的"), "confirm": plain("是"), "deny": plain("否")}
    name = {"type": "plain_text_input", "action_id": "name"}
    form = {
        "type": "modal", "callback_id": "form", "title": plain("登记"), "submit": plain("提交"),
        "blocks": [{"type": "input", "block_id": "name", "label": plain("名称"), "element": name}],
    }  # fmt: skip
    buttons = [
        {"type": "button", "text": plain("登记"), "action_id": "open", "value": "1"},
        {"type": "button", "text": plain("删除"), "action_id": "drop", "value": "1", "confirm": confirm},
    ]
    cells = [
        [{"type": "raw_text", "text": a}, {"type": "raw_text", "text": b}] for a, b in (("户", "额"), (HOSTILE, "1"))
    ]
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*要点* {HOSTILE.replace('<', '&lt;')}"}},
        {"type": "data_table", "caption": "表", "rows": cells},
        {"type": "actions", "elements": buttons},
    ]

    @app.event("message")
    def message(say: Any) -> None:
        say(text="答", blocks=blocks)

    @app.event("app_mention")
    def mention(event: dict[str, Any], say: Any, client: Any) -> None:
        say(text="已私信你", thread_ts=event["ts"])
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="悄悄话")

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: Any) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.command("/echo")
    def echo(ack: Any, command: dict[str, Any]) -> None:
        ack(f"收到 {command['text']}")

    @app.action("open")
    def open_form(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.action("drop")
    def drop(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    @app.view("form")
    def submit(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["name"]["name"]["value"]
        if typed == "坏":
            ack(response_action="errors", errors={"name": "没有这个客户"})
        else:
            ack()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()


class Desk:
    """A person's browser and what they do in it."""

    def __init__(self, browser: Any, workspace: WorkspaceThread, user: str, **options: Any) -> None:
        self.faults: list[str] = []
        self.page = browser.new_page(**options)
        self.page.set_default_timeout(8_000)
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.page.goto(f"{workspace.url}?as={user}")
        self.page.locator("[data-testid=dm]").wait_for(state="attached")  # hidden behind the menu on a phone

    def at(self, testid: str) -> Any:
        return self.page.locator(f"[data-testid={testid}]:visible")

    def see(self, testid: str) -> Any:
        self.at(testid).first.wait_for()
        return self.at(testid)

    def write(self, text: str, key: str = "Enter") -> None:
        self.at("composer").fill(text)
        self.at("composer").press(key)

    def use(self, action_id: str) -> None:
        self.page.locator(f"[data-action-id={action_id}]:visible").last.click()

    def say_nothing_wrong(self) -> None:
        assert self.page.evaluate("window.hit") is None
        assert self.faults == []


@pytest.mark.browser
def test_people_work_with_the_app_by_mouse_and_keyboard(browser: Any, workspace: WorkspaceThread) -> None:
    with sync_app(workspace, register):
        desk = Desk(browser, workspace, "U1", viewport={"width": 1100, "height": 760})
        desk.page.get_by_role("button", name="试试看").wait_for()
        desk.write(f"你好 {HOSTILE}")
        desk.page.get_by_role("table").wait_for()
        assert HOSTILE in desk.at("message").first.inner_text().replace("@channel", "<!channel>")
        desk.use("open")
        desk.see("modal")
        desk.page.keyboard.type("坏")
        desk.page.keyboard.press("Enter")
        assert "没有这个客户" in desk.see("input-error").inner_text()
        assert desk.page.locator("[data-testid=modal] [data-action-id=name]").input_value() == "坏"
        desk.page.locator("[data-testid=modal] [data-action-id=name]").fill("好")
        desk.at("modal-submit").click()
        desk.at("modal").wait_for(state="detached")
        desk.use("drop")
        desk.see("confirm").click()
        desk.page.get_by_role("table").wait_for(state="detached")
        desk.at("tab-home").click()
        desk.page.locator("[data-testid=home] table").wait_for()
        desk.say_nothing_wrong()


@pytest.mark.browser
def test_a_mention_is_completed_and_its_secret_answer_seen_by_one_of_two(
    browser: Any, workspace: WorkspaceThread
) -> None:
    with sync_app(workspace, register):
        one, two = Desk(browser, workspace, "U1"), Desk(browser, workspace, "U2")
        for desk in (one, two):
            desk.see("channel-general").click()
        one.write("@Ec", "Tab")
        one.at("composer").press_sequentially("在吗")
        one.at("composer").press("Enter")
        assert "仅你可见" in one.page.locator("[data-ephemeral=true]").inner_text()
        two.see("replies").click()
        two.page.locator("[data-testid=thread] [data-testid=message]").nth(1).wait_for()
        assert "悄悄话" not in two.page.inner_text("body")
        one.write("/ec", "Tab")
        one.at("composer").press_sequentially("一二")
        one.at("composer").press("Enter")
        one.page.get_by_text("收到 一二").wait_for()
        one.write("/nothing")
        assert "不是有效的命令" in one.see("notice").inner_text()
        one.say_nothing_wrong()
        two.say_nothing_wrong()


@pytest.mark.browser
def test_unread_messages_are_counted_and_a_reload_keeps_everything(browser: Any, workspace: WorkspaceThread) -> None:
    desk = Desk(browser, workspace, "U1", viewport={"width": 360, "height": 700})
    client(workspace).chat_postMessage(channel="C1", text=HOSTILE.replace("<", "&lt;"))
    desk.page.locator("#menu").click()
    assert desk.see("unread").inner_text() == "1"
    desk.at("channel-general").click()
    desk.see("message")
    desk.page.reload()
    desk.see("message")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert desk.page.locator("[data-testid=unread]").count() == 0
    desk.page.locator("#menu").click()
    desk.page.locator("#who").select_option("U2")
    desk.page.wait_for_url("**as=U2**")
    desk.say_nothing_wrong()
