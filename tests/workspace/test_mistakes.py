"""An app with a mistake that is often made is caught: in the list of mistakes, by an error to it, or before a person."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.workspace import Mistake, NotDelivered, WorkspaceThread

from . import bots
from .bots import running

Drive = Callable[[WorkspaceThread], object]


def caught(slack: WorkspaceThread, *kinds: str) -> list[Mistake]:
    """The mistakes so far, as soon as these kinds are among them."""

    def all_there() -> list[Mistake]:
        seen = slack.mistakes
        return seen if {m.kind for m in seen}.issuperset(kinds) else []

    return slack.wait_for(all_there)


def refused(bot: bots.Register, drive: Drive, *scopes: str) -> Mistake:
    """The first call of this app that was refused."""
    with running(bot, *scopes) as slack:
        drive(slack)
        return caught(slack, "refused")[0]


def say(slack: WorkspaceThread) -> str:
    return slack.say("U1", "喂")


def echo(slack: WorkspaceThread) -> object:
    return slack.slash("U1", "/echo", channel="C1")


def test_a_late_ack_is_an_error_to_the_person_and_told_twice() -> None:
    with running(bots.acks_late, patience=bots.PATIENCE) as slack:
        with pytest.raises(NotDelivered, match="应用没有响应"):
            echo(slack)
        first, second = caught(slack, "not_acked", "late_ack")
        assert (first.kind, first.about, second.kind) == ("not_acked", "slash_commands", "late_ack")


def test_a_command_that_is_never_acked() -> None:
    with running(bots.acks_never, patience=bots.PATIENCE) as slack:
        with pytest.raises(NotDelivered):
            echo(slack)
        assert [(m.kind, m.code) for m in slack.mistakes] == [("not_acked", "timeout")]


def test_a_button_that_nobody_listens_to() -> None:
    with running(bots.answers_no_press, patience=bots.PATIENCE) as slack:
        say(slack)
        message = slack.wait_for(lambda: slack.dm("U1")[1:])[0]
        with pytest.raises(NotDelivered, match="请再试一次"):
            slack.press("U1", slack.dm_id("U1"), message["ts"], "nobody")
        assert [(m.kind, m.about) for m in slack.mistakes] == [("not_acked", "interactive")]


@pytest.mark.parametrize(
    ("bot", "place"),
    [
        (bots.writes_too_long_a_block, "/blocks/0/text/text"),
        (bots.names_two_buttons_alike, "/blocks/0/elements/1/action_id"),
    ],
)
def test_a_wrong_block_is_told_with_its_place(bot: bots.Register, place: str) -> None:
    mistake = refused(bot, say)
    assert (mistake.code, mistake.about) == ("invalid_blocks", "chat.postMessage")
    assert f"[json-pointer:{place}]" in mistake.words


@pytest.mark.parametrize(
    ("bot", "drive", "code"),
    [
        (bots.uses_a_trigger_twice, echo, "exchanged_trigger_id"),
        (bots.uploads_without_the_scope, say, "missing_scope"),
        (bots.responds_too_often, echo, "used_url"),
        (bots.posts_where_it_is_not, say, "not_in_channel"),
        (bots.updates_an_old_view, echo, "hash_conflict"),
    ],
)
def test_a_call_that_slack_refuses(bot: bots.Register, drive: Drive, code: str) -> None:
    assert refused(bot, drive).code == code


def test_a_response_url_used_after_half_an_hour() -> None:
    with running(bots.responds_too_late) as slack:
        echo(slack)
        slack.look(lambda: slack.clock.set(slack.clock() + 31 * 60))
        echo(slack)
        assert caught(slack, "refused")[0].code == "expired_url"


def test_a_fourth_view_on_the_stack() -> None:
    with running(bots.stacks_too_many) as slack:
        echo(slack)
        for depth in (1, 2):
            slack.wait_for(lambda depth=depth: len(slack.seen_by("U1").modals) == depth)
            slack.press_modal("U1", "more")
        slack.wait_for(lambda: len(slack.seen_by("U1").modals) == 3)
        with suppress(NotDelivered):  # Bolt does not ack where the listener raises before it has
            slack.press_modal("U1", "more")
        assert caught(slack, "refused")[0].code == "push_limit_reached"
        assert len(slack.seen_by("U1").modals) == 3


def test_errors_for_an_input_that_the_form_does_not_have() -> None:
    with running(bots.blames_no_input) as slack:
        echo(slack)
        slack.wait_for(lambda: slack.seen_by("U1").modals)
        with pytest.raises(NotDelivered, match="没有对应的输入项"):
            slack.submit("U1", {"name": "华兴"})
        assert [m.code for m in slack.mistakes] == ["invalid_errors"]


def test_a_retry_after_that_is_not_waited_for() -> None:
    with running(bots.does_not_wait, paced=True) as slack:
        say(slack)
        assert {m.about for m in caught(slack, "retry_after_ignored")} == {"chat.postMessage"}


def test_two_answers_to_an_event_that_came_twice() -> None:
    with running(bots.answers_what_comes_again) as slack:
        slack.workspace.lose_acks(1)
        say(slack)
        assert caught(slack, "double_answer")[0].about == slack.dm_id("U1")


def test_a_post_made_again_because_its_answer_was_lost() -> None:
    with running(bots.posts_again_when_it_hears_nothing) as slack:
        slack.fail_as("server_error_after", "chat.postMessage")
        say(slack)
        caught(slack, "double_answer")


@pytest.mark.parametrize(
    ("bot", "private"),
    [(bots.tells_figures_in_the_channel, "6900万元"), (bots.sends_the_file_to_the_channel, "69000000")],
)
def test_what_is_private_is_shown_in_a_channel(bot: bots.Register, private: str) -> None:
    with running(bot, "files:write") as slack:
        slack.keep_private(private, "U1")
        slack.mention("U1", "C1", "我的存款")
        assert caught(slack, "private_shown")[0].about == "C1"


def test_a_name_that_rings_the_channel() -> None:
    with running(bots.rings_the_channel) as slack:
        slack.mention("U1", "C1", "<!channel>")
        assert caught(slack, "rings_everyone")[0].about == "C1"


def test_a_careful_app_has_no_mistakes() -> None:
    with running(bots.careful) as slack:
        slack.keep_private("6900万元", "U1")
        say(slack)
        message = slack.wait_for(lambda: slack.dm("U1")[1:])[0]
        slack.press("U1", slack.dm_id("U1"), message["ts"], "open")
        slack.wait_for(lambda: slack.seen_by("U1").modals)
        slack.submit("U1", {"name": "华兴"})
        echo(slack)
        slack.wait_for(lambda: "日均存款 6900万元" in slack.seen_by("U1").texts())
        slack.mention("U1", "C1", "<!channel>")
        slack.wait_for(lambda: len(slack.messages("C1")) == 2)
        assert slack.mistakes == []


def test_the_page_can_ask_for_the_mistakes_and_shows_how_many() -> None:
    with running(bots.writes_too_long_a_block) as slack:
        say(slack)
        caught(slack, "refused")
        with urllib.request.urlopen(f"{slack.url}page/mistakes") as answer:
            told = json.load(answer)["mistakes"]
        assert [(m["number"], m["kind"], m["code"]) for m in told] == [(0, "refused", "invalid_blocks")]
        with urllib.request.urlopen(f"{slack.url}page/controls") as answer:
            assert json.load(answer)["mistakes"] == 1
