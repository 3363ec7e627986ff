"""Home tabs, modals and response_urls, with a plain Bolt app that does what a person's press asks of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.workspace import NotDelivered, Refused, WorkspaceThread

from .apps import client, sync_app
from .conftest import make_seed

WORDS = {"type": "plain_text", "text": "好"}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(action_id: str) -> dict[str, Any]:
    return {"type": "button", "text": plain(action_id), "action_id": action_id, "value": "v"}


def modal(title: str = "登记", **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "name"}
    blocks = [{"type": "input", "block_id": "name", "label": plain("名称"), "element": element}]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("提交"),
        "blocks": blocks,
    } | more


class Clock:
    """A clock that stands still until it is told."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class FormApp:
    """Opens a modal on a press and answers its submission with what stands in `ack`."""

    def __init__(self) -> None:
        self.ack: dict[str, Any] = {}
        self.submitted: list[dict[str, Any]] = []
        self.closed: list[dict[str, Any]] = []
        self.pressed: list[dict[str, Any]] = []
        self.view = modal()

    def register(self, app: App) -> None:
        @app.event("app_home_opened")
        def home(event: dict[str, Any], client: Any) -> None:
            blocks = [{"type": "actions", "block_id": "row", "elements": [button("open")]}]
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

        @app.action("open")
        def open_form(ack: Any, body: dict[str, Any], client: Any) -> None:
            ack()
            self.pressed.append(body)
            client.views_open(trigger_id=body["trigger_id"], view=self.view)

        @app.view("form")
        def submit(ack: Any, view: dict[str, Any]) -> None:
            self.submitted.append(view)
            ack(**self.ack)

        @app.view_closed("form")
        def close(ack: Any, body: dict[str, Any]) -> None:
            ack()
            self.closed.append(body)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def running(clock: Clock) -> Iterator[tuple[WorkspaceThread, FormApp]]:
    """One workspace and app for the whole file, since a Socket Mode handler takes seconds to close."""
    app = FormApp()
    with WorkspaceThread(make_seed(), clock=clock) as workspace, sync_app(workspace, app.register):
        yield workspace, app


@pytest.fixture
def opened(running: tuple[WorkspaceThread, FormApp]) -> tuple[WorkspaceThread, FormApp]:
    """A person with the form open."""
    workspace, app = running
    app.ack, app.view = {}, modal()
    app.submitted.clear()
    app.closed.clear()
    workspace.close_modal("U1", everything=True)
    open_form(workspace)
    return workspace, app


def open_form(workspace: WorkspaceThread) -> None:
    workspace.open_home("U1")
    workspace.wait_for(lambda: workspace.seen_by("U1").home)
    workspace.press_home("U1", "open")
    workspace.wait_for(lambda: workspace.seen_by("U1").modals)


def titles(workspace: WorkspaceThread) -> list[str]:
    return [m["title"]["text"] for m in workspace.seen_by("U1").modals]


def test_opening_home_publishes_it_and_a_press_tells_the_view(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    body = app.pressed[-1]
    assert body["type"] == "block_actions"
    assert body["container"] == {"type": "view", "view_id": workspace.seen_by("U1").home["id"]}
    assert body["view"]["type"] == "home"
    assert (body["actions"][0]["value"], body["actions"][0]["block_id"]) == ("v", "row")
    assert workspace.seen_by("U2").home is None


def test_a_submission_carries_the_state_and_closes_the_form(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    assert workspace.submit("U1", {"name": "华兴"}).errors == {}
    state = app.submitted[0]["state"]["values"]
    assert state == {"name": {"name": {"type": "plain_text_input", "value": "华兴"}}}
    assert titles(workspace) == []


def test_an_empty_required_input_never_reaches_the_app(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    assert workspace.submit("U1").errors == {"name": "请填写此项"}
    assert app.submitted == []


def test_errors_keep_the_form_open(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    app.ack = {"response_action": "errors", "errors": {"name": "没有这个客户"}}
    assert workspace.submit("U1", {"name": {"name": "华兴"}}).errors == {"name": "没有这个客户"}
    assert titles(workspace) == ["登记"]


def test_errors_for_no_input_of_the_form_are_a_failure(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    app.ack = {"response_action": "errors", "errors": {"elsewhere": "x"}}
    with pytest.raises(NotDelivered, match="没有对应的输入项"):
        workspace.submit("U1", {"name": "华兴"})


def test_an_ack_can_update_push_and_clear(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    for action, expected in (("update", ["二"]), ("push", ["二", "二"]), ("push", ["二", "二", "二"])):
        app.ack = {"response_action": action, "view": modal("二")}
        workspace.submit("U1", {"name": "华兴"})
        assert titles(workspace) == expected
    app.ack = {"response_action": "push", "view": modal("四")}
    with pytest.raises(NotDelivered, match="push_limit_reached"):
        workspace.submit("U1", {"name": "华兴"})
    app.ack = {"response_action": "clear"}
    workspace.submit("U1", {"name": "华兴"})
    assert titles(workspace) == []


def test_closing_is_told_only_when_the_view_asks_for_it(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, app = opened
    workspace.close_modal("U1")
    assert app.closed == []
    app.view = modal(notify_on_close=True)
    open_form(workspace)
    workspace.close_modal("U1")
    assert [c["is_cleared"] for c in app.closed] == [False]
    with pytest.raises(Refused):
        workspace.submit("U1", {})


def test_a_trigger_is_good_once_and_for_three_seconds(opened: tuple[WorkspaceThread, FormApp], clock: Clock) -> None:
    workspace, app = opened
    web = client(workspace)

    def error(trigger: str) -> str:
        with pytest.raises(SlackApiError) as refused:
            web.views_open(trigger_id=trigger, view=modal())
        return str(refused.value.response["error"])

    assert error(app.pressed[-1]["trigger_id"]) == "exchanged_trigger_id"
    assert error("1.2.3") == "invalid_trigger_id"
    trigger = workspace.look(lambda: workspace.workspace.world.trigger("U1"))
    clock.now += 3.5
    assert error(trigger) == "expired_trigger_id"


def test_a_view_is_updated_by_id_and_hash(opened: tuple[WorkspaceThread, FormApp]) -> None:
    workspace, _ = opened
    web, view = client(workspace), workspace.seen_by("U1").modals[-1]
    web.views_update(view_id=view["id"], hash=view["hash"], view=modal("改"))
    assert titles(workspace) == ["改"]
    for args, code in (
        ({"view_id": view["id"], "hash": view["hash"]}, "hash_conflict"),
        ({"view_id": "V0"}, "not_found"),
    ):
        with pytest.raises(SlackApiError) as refused:
            web.views_update(view=modal("改"), **args)
        assert refused.value.response["error"] == code


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"blocks": [{"type": "context_actions", "elements": []}]}, "/view/blocks/0/type"),
        ({"submit": None}, "/view"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"blocks": [{"type": "divider"}] * 101}, "/view/blocks"),
        ({"colour": "red"}, "/view"),
    ],
)
def test_a_bad_view_is_refused_with_its_place(
    running: tuple[WorkspaceThread, FormApp], change: dict[str, Any], place: str
) -> None:
    workspace, _ = running
    view = {k: v for k, v in (modal() | change).items() if v is not None}
    trigger = workspace.look(lambda: workspace.workspace.world.trigger("U1"))
    with pytest.raises(SlackApiError) as refused:
        client(workspace).views_open(trigger_id=trigger, view=view)
    answer = refused.value.response
    assert answer["error"] == "invalid_arguments"
    assert any(m.endswith(f"[json-pointer:{place}]") for m in answer["response_metadata"]["messages"])


def test_without_a_home_tab_nothing_is_published() -> None:
    def off(manifest: dict[str, Any]) -> None:
        manifest["features"]["app_home"]["home_tab_enabled"] = False

    with WorkspaceThread(make_seed(off)) as workspace, pytest.raises(SlackApiError) as refused:
        client(workspace).views_publish(user_id="U1", view={"type": "home", "blocks": []})
    assert refused.value.response["error"] == "not_enabled"


# -- response_url -------------------------------------------------------------------------------------------------


def post(url: str, body: Any) -> tuple[int, str]:
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.fixture(scope="module")
def commanding(clock: Clock) -> Iterator[WorkspaceThread]:
    def register(app: App) -> None:
        @app.command("/echo")
        def command(ack: Any) -> None:
            ack()

        @app.action("again")
        def again(ack: Any, respond: Any, body: dict[str, Any]) -> None:
            ack()
            respond(json.loads(body["actions"][0]["value"]))

    with WorkspaceThread(make_seed(), clock=clock) as workspace, sync_app(workspace, register):
        yield workspace


def test_a_response_url_takes_five_posts(commanding: WorkspaceThread) -> None:
    url = commanding.slash("U1", "/echo", channel="C1").response_url
    assert [post(url, {"text": "好"})[0] for _ in range(6)] == [200] * 5 + [404]
    assert post(url, {"text": "好"})[1] == "used_url"


def test_a_response_url_ends_after_half_an_hour(commanding: WorkspaceThread, clock: Clock) -> None:
    url = commanding.slash("U1", "/echo", channel="C1").response_url
    clock.now += 30 * 60 + 1
    assert post(url, {"text": "好"}) == (404, "expired_url")


def test_a_response_url_refuses_what_slack_refuses(commanding: WorkspaceThread) -> None:
    url = commanding.slash("U1", "/echo", channel="C1").response_url
    assert post(url, {"blocks": [{"type": "x"}]}) == (400, "invalid_blocks")
    assert post(url, {}) == (400, "no_text")
    assert post(url, []) == (400, "invalid_payload")


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ({"text": "换了"}, ["换了"]),
        ({"text": "新的", "replace_original": False, "response_type": "in_channel"}, ["原来", "新的"]),
        ({"text": "只给你", "replace_original": False}, ["原来"]),
        ({"delete_original": True}, []),
    ],
)
def test_an_answer_to_a_button_replaces_adds_or_deletes(
    commanding: WorkspaceThread, answer: dict[str, Any], texts: list[str]
) -> None:
    element = button("again") | {"value": json.dumps(answer)}
    blocks = [{"type": "actions", "elements": [element]}]
    message = client(commanding).chat_postMessage(channel="C1", text="原来", blocks=blocks)
    commanding.press("U2", "C1", message["ts"], "again")

    def since() -> list[str]:
        return [m["text"] for m in commanding.messages("C1") if m["ts"] >= message["ts"]]

    commanding.wait_for(lambda: since() == texts)
    if answer.get("text") == "只给你":
        commanding.wait_for(lambda: "只给你" in commanding.seen_by("U2").texts())
        assert "只给你" not in commanding.seen_by("U1").texts()


def test_what_is_not_there_cannot_be_pressed(commanding: WorkspaceThread) -> None:
    for channel, ts in (("C1", "1.000001"), ("G1", "1.000001")):
        with pytest.raises(Refused):
            commanding.press("U2", channel, ts, "again")
