"""People who share a name, who are gone, or who change."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace import Refused, SeedUser, WorkspaceThread

from .apps import client, sync_app
from .conftest import make_seed
from .test_strictness import seed_with
from .test_web_api import error_of


def test_a_name_that_two_people_bear_means_the_one_who_was_picked() -> None:
    """In Slack's composer a name is picked from a list, since display names are not unique."""
    other = SeedUser("U7", "wangfang", "王芳", group="三队")
    with WorkspaceThread(seed_with(users=(other,))) as workspace:
        workspace.say("U2", "@王芳 @李强", channel="C2")
        workspace.say("U2", "@王芳 看", channel="C2", mentions={"@王芳": "U7"})
        workspace.say("U2", "@wangfang @王芳(一队)", channel="C2")
        assert [m["text"] for m in workspace.messages("C2")] == ["@王芳 <@U2>", "<@U7> 看", "<@U7> <@U1>"]


def test_whoever_was_deactivated_can_do_nothing(workspace: WorkspaceThread) -> None:
    for act in (
        lambda: workspace.say("U4", "x"),
        lambda: workspace.slash("U4", "/echo x"),
        lambda: workspace.open_home("U4"),
        lambda: workspace.shortcut("U4", "new"),
        lambda: workspace.open_group("U1", ["U4"]),
    ):
        with pytest.raises(Refused):
            act()


def test_a_person_who_leaves_is_told_and_gone_from_then_on() -> None:
    def subscribe(manifest: dict[str, Any]) -> None:
        manifest["settings"]["event_subscriptions"]["bot_events"].append("user_change")

    heard: list[dict[str, Any]] = []

    def listen(app: Any) -> None:
        @app.event("user_change")
        def changed(event: dict[str, Any]) -> None:
            heard.append(event["user"])

    with WorkspaceThread(make_seed(subscribe)) as workspace, sync_app(workspace, listen):
        workspace.change_user("U1", deleted=True)
        workspace.wait_for(lambda: [(u["id"], u["deleted"]) for u in heard] == [("U1", True)])
        assert client(workspace).users_info(user="U1")["user"]["deleted"]
        gone = lambda: client(workspace).users_lookupByEmail(email="wang@example.test")  # noqa: E731
        assert error_of(gone) == "users_not_found"
        with pytest.raises(Refused):
            workspace.say("U1", "还在吗")


def test_a_guest_is_marked_and_sees_only_where_they_are(workspace: WorkspaceThread) -> None:
    """https://docs.slack.dev/reference/objects/user-object: is_restricted, is_ultra_restricted"""
    client(workspace).chat_postMessage(channel="C1", text="内部")
    assert client(workspace).users_info(user="U3")["user"]["is_restricted"]
    assert "内部" not in workspace.seen_by("U3").texts()
    with pytest.raises(Refused):
        workspace.say("U3", "我也在", channel="C1")


def test_a_home_that_the_app_does_not_have_cannot_be_opened() -> None:
    def off(manifest: dict[str, Any]) -> None:
        manifest["features"]["app_home"]["home_tab_enabled"] = False

    with WorkspaceThread(make_seed(off)) as workspace, pytest.raises(Refused):
        workspace.open_home("U1")
