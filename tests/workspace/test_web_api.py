"""Each method's answers and error codes, through slack_sdk's own clients and through bare forms."""

from __future__ import annotations

import json
import urllib.request
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace import WorkspaceThread

from .apps import client
from .conftest import make_seed

TEXT = {"type": "plain_text", "text": "好"}


def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def bare(workspace: WorkspaceThread, method: str, body: bytes = b"", **headers: str) -> dict[str, Any]:
    names = {k.replace("_", "-"): v for k, v in headers.items()}
    request = urllib.request.Request(workspace.api_url + method, data=body, headers=names, method="POST")
    with urllib.request.urlopen(request) as response:
        answer: dict[str, Any] = json.load(response)
        return answer | {"_scopes": response.headers.get("x-oauth-scopes")}


def test_auth_test_says_who_the_app_is(workspace: WorkspaceThread) -> None:
    answer = client(workspace).auth_test()
    assert (answer["user_id"], answer["team_id"], answer["ok"]) == ("UBOT", "T1", True)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "not_authed"),
        ({"Authorization": "Bearer xoxb-wrong"}, "invalid_auth"),
        ({"Authorization": "Bearer xapp-test"}, "not_allowed_token_type"),
    ],
)
def test_a_token_must_be_there_be_right_and_be_of_the_right_kind(
    workspace: WorkspaceThread, headers: dict[str, str], code: str
) -> None:
    assert bare(workspace, "auth.test", **headers)["error"] == code


def test_a_socket_address_needs_the_app_token(workspace: WorkspaceThread) -> None:
    assert error_of(lambda: client(workspace).apps_connections_open(app_token="xoxb-test")) == "not_allowed_token_type"


def test_a_method_that_slack_does_not_have_is_unknown(workspace: WorkspaceThread) -> None:
    assert error_of(lambda: client(workspace).api_call("chat.shout")) == "unknown_method"


def test_a_form_carries_blocks_and_metadata_as_json_strings(workspace: WorkspaceThread) -> None:
    form = {
        "token": "xoxb-test", "channel": "U1", "text": "好", "blocks": json.dumps([{"type": "header", "text": TEXT}]),
        "metadata": json.dumps({"event_type": "sent", "event_payload": {"key": "k1"}}),
    }  # fmt: skip
    answer = bare(
        workspace, "chat.postMessage", urlencode(form).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    assert answer["message"]["blocks"][0]["text"] == TEXT
    plain = client(workspace).conversations_history(channel=answer["channel"])["messages"][0]
    whole = client(workspace).conversations_history(channel=answer["channel"], include_all_metadata=True)
    assert "metadata" not in plain
    assert whole["messages"][0]["metadata"]["event_payload"] == {"key": "k1"}


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"x", "text/plain", "invalid_post_type"),
        (b"token=xoxb-test&channel=C1&blocks=[", "application/x-www-form-urlencoded", "invalid_blocks_format"),
    ],
)
def test_a_body_that_cannot_be_read_has_its_own_code(
    workspace: WorkspaceThread, body: bytes, kind: str, code: str
) -> None:
    assert bare(workspace, "chat.postMessage", body, Content_Type=kind)["error"] == code


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": "G1", "text": "x"}, "channel_not_found"),
        ({"channel": "C2", "text": "x"}, "not_in_channel"),
        ({"channel": "U4", "text": "x"}, "channel_not_found"),
        ({"channel": "C1"}, "no_text"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C1", "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": "C1", "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"channel": "C1", "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ({"text": "x"}, "invalid_arguments"),
    ],
)
def test_posting_is_refused_with_the_code_that_slack_gives(
    workspace: WorkspaceThread, args: dict[str, Any], code: str
) -> None:
    assert error_of(lambda: client(workspace).api_call("chat.postMessage", json=args)) == code


def test_the_place_of_a_bad_block_is_told(workspace: WorkspaceThread) -> None:
    blocks = [{"type": "divider"}, {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as refused:
        client(workspace).chat_postMessage(channel="C1", text="x", blocks=blocks)
    messages = refused.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]
    assert workspace.messages("C1") == []


@pytest.mark.parametrize("scope", ["chat:write", "users:read", "im:history", "reactions:write", "assistant:write"])
def test_a_scope_that_the_manifest_lacks_is_missing_here_too(scope: str) -> None:
    with WorkspaceThread(make_seed(lambda m: m["oauth_config"]["scopes"]["bot"].remove(scope))) as workspace:
        dm, web = workspace.dm_id("U1"), client(workspace)
        calls: dict[str, Any] = {
            "chat:write": lambda: web.chat_postMessage(channel="U1", text="x"),
            "users:read": lambda: web.users_info(user="U1"),
            "im:history": lambda: web.conversations_history(channel=dm),
            "reactions:write": lambda: web.reactions_add(channel=dm, timestamp="1.0", name="eyes"),
            "assistant:write": lambda: web.assistant_threads_setTitle(channel_id=dm, thread_ts="1.0", title="x"),
        }
        with pytest.raises(SlackApiError) as refused:
            calls[scope]()
        answer = refused.value.response
        assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
        assert scope not in answer["provided"].split(",")


def test_only_own_messages_are_changed_and_deleted(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = workspace.say("U1", "别动我", channel="C2")
    workspace.workspace.world.conversations["C2"].members.append("UBOT")
    assert error_of(lambda: web.chat_update(channel="C2", ts=ts, text="x")) == "cant_update_message"
    assert error_of(lambda: web.chat_delete(channel="C2", ts=ts)) == "cant_delete_message"
    assert error_of(lambda: web.chat_update(channel="C2", ts="1.000001", text="x")) == "message_not_found"


def test_an_update_takes_no_more_than_four_thousand_characters(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="x")["ts"]
    assert error_of(lambda: web.chat_update(channel="C1", ts=ts, text="x" * 4_001)) == "msg_too_long"
    web.chat_update(channel="C1", ts=ts, text="x" * 4_000)
    web.chat_delete(channel="C1", ts=ts)
    assert workspace.messages("C1") == []


def test_a_deleted_parent_leaves_a_tombstone_for_its_replies(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="问")["ts"]
    web.chat_postMessage(channel="C1", text="答", thread_ts=ts)
    web.chat_delete(channel="C1", ts=ts)
    assert [m.get("subtype") for m in workspace.messages("C1")] == ["tombstone", None]


def test_history_is_newest_first_without_replies_and_replies_are_oldest_first(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    first = web.chat_postMessage(channel="C1", text="一")["ts"]
    second = web.chat_postMessage(channel="C1", text="二")["ts"]
    for text in ("甲", "乙"):
        web.chat_postMessage(channel="C1", text=text, thread_ts=first)
    assert [m["text"] for m in web.conversations_history(channel="C1")["messages"]] == ["二", "一"]
    assert [m["text"] for m in web.conversations_replies(channel="C1", ts=first)["messages"]] == ["一", "甲", "乙"]
    assert web.conversations_history(channel="C1")["messages"][1]["reply_count"] == 2
    newer = web.conversations_history(channel="C1", oldest=first)["messages"]
    assert [m["ts"] for m in newer] == [second]
    both = web.conversations_history(channel="C1", oldest=first, inclusive=True)["messages"]
    assert len(both) == 2
    page = web.conversations_history(channel="C1", limit=1)
    rest = web.conversations_history(channel="C1", limit=1, cursor=page["response_metadata"]["next_cursor"])
    assert (page["has_more"], rest["messages"][0]["text"], rest["has_more"]) == (True, "一", False)
    assert error_of(lambda: web.conversations_replies(channel="C1", ts="1.000001")) == "thread_not_found"


def test_conversations_are_opened_listed_and_described(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    dm = web.conversations_open(users="U1")["channel"]["id"]
    assert dm == workspace.dm_id("U1")
    assert web.conversations_info(channel=dm)["channel"]["user"] == "U1"
    listed = web.conversations_list(types="public_channel")["channels"]
    assert [(c["id"], c["is_member"]) for c in listed] == [("C1", True), ("C2", False)]
    assert web.conversations_members(channel="C1")["members"] == ["U1", "U2", "UBOT"]
    assert error_of(lambda: web.conversations_open(users="U404")) == "user_not_found"
    assert error_of(lambda: web.conversations_list(types="private_channel")) == "missing_scope"


def test_people_are_told_apart(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    users = {u["id"]: u for u in web.users_list()["members"]}
    assert users["U1"]["profile"]["email"] == "wang@example.test"
    assert users["U3"]["is_restricted"]
    assert users["U4"]["deleted"]
    assert users["U5"]["is_stranger"]
    assert users["U5"]["team_id"] != "T1"
    assert "email" not in users["U5"]["profile"]
    assert users["UBOT"]["is_bot"]
    assert web.users_info(user="U1", include_locale=True)["user"]["locale"] == "zh-CN"
    assert web.users_lookupByEmail(email="WANG@example.test")["user"]["id"] == "U1"
    for gone in ("old@example.test", "far@example.test", "nobody@example.test"):
        assert error_of(lambda gone=gone: web.users_lookupByEmail(email=gone)) == "users_not_found"
    assert error_of(lambda: web.users_info(user="U404")) == "user_not_found"


def test_an_email_is_shown_only_with_its_scope() -> None:
    with WorkspaceThread(make_seed(lambda m: m["oauth_config"]["scopes"]["bot"].remove("users:read.email"))) as ws:
        assert "email" not in client(ws).users_info(user="U1")["user"]["profile"]


def test_an_ephemeral_message_is_seen_by_one_person_only(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postEphemeral(channel="C1", user="U1", text="只给你")["message_ts"]
    assert "只给你" in workspace.seen_by("U1").texts()
    assert "只给你" not in workspace.seen_by("U2").texts()
    assert "只给你".encode() not in workspace.seen_by("U2").raw()
    assert web.conversations_history(channel="C1")["messages"] == []
    assert error_of(lambda: web.chat_update(channel="C1", ts=ts, text="x")) == "message_not_found"
    assert error_of(lambda: web.chat_postEphemeral(channel="C1", user="U3", text="x")) == "user_not_in_channel"


def test_reactions_are_put_on_once_and_taken_off(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    ts = web.chat_postMessage(channel="C1", text="x")["ts"]
    web.reactions_add(channel="C1", timestamp=ts, name="eyes")
    assert error_of(lambda: web.reactions_add(channel="C1", timestamp=ts, name="eyes")) == "already_reacted"
    assert error_of(lambda: web.reactions_add(channel="C1", timestamp=ts, name="")) == "invalid_name"
    web.reactions_remove(channel="C1", timestamp=ts, name="eyes")
    assert error_of(lambda: web.reactions_remove(channel="C1", timestamp=ts, name="eyes")) == "no_reaction"


def test_a_permalink_is_an_address_of_the_workspace(workspace: WorkspaceThread) -> None:
    ts = client(workspace).chat_postMessage(channel="C1", text="x")["ts"]
    link = client(workspace).chat_getPermalink(channel="C1", message_ts=ts)["permalink"]
    assert link == f"{workspace.url}archives/C1/p{ts.replace('.', '')}"


def test_a_status_is_seen_until_the_answer_comes(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    dm = web.chat_postMessage(channel="U1", text="x")
    args = {"channel_id": dm["channel"], "thread_ts": dm["ts"]}
    web.assistant_threads_setStatus(**args, status="正在想…")
    prompts = [{"title": "题", "message": "问"}]
    web.assistant_threads_setSuggestedPrompts(channel_id=dm["channel"], prompts=prompts)
    assert {"正在想…", "题", "问"} <= set(workspace.seen_by("U1").texts())
    web.chat_postMessage(channel="U1", text="好了", thread_ts=dm["ts"])
    assert "正在想…" not in workspace.seen_by("U1").texts()
    five = [{"title": str(n), "message": "x"} for n in range(5)]
    assert error_of(lambda: web.assistant_threads_setSuggestedPrompts(**args, prompts=five)) == "too_many_prompts"


def test_an_agent_s_prompts_for_a_thread_are_taken_and_never_shown(workspace: WorkspaceThread) -> None:
    web = client(workspace)
    dm = web.chat_postMessage(channel="U1", text="x")
    args = {"channel_id": dm["channel"], "prompts": [{"title": "题", "message": "问"}]}
    assert web.assistant_threads_setSuggestedPrompts(**args, thread_ts=dm["ts"])["ok"]
    assert "题" not in workspace.seen_by("U1").texts()
    wrong = lambda: web.assistant_threads_setSuggestedPrompts(**args, thread_ts="1.000001")  # noqa: E731
    assert error_of(wrong) == "invalid_thread_ts"


def test_a_status_that_nothing_follows_ends_after_two_minutes() -> None:
    now = [1_700_000_000.0]
    with WorkspaceThread(make_seed(), clock=lambda: now[0]) as workspace:
        dm = client(workspace).chat_postMessage(channel="U1", text="x")
        client(workspace).assistant_threads_setStatus(channel_id=dm["channel"], thread_ts=dm["ts"], status="正在想…")
        now[0] += 119
        assert "正在想…" in workspace.seen_by("U1").texts()
        now[0] += 2
        assert "正在想…" not in workspace.seen_by("U1").texts()


def test_every_call_is_kept_with_its_bytes_and_without_its_token(workspace: WorkspaceThread) -> None:
    client(workspace).chat_postMessage(channel="C1", text="好")
    call = workspace.calls[-1]
    assert (call.method, call.owner, call.args["text"], call.response["ok"]) == ("chat.postMessage", "bot", "好", True)
    assert json.loads(call.bytes)["text"] == "好"
    assert "token" not in call.args


def test_the_messages_tab_can_be_off() -> None:
    def off(manifest: dict[str, Any]) -> None:
        manifest["features"]["app_home"]["messages_tab_enabled"] = False

    with WorkspaceThread(make_seed(off)) as workspace:
        post = lambda: client(workspace).chat_postMessage(channel="U1", text="x")  # noqa: E731
        assert error_of(post) == "messages_tab_disabled"
