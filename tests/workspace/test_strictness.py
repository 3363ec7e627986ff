"""What Slack's pages say a method refuses, keeps or drops; each test names its page."""

from __future__ import annotations

import urllib.request
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace import Refused, Seed, SeedChannel, SeedUser, WorkspaceThread

from .apps import client
from .conftest import make_seed
from .test_web_api import bare, error_of

BLOCKS = [{"type": "divider"}]
MARK = {"event_type": "sent", "event_payload": {"key": "k1"}}


def add_scopes(*scopes: str) -> Any:
    return lambda manifest: manifest["oauth_config"]["scopes"]["bot"].extend(scopes)


def seed_with(*channels: SeedChannel, users: tuple[SeedUser, ...] = (), **facts: Any) -> Seed:
    seed = make_seed(
        add_scopes("mpim:write", "mpim:read", "groups:read", "files:read", "files:write", "reactions:read")
    )
    return replace(seed, channels=(*seed.channels, *channels), users=(*seed.users, *users), **facts)


OLD = SeedChannel("C8", "old", ("U1", "UBOT"), archived=True)


# -- https://docs.slack.dev/reference/methods/chat.postMessage -----------------------------------------------------


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C8", "text": "x"}, "is_archived"),
        ({"channel": "C1", "markdown_text": "*x*", "text": "x"}, "markdown_text_conflict"),
        ({"channel": "C1", "markdown_text": "*x*", "blocks": BLOCKS}, "markdown_text_conflict"),
        ({"channel": "C1", "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": "C1", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"channel": "C1", "attachments": "x"}, "invalid_arguments"),
        ({"channel": "C1", "text": "x", "as_user": True}, "as_user_not_supported"),
        ({"channel": "C1", "text": "x", "username": "别人"}, "missing_scope"),
    ],
)
def test_a_post_is_refused(args: dict[str, Any], code: str) -> None:
    with WorkspaceThread(seed_with(OLD)) as workspace:
        assert error_of(lambda: client(workspace).api_call("chat.postMessage", json=args)) == code
        assert workspace.messages("C1") == []


def test_another_name_needs_its_scope() -> None:
    with WorkspaceThread(make_seed(add_scopes("chat:write.customize"))) as workspace:
        told = client(workspace).chat_postMessage(channel="C1", text="x", username="别人", icon_emoji=":tea:")
        assert told["message"]["username"] == "别人"


def test_with_its_scope_an_app_writes_where_it_is_not_but_not_in_secret_places() -> None:
    with WorkspaceThread(make_seed(add_scopes("chat:write.public"))) as workspace:
        assert client(workspace).chat_postMessage(channel="C2", text="x")["channel"] == "C2"
        assert error_of(lambda: client(workspace).chat_postMessage(channel="G1", text="x")) == "channel_not_found"


def test_nothing_is_answered_under_what_was_deleted(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="问")["ts"]
    web.chat_postMessage(channel="C1", text="答", thread_ts=ts)
    web.chat_delete(channel="C1", ts=ts)
    late = lambda: web.chat_postMessage(channel="C1", text="再答", thread_ts=ts)  # noqa: E731
    assert error_of(late) == "cannot_reply_to_message"


def test_a_reply_can_be_shown_in_the_channel_too(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="问")["ts"]
    web.chat_postMessage(channel="C1", text="答", thread_ts=ts, reply_broadcast=True)
    assert [m["text"] for m in web.conversations_history(channel="C1")["messages"]] == ["答", "问"]


# -- https://docs.slack.dev/reference/methods/chat.update ----------------------------------------------------------


@pytest.mark.filterwarnings("ignore:The top-level .text. argument", "ignore:Additionally, the attachment-level")
def test_an_update_keeps_blocks_only_without_a_text_and_metadata_until_it_is_taken_away(
    workspace: WorkspaceThread,
) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="一", blocks=BLOCKS, metadata=MARK)["ts"]

    def now() -> dict[str, Any]:
        return workspace.messages("C1")[0]

    web.chat_update(channel="C1", ts=ts, attachments=[{"text": "附"}])
    assert now()["blocks"][0]["type"] == "divider" and "edited" not in now()
    web.chat_update(channel="C1", ts=ts, text="二")
    assert "blocks" not in now() and now()["edited"]["user"] == "UBOT"
    assert now()["metadata"] == MARK
    web.chat_update(channel="C1", ts=ts, text="三", metadata={})
    assert "metadata" not in now()
    assert error_of(lambda: web.chat_update(channel="C1", ts=ts)) == "no_text"


def test_what_may_no_longer_be_changed() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(seed_with(edit_seconds=60), clock=lambda: now[0]) as workspace:
        web = client(workspace)
        ts, own = web.chat_postMessage(channel="C1", text="x")["ts"], workspace.say("U1", "我的", channel="C1")
        now[0] += 61
        assert error_of(lambda: web.chat_update(channel="C1", ts=ts, text="y")) == "edit_window_closed"
        with pytest.raises(Refused) as refused:
            workspace.edit("U1", "C1", own, "y")
        assert refused.value.reason == "edit_window_closed"
        fresh = web.chat_postMessage(channel="C1", text="x")["ts"]
        workspace.look(lambda: setattr(workspace.workspace.world.conversations["C1"], "archived", True))
        assert error_of(lambda: web.chat_update(channel="C1", ts=fresh, text="y")) == "is_inactive"
        with pytest.raises(Refused, match="归档"):
            workspace.say("U1", "还有人吗", channel="C1")


def test_an_old_reply_is_broadcast_alone_or_not_at_all(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="问")["ts"]
    reply = web.chat_postMessage(channel="C1", text="答", thread_ts=ts)["ts"]
    both = lambda: web.chat_update(channel="C1", ts=reply, text="改", reply_broadcast=True)  # noqa: E731
    assert error_of(both) == "no_dual_broadcast_content_update"
    root = lambda: web.api_call("chat.update", json={"channel": "C1", "ts": ts, "reply_broadcast": True})  # noqa: E731
    assert error_of(root) == "cant_broadcast_message"
    web.api_call("chat.update", json={"channel": "C1", "ts": reply, "reply_broadcast": True})
    assert web.conversations_history(channel="C1")["messages"][0]["ts"] == reply


def test_a_person_s_id_is_no_channel_for_an_update(workspace: WorkspaceThread) -> None:
    ts = client(workspace).chat_postMessage(channel="U1", text="x")["ts"]
    assert error_of(lambda: client(workspace).chat_update(channel="U1", ts=ts, text="y")) == "channel_not_found"


# -- https://docs.slack.dev/reference/methods/chat.postEphemeral ---------------------------------------------------


def test_an_ephemeral_message_in_a_thread_is_seen_only_once_the_thread_has_begun(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = workspace.say("U1", "问", channel="C1")
    web.chat_postEphemeral(channel="C1", user="U1", text="悄悄话", thread_ts=ts)
    assert "悄悄话" not in workspace.seen_by("U1").texts()
    web.chat_postMessage(channel="C1", text="答", thread_ts=ts)
    assert "悄悄话" in workspace.seen_by("U1").texts()


# -- https://docs.slack.dev/reference/methods/conversations.open ---------------------------------------------------


@pytest.mark.parametrize(
    ("users", "code"),
    [
        ("", "users_list_not_supplied"), ("U1,U404", "user_not_found"), ("U1,U4", "user_disabled"),
        ("UBOT", "cannot_dm_bot"), (",".join(f"U{n}" for n in range(50, 59)), "too_many_users"),
    ],
)  # fmt: skip
def test_a_conversation_is_not_opened(users: str, code: str) -> None:
    crowd = tuple(SeedUser(f"U{n}", f"p{n}", f"人{n}") for n in range(50, 59))
    with WorkspaceThread(seed_with(users=crowd)) as workspace:
        assert error_of(lambda: client(workspace).api_call("conversations.open", json={"users": users})) == code


def test_a_group_is_opened_once_and_needs_its_own_scope(workspace: WorkspaceThread) -> None:
    assert error_of(lambda: client(workspace).conversations_open(users="U1,U2")) == "missing_scope"
    with WorkspaceThread(seed_with()) as other:
        web = client(other)
        first = web.conversations_open(users="U1,U2")
        again = web.conversations_open(users="U2,U1")
        assert first["channel"]["id"] == again["channel"]["id"] and again["already_open"]
        assert "already_open" not in first.data and first["channel"]["is_mpim"]
        assert web.conversations_list(types="mpim")["channels"][0]["name"].startswith("mpdm-")
        assert error_of(lambda: web.conversations_open(channel="C1")) == "method_not_supported_for_channel_type"


def test_archived_shared_and_deactivated_are_said_of_a_conversation() -> None:
    shared = SeedChannel("C9", "shared", ("U1", "UBOT"), shared=True)
    with WorkspaceThread(seed_with(OLD, shared)) as workspace:
        web = client(workspace)
        assert web.conversations_info(channel="C8")["channel"]["is_archived"]
        listed = web.conversations_list(types="public_channel", exclude_archived=True)["channels"]
        assert "C8" not in {c["id"] for c in listed}
        told = web.conversations_info(channel="C9")["channel"]
        assert told["is_ext_shared"] and told["connected_team_ids"]
        assert web.conversations_info(channel=workspace.dm_id("U4"))["channel"]["is_user_deleted"]


@pytest.mark.parametrize("end", ["oldest", "latest"])
def test_a_time_that_is_none_is_named(workspace: WorkspaceThread, end: str) -> None:
    client(workspace).chat_postMessage(channel="C1", text="x")
    bad = lambda: client(workspace).conversations_history(channel="C1", **{end: "soon"})  # noqa: E731
    assert error_of(bad) == f"invalid_ts_{end}"


def test_a_page_of_history_goes_on_where_the_last_one_ended_whatever_comes_meanwhile(
    workspace: WorkspaceThread,
) -> None:
    """https://docs.slack.dev/apis/web-api/pagination"""
    web = client(workspace)
    for text in "一二三四":
        web.chat_postMessage(channel="C1", text=text)
    first = web.conversations_history(channel="C1", limit=2)
    web.chat_postMessage(channel="C1", text="五")
    cursor = first["response_metadata"]["next_cursor"]
    second = web.conversations_history(channel="C1", limit=2, cursor=cursor)
    assert [m["text"] for m in [*first["messages"], *second["messages"]]] == ["四", "三", "二", "一"]
    assert (second["has_more"], second["response_metadata"]["next_cursor"]) == (False, "")
    for wrong in ("9", "bmV4dF90czox", "!"):
        assert error_of(lambda wrong=wrong: web.conversations_history(channel="C1", cursor=wrong)) == "invalid_cursor"


# -- https://docs.slack.dev/reference/methods/reactions.add --------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C1", "name": "eyes"}, "no_item_specified"),
        ({"channel": "C1", "timestamp": "soon", "name": "eyes"}, "bad_timestamp"),
        ({"channel": "C1", "timestamp": "1.000001", "name": "eyes"}, "message_not_found"),
        ({"channel": "C8", "timestamp": "1.000001", "name": "eyes"}, "is_archived"),
    ],
)
def test_a_mark_is_refused(args: dict[str, str], code: str) -> None:
    with WorkspaceThread(seed_with(OLD)) as workspace:
        assert error_of(lambda: client(workspace).api_call("reactions.add", json=args)) == code


def test_a_message_bears_so_many_marks_and_no_more() -> None:
    with WorkspaceThread(seed_with()) as workspace:
        web = client(workspace)
        ts = web.chat_postMessage(channel="C1", text="x")["ts"]
        for n in range(23):
            web.reactions_add(channel="C1", timestamp=ts, name=f"e{n}")
        assert error_of(lambda: web.reactions_add(channel="C1", timestamp=ts, name="more")) == "too_many_reactions"
        for n in range(23, 46):
            workspace.react("U1", "C1", ts, f"e{n}")
        for n in range(46, 50):
            workspace.react("U2", "C1", ts, f"e{n}")
        with pytest.raises(Refused) as refused:
            workspace.react("U2", "C1", ts, "more")
        assert refused.value.reason == "too_many_emoji"
        marks = web.reactions_get(channel="C1", timestamp=ts)["message"]["reactions"]
        assert (len(marks), marks[0]) == (50, {"name": "e0", "users": ["UBOT"], "count": 1})


# -- https://docs.slack.dev/apis/web-api/#evaluating_responses -----------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body", "warning"),
    [
        ("application/json", b"{}", "missing_charset"),
        ("application/json; charset=utf-8", b"{}", None),
        ("application/x-www-form-urlencoded", b"", None),
        ("application/x-www-form-urlencoded; charset=utf-8", b"x=1", "superfluous_charset"),
    ],
)
def test_a_charset_too_few_or_too_many_is_warned_of(
    workspace: WorkspaceThread, kind: str, body: bytes, warning: str | None
) -> None:
    answer = bare(workspace, "auth.test", body, Authorization="Bearer xoxb-test", Content_Type=kind)
    assert (answer["ok"], answer.get("warning")) == (True, warning)
    if warning:
        assert answer["response_metadata"]["warnings"] == [warning]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("application/json; charset=gbk", b"{}", "invalid_charset"),
        ("application/x-www-form-urlencoded", b"a%5B0%5D=1", "invalid_arg_name"),
        ("text/csv", b"x", "invalid_post_type"),
    ],
)
def test_a_malformed_call_has_its_own_code(workspace: WorkspaceThread, kind: str, body: bytes, code: str) -> None:
    assert bare(workspace, "auth.test", body, Authorization="Bearer xoxb-test", Content_Type=kind)["error"] == code


def test_a_form_in_parts_is_read(workspace: WorkspaceThread) -> None:
    fields = {"token": "xoxb-test", "channel": "C1", "text": "好 & 多"}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    body = "".join([*parts, "--b--\r\n"]).encode()
    answer = bare(workspace, "chat.postMessage", body, Content_Type="multipart/form-data; boundary=b")
    assert answer["message"]["text"] == "好 & 多"


# -- https://docs.slack.dev/reference/objects/file-object ----------------------------------------------------------


def test_a_private_file_is_not_read_with_a_token_in_the_address() -> None:
    with WorkspaceThread(seed_with()) as workspace:
        web = client(workspace)
        web.files_upload_v2(filename="a.txt", content=b"abc", channel="C1")
        address = workspace.messages("C1")[-1]["files"][0]["url_private_download"]
        with urllib.request.urlopen(f"{address}?token=xoxb-test") as page:
            assert page.read() != b"abc"
        with pytest.raises(SlackApiError, match="is_archived"):
            workspace.look(lambda: setattr(workspace.workspace.world.conversations["C1"], "archived", True))
            web.files_upload_v2(filename="b.txt", content=b"abc", channel="C1")
