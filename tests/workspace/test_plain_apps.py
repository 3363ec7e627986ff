"""A plain Bolt app, written from Slack's documentation, works here on everything that the workspace offers.

Each sentence is run in the four ways that Bolt connects (`plain.running`), in one workspace a way; each test has a
person of its own, so that nobody sees what another test left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.workspace import NotDelivered, Refused, Seed, SeedChannel, SeedUser, WorkspaceThread

from .apps import client
from .conftest import make_seed
from .plain.blocks import Json
from .plain.running import WAYS

SCOPES = ["files:read", "files:write", "mpim:write", "mpim:history", "mpim:read", "reactions:read", "groups:read",
          "groups:history"]  # fmt: skip
EVENTS = ["message.channels", "message.groups", "message.mpim", "reaction_added", "reaction_removed", "file_shared",
          "member_joined_channel", "app_context_changed"]  # fmt: skip
NAMES = [f"U{n}" for n in range(10, 40)]


def whole(manifest: Json) -> None:
    manifest["oauth_config"]["scopes"]["bot"] += SCOPES
    manifest["settings"]["event_subscriptions"]["bot_events"] += EVENTS
    manifest["features"]["slash_commands"] += [{"command": "/form"}, {"command": "/group"}, {"command": "/me"}]
    manifest["features"]["shortcuts"] = [
        {"name": "新登记", "type": "global", "callback_id": "new_note", "description": "登记一户"},
        {"name": "记下", "type": "message", "callback_id": "keep", "description": "记下这条"},
    ]


def plain_seed() -> Seed:
    seed = make_seed(whole)
    people = tuple(SeedUser(u, f"p{u}", f"人{u}") for u in NAMES)
    private = SeedChannel("G2", "closed", (*NAMES, "UBOT"), private=True)
    shared = SeedChannel("C3", "with-others", (*NAMES, "U5", "UBOT"), shared=True)
    everyone = SeedChannel("C4", "all", (*NAMES, "UBOT"))
    bare = SeedChannel("C5", "bare", tuple(NAMES))
    channels = (*seed.channels, private, shared, everyone, bare)
    return replace(seed, users=(*seed.users, *people), channels=channels)


class Story:
    """A person in a workspace with the app running: what they do, and what they see of it."""

    def __init__(self, workspace: WorkspaceThread, heard: list[Json], user: str) -> None:
        self.slack, self.heard, self.me = workspace, heard, user
        self.dm = workspace.dm_id(user)

    def answers(self, channel: str | None = None) -> list[Json]:
        return [m for m in self.slack.messages(channel or self.dm) if m.get("bot_id")]

    def wait_for_text(self, text: str, channel: str | None = None) -> Json:
        found = self.slack.wait_for(lambda: [m for m in self.answers(channel) if m["text"] == text])
        return found[0]

    def events(self, kind: str) -> list[Json]:
        told = [b["event"] for b in list(self.heard) if b.get("type") == "event_callback"]
        return [e for e in told if e["type"] == kind and self.me in str(e)]

    def interactions(self, kind: str) -> list[Json]:
        return [b for b in list(self.heard) if b.get("type") == kind and b["user"]["id"] == self.me]

    def titles(self) -> list[str]:
        return [v["title"]["text"] for v in self.slack.seen_by(self.me).modals]

    def open_form(self) -> Json:
        self.slack.slash(self.me, "/form", channel="C4")
        self.slack.wait_for(self.titles)
        view: Json = self.slack.seen_by(self.me).modals[-1]
        return view


@pytest.fixture(scope="module", params=list(WAYS), ids=list(WAYS))
def running(request: pytest.FixtureRequest) -> Iterator[Any]:
    with WAYS[request.param](plain_seed()) as (workspace, heard):
        yield workspace, heard, iter(NAMES)


@pytest.fixture
def story(running: Any) -> Story:
    workspace, heard, names = running
    return Story(workspace, heard, next(names))


def test_messages_edits_and_deletions(story: Story) -> None:
    ts = story.slack.say(story.me, "你好 <世界>")
    told = story.wait_for_text("听到 你好 &lt;世界&gt;")
    assert told["metadata"]["event_payload"] == {"to": ts}
    story.slack.edit(story.me, story.dm, ts, "改了")
    story.slack.delete(story.me, story.dm, ts)
    own = lambda: [e.get("subtype") for e in story.events("message") if not e.get("bot_id")]  # noqa: E731
    story.slack.wait_for(lambda: own() == [None, "message_changed", "message_deleted"])


def test_a_mention_in_a_channel_is_answered_in_its_thread_and_to_one_person(story: Story) -> None:
    ts = story.slack.mention(story.me, "C4", "在吗")
    story.slack.wait_for(lambda: [m for m in story.answers("C4") if (m["text"], m.get("thread_ts")) == ("在", ts)])
    story.slack.wait_for(lambda: "只对你说" in story.slack.seen_by(story.me).texts())
    assert "只对你说" not in story.slack.seen_by("U39").texts()


@pytest.mark.parametrize(("channel", "kind"), [("G2", "group"), ("C3", "channel")])
def test_private_and_shared_channels_say_what_they_are(story: Story, channel: str, kind: str) -> None:
    story.slack.say(story.me, "这里", channel=channel)
    story.wait_for_text("听到 这里", channel)
    bodies = [b for b in story.heard if b.get("type") == "event_callback" and b["event"].get("user") == story.me]
    assert bodies[-1]["event"]["channel_type"] == kind
    assert bodies[-1]["is_ext_shared_channel"] == (channel == "C3")


def test_commands_answer_in_the_ack_and_afterwards(story: Story) -> None:
    receipt = story.slack.slash(story.me, "/echo 一  二", channel="C4")
    assert receipt.ack_body["text"] == "收到 一  二"
    story.wait_for_text("公开 一  二", "C4")
    assert "收到 一  二" in story.slack.seen_by(story.me).texts()


def test_the_app_knows_a_person_s_time_zone_and_language(story: Story) -> None:
    story.slack.slash(story.me, "/me", channel="C4")
    story.slack.wait_for(lambda: "Asia/Shanghai 28800 zh-CN False" in story.slack.seen_by(story.me).texts())


def test_an_event_whose_ack_is_lost_comes_again_marked_as_a_retry(story: Story) -> None:
    story.slack.lose_acks(1)
    story.slack.say(story.me, "两次")
    story.slack.wait_for(lambda: len([m for m in story.answers() if m["text"] == "听到 两次"]) == 2)
    told = [b for b in story.heard if b.get("event", {}).get("text") == "两次"]
    assert [b["retried"] for b in told] == ["0", "1"]
    assert len({b["event_id"] for b in told}) == 1


def test_what_was_posted_is_found_by_its_metadata_once_the_history_has_caught_up(story: Story) -> None:
    """https://docs.slack.dev/messaging/message-metadata"""
    ts = story.slack.say(story.me, "找我")
    story.wait_for_text("听到 找我")
    web = client(story.slack)

    def found() -> list[str]:
        told = web.conversations_history(channel=story.dm, include_all_metadata=True)["messages"]
        return [m["metadata"]["event_payload"]["to"] for m in told if "metadata" in m]

    story.slack.lag_history(3600)
    assert found() == []
    story.slack.lag_history(0)
    assert found() == [ts]


def test_buttons_change_and_delete_their_message(story: Story) -> None:
    for text, action in (("甲", "change"), ("乙", "remove")):
        story.slack.say(story.me, text)
        ts = story.wait_for_text(f"听到 {text}")["ts"]
        story.slack.press(story.me, story.dm, ts, action)
    story.slack.wait_for(lambda: [m["text"] for m in story.answers()] == ["换过了"])


def test_a_form_is_filled_submitted_and_told_where(story: Story) -> None:
    view = story.open_form()
    assert view["state"]["values"]["where"]["where"]["selected_conversation"] == "C4", "where the person was"
    offered = story.slack.suggest(story.me, "city", "江")["options"]
    assert [o["value"] for o in offered] == ["江州", "江宁"]
    filled = {"name": "华兴", "grade": "二级", "city": "江宁", "who": story.me, "day": "2026-10-09"}
    assert story.slack.submit(story.me, filled).errors == {}
    assert story.titles() == []
    story.wait_for_text("已登记", "C4")
    told = story.interactions("view_submission")[-1]
    values = told["view"]["state"]["values"]
    assert values["grade"]["grade"]["selected_option"]["value"] == "二级"
    assert values["city"]["city"]["selected_option"]["text"]["text"] == "江宁"
    assert (values["who"]["who"]["selected_user"], values["day"]["day"]["selected_date"]) == (story.me, "2026-10-09")
    assert told["view"]["private_metadata"] == "note"


def test_a_form_is_answered_with_errors_another_form_a_second_one_and_a_clear(story: Story) -> None:
    story.open_form()
    assert story.slack.submit(story.me, {}).errors == {"name": "请填写此项"}
    assert story.slack.submit(story.me, {"name": "错"}).errors == {"name": "没有这个客户"}
    story.slack.submit(story.me, {"name": "换"})
    assert story.titles() == ["换过"]
    for count in (2, 3):
        story.slack.submit(story.me, {"name": "叠"})
        assert len(story.titles()) == count
    with pytest.raises(NotDelivered, match="push_limit_reached"):
        story.slack.submit(story.me, {"name": "叠"})
    story.slack.submit(story.me, {"name": "清"})
    assert story.titles() == []


def test_an_input_tells_the_app_only_when_it_dispatches(story: Story) -> None:
    story.open_form()
    story.slack.press_modal(story.me, "grade", "一级")
    story.slack.press_modal(story.me, "quick", "字")
    story.slack.wait_for(lambda: story.titles() == ["快"])
    pressed = story.interactions("block_actions")
    assert [a["action_id"] for b in pressed for a in b["actions"]] == ["quick"]


def test_closing_a_form_is_told(story: Story) -> None:
    story.open_form()
    story.slack.close_modal(story.me)
    told = story.interactions("view_closed")
    assert [b["is_cleared"] for b in told] == [False]


def test_a_global_shortcut_opens_a_form(story: Story) -> None:
    payload = story.slack.shortcut(story.me, "new_note")
    assert {"type": "shortcut", "callback_id": "new_note"}.items() <= payload.items()
    assert "channel" not in payload and "response_url" not in payload
    story.slack.wait_for(lambda: story.titles() == ["登记"])
    with pytest.raises(Refused):
        story.slack.shortcut(story.me, "keep")


def test_a_message_shortcut_tells_the_message_and_can_answer(story: Story) -> None:
    ts = story.slack.say(story.me, "要紧的话", channel="C4")
    payload = story.slack.message_action(story.me, "keep", "C4", ts)
    assert (payload["message"]["text"], payload["message_ts"], payload["channel"]["name"]) == ("要紧的话", ts, "all")
    story.slack.wait_for(lambda: "记下 要紧的话" in story.slack.seen_by(story.me).texts())
    story.slack.wait_for(lambda: any(m["ts"] == ts and m.get("reactions") for m in story.slack.messages("C4")))
    with pytest.raises(Refused):
        story.slack.message_action(story.me, "new_note", "C4", ts)


def test_people_s_marks_are_told_and_answered(story: Story) -> None:
    ts = story.slack.say(story.me, "标一下", channel="C4")
    story.slack.react(story.me, "C4", ts, "thumbsup")
    names = lambda: {r["name"] for m in story.slack.messages("C4") if m["ts"] == ts for r in m.get("reactions", [])}  # noqa: E731
    story.slack.wait_for(lambda: names() == {"thumbsup", "eyes"})
    story.slack.unreact(story.me, "C4", ts, "thumbsup")
    story.slack.wait_for(lambda: story.events("reaction_removed"))
    added = story.events("reaction_added")[0]
    assert (added["reaction"], added["item"]["ts"], added["item_user"]) == ("thumbsup", ts, story.me)
    assert names() == {"eyes"}
    with pytest.raises(Refused):
        story.slack.unreact(story.me, "C4", ts, "thumbsup")


def test_a_file_is_shared_fetched_with_the_token_and_another_sent_back(story: Story) -> None:
    story.slack.drop_file(story.me, "台账.csv", b"abc")
    back = story.wait_for_text("反过来")
    assert story.slack.file(back["files"][0]["id"]) == b"cba"
    assert set(story.events("file_shared")[0]) == {"type", "channel_id", "file_id", "user_id", "file", "event_ts"}


def test_a_file_in_a_shared_channel_must_be_asked_for(story: Story) -> None:
    story.slack.drop_file(story.me, "a.txt", b"xyz", channel="C3")
    back = story.wait_for_text("反过来", "C3")
    assert story.slack.file(back["files"][0]["id"]) == b"zyx"
    (told,) = [e for e in story.events("message") if e.get("files")]
    assert told["files"][0]["file_access"] == "check_file_info" and "url_private" not in told["files"][0]


def test_a_group_of_several_people(story: Story) -> None:
    story.slack.slash(story.me, "/group U38 U39", channel="C4")
    group = story.slack.open_group(story.me, ["U39", "U38"])
    story.wait_for_text("大家看", group)
    story.slack.say("U38", "看到了", channel=group)
    story.wait_for_text("听到 看到了", group)
    assert [b["event"]["channel_type"] for b in story.heard if b.get("event", {}).get("text") == "看到了"][-1] == "mpim"
    assert "大家看" not in story.slack.seen_by("U37").texts()


def test_the_home_tab_and_its_button(story: Story) -> None:
    story.slack.open_home(story.me)
    story.slack.wait_for(lambda: story.slack.seen_by(story.me).home)
    story.slack.press_home(story.me, "open_form")
    story.slack.wait_for(lambda: story.titles() == ["登记"])


def test_an_agent_hears_what_is_looked_at_and_offers_prompts(story: Story) -> None:
    story.slack.open_home(story.me, tab="messages", viewing="C4")
    story.slack.wait_for(lambda: "二级要什么" in story.slack.seen_by(story.me).texts())
    entity = {"type": "slack#/types/channel_id", "value": "C4", "team_id": "T1"}
    assert story.events("app_home_opened")[0]["context"] == {"entities": [entity]}
    story.slack.look_at(story.me, "G2")
    story.slack.look_at(story.me, None)
    story.slack.wait_for(lambda: len(story.events("app_context_changed")) == 2)
    first, second = story.events("app_context_changed")
    assert first["context"]["entities"][0]["value"] == "G2" and second["context"] == {}


def test_a_status_line_stands_until_the_answer(story: Story) -> None:
    story.slack.say(story.me, "慢")
    story.slack.wait_for(lambda: "正在想…" in story.slack.seen_by(story.me).texts())
    story.slack.say(story.me, "快")
    story.wait_for_text("听到 快")
    assert "正在想…" not in story.slack.seen_by(story.me).texts()


def test_the_app_greets_where_it_is_invited_and_hears_nothing_where_it_is_not(story: Story) -> None:
    story.slack.say(story.me, "没人听", channel="C5")
    story.slack.invite_app(story.me, "C5")
    story.wait_for_text("大家好", "C5")
    story.slack.remove_app(story.me, "C5")
    with pytest.raises(NotDelivered):
        story.slack.mention(story.me, "C5", "还在吗")
    assert not [b for b in story.heard if b.get("event", {}).get("text") == "没人听"]
