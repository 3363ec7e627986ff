"""The same over HTTP, and what Slack has not signed or never sends."""

import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.workspace import WorkspaceThread
from bot.workspace.http_line import signed
from tests.handlers.branch import (
    FIGURE,
    MOVED,
    OWN,
    QUESTION,
    TEAM,
    RunningBot,
    answers,
    branch_seed,
    message_event,
    press_event,
    running_bot,
    words,
)

SECRET = branch_seed().signing_secret


@pytest.fixture
def workspace() -> Iterator[WorkspaceThread]:
    """Delivers by HTTP; the bot's address is known once it listens."""
    with WorkspaceThread(branch_seed(), http_target="http://127.0.0.1:9/", retry_delays=(0, 0.1, 0.2)) as running:
        yield running


@pytest.fixture
def bot(workspace: WorkspaceThread, store_url: str) -> Iterator[RunningBot]:
    with running_bot(workspace, store_url, http=0) as running:
        workspace.workspace._delivery.line.target = f"{running.address}/slack/events"  # type: ignore[attr-defined]
        yield running


def _send(
    bot: RunningBot, body: bytes, headers: dict[str, Any], kind: str = "application/json", method: str = "POST"
) -> tuple[int, str]:
    """Raw, so that any header at all can be sent."""
    connection = http.client.HTTPConnection("127.0.0.1", int(bot.address.rpartition(":")[2]), timeout=10)
    connection.putrequest(method, "/slack/events", skip_accept_encoding=True)
    for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | headers).items():
        connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    return response.status, response.read().decode()


def _signed(bot: RunningBot, body: bytes, kind: str = "application/json") -> tuple[int, str]:
    return _send(bot, body, signed(SECRET, body, int(time.time())), kind)


def test_a_question_a_mention_a_command_and_a_button(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, QUESTION)
    (card,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(card)
    workspace.mention(OWN, "C0EAST", QUESTION)
    (note,) = workspace.wait_for(lambda: answers(workspace.messages("C0EAST")))
    assert MOVED in words(note)
    workspace.slash(OWN, "/grade", channel="C0EAST")
    workspace.wait_for(lambda: workspace.ephemerals(OWN))
    workspace.open_home(OWN)
    workspace.wait_for(lambda: workspace.seen_by(OWN).home)
    workspace.press_home(OWN, "home_refresh")
    assert len(answers(workspace.dm(OWN))) == 3


def test_a_repeated_event_is_answered_once(workspace: WorkspaceThread, bot: RunningBot) -> None:
    event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
    for number in range(4):
        workspace.inject(event, retry_num=number, retry_reason="http_timeout" if number else "")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    assert len(answers(workspace.dm(OWN))) == 1


def test_a_form_that_holds_the_word_payload_is_still_a_command(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """Bolt takes any form with that word in it for an interaction, and answers 404."""
    workspace.slash(OWN, "/grade payload")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))


BODY = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
GOOD = signed(SECRET, BODY, int(time.time()))
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
BAD_HEADERS: dict[str, dict[str, Any]] = {
    "none": {},
    "no signature": {STAMP: GOOD[STAMP]},
    "no time": {SIGNATURE: GOOD[SIGNATURE]},
    "another secret": signed("another", BODY, int(time.time())),
    "old": signed(SECRET, BODY, int(time.time()) - 301),
    "from the future": signed(SECRET, BODY, int(time.time()) + 100_000),
    "empty": {STAMP: "", SIGNATURE: ""},
    "time is no number": GOOD | {STAMP: "soon"},
    "time is negative": GOOD | {STAMP: "-1"},
    "time is a float": GOOD | {STAMP: f"{GOOD[STAMP]}.5"},
    "time is not a number": GOOD | {STAMP: "nan"},
    "time is endless": GOOD | {STAMP: "9" * 5000},
    "time in other digits": GOOD | {STAMP: "١٧٠٠٠٠٠٠٠٠".encode()},
    "signature beyond ASCII": GOOD | {SIGNATURE: "v0=签名".encode()},
    "signature of raw bytes": GOOD | {SIGNATURE: b"v0=\xff\xfe\x80"},
    "signature in capitals": GOOD | {SIGNATURE: GOOD[SIGNATURE].upper()},
    "signature cut": GOOD | {SIGNATURE: GOOD[SIGNATURE][:-1]},
    "other headers beyond ASCII": {"X-Slack-Retry-Num": "三".encode(), "X-Slack-Retry-Reason": b"\xff"},
}


@pytest.mark.parametrize("headers", BAD_HEADERS.values(), ids=BAD_HEADERS)
def test_what_slack_has_not_signed_is_401(http_bot: RunningBot, headers: dict[str, Any]) -> None:
    assert _send(http_bot, BODY, headers)[0] == 401


def test_the_body_is_signed_too(http_bot: RunningBot) -> None:
    headers = signed(SECRET, BODY, int(time.time()))
    assert _send(http_bot, BODY + b" ", headers)[0] == 401
    assert _send(http_bot, BODY, headers) == (200, '{"challenge": "abc"}')


EVENT = message_event("D1", OWN, QUESTION)
PRESS = press_event(OWN, "D1", "explain_figure", "1001|2026Q3|second.a")
MALFORMED: dict[str, Any] = {
    "a number": 1,
    "a list": [1, 2],
    "null": None,
    "text": "hello",
    "nothing": {},
    "only a type": {"type": "event_callback"},
    "event is text": EVENT | {"event": "x"},
    "event is a list": EVENT | {"event": []},
    "event has no type": EVENT | {"event": {}},
    "event's type is a number": EVENT | {"event": {"type": 1}},
    "channel is a number": EVENT | {"event": EVENT["event"] | {"channel": 5}},
    "channel is a list": EVENT | {"event": EVENT["event"] | {"channel": [1]}},
    "channel is an object": EVENT | {"event": EVENT["event"] | {"channel": {"id": "D1"}}},
    "user is an object": EVENT | {"event": EVENT["event"] | {"user": {"id": OWN}}},
    "user is another kind of id": EVENT | {"event": EVENT["event"] | {"user": "<!channel>"}},
    "text is an object": EVENT | {"event": EVENT["event"] | {"text": {}}},
    "text is null": EVENT | {"event": EVENT["event"] | {"user": None}},
    "ts is a number": EVENT | {"event": EVENT["event"] | {"ts": 1.5}},
    "ts is none": EVENT | {"event": EVENT["event"] | {"ts": "yesterday"}},
    "authorizations is text": EVENT | {"authorizations": "x"},
    "authorizations holds text": EVENT | {"authorizations": ["x"]},
    "team is missing": {k: v for k, v in EVENT.items() if k != "team_id"},
    "actions is an object": PRESS | {"actions": {}},
    "actions is empty": PRESS | {"actions": []},
    "actions holds text": PRESS | {"actions": ["x"]},
    "action without an id": PRESS | {"actions": [{"type": "button"}]},
    "action's id is a number": PRESS | {"actions": [{"type": "button", "action_id": 1, "block_id": 2}]},
    "action's value is a list": PRESS | {"actions": [PRESS["actions"][0] | {"value": []}]},
    "container is missing": {k: v for k, v in PRESS.items() if k != "container"},
    "container is text": PRESS | {"container": "x"},
    "user is text": PRESS | {"user": "U1"},
    "user is empty": PRESS | {"user": {}},
    "no trigger": {k: v for k, v in PRESS.items() if k != "trigger_id"},
    "view is text": {"type": "view_submission", "view": "x", "user": {"id": OWN}},
    "view is empty": {"type": "view_submission", "view": {}, "user": {"id": OWN}},
    "unknown type": {"type": "something_new"},
    "unknown event": EVENT | {"event": {"type": "something_new"}},
    "unknown action": PRESS | {"actions": [PRESS["actions"][0] | {"action_id": "of_old"}]},
    "halves of a character": EVENT | {"event": EVENT["event"] | {"text": "\ud800"}},
}


@pytest.mark.parametrize("payload", MALFORMED.values(), ids=MALFORMED)
def test_a_payload_that_slack_never_sends_breaks_nothing(http_bot: RunningBot, payload: Any) -> None:
    body = json.dumps(payload).encode()
    as_form = urlencode({"payload": json.dumps(payload)}).encode()
    for status, _ in (_signed(http_bot, body), _signed(http_bot, as_form, "application/x-www-form-urlencoded")):
        assert status in (200, 400, 404)


RAW = {
    "empty": b"",
    "not JSON": b"{",
    "deep": b"[" * 100_000,
    "not UTF-8": b'{"type": "\xff"}',
    "a form without fields": b"a=b",
    "a payload that is not JSON": b"payload=hello",
    "a command of no known fields": b"command=%2Fgrade",
    "a command of an unknown name": b"command=%2Fother&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.1&text=",
    "a command with a strange user": b"command=%2Fgrade&team_id=T1&user_id=%3Cscript%3E&channel_id=C1&trigger_id=1.1",
    "huge": b'{"type": "' + b"x" * 900_000 + b'"}',
}


@pytest.mark.parametrize("body", RAW.values(), ids=RAW)
def test_a_body_that_cannot_be_read(http_bot: RunningBot, body: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain; charset=nonsense", ""):
        assert _signed(http_bot, body, kind)[0] in (200, 400, 404)


def test_too_long_a_body_and_another_method(http_bot: RunningBot) -> None:
    assert _signed(http_bot, b"x" * 2_000_000)[0] == 413
    assert _send(http_bot, b"", {}, method="GET")[0] == 405


def test_what_operators_look_at(http_bot: RunningBot) -> None:
    def get(path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", int(http_bot.address.rpartition(":")[2]), timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()

    assert get("/healthz")[0] == get("/readyz")[0] == 200
    status, shown = get("/metrics")
    assert status == 200 and "ladder_received_total" in shown and "ladder_malformed_total" in shown
    assert TEAM not in shown


@pytest.fixture(scope="module")
def http_bot(copy_of_sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """One bot for all that breaks nothing; at the end it still answers."""
    url = copy_of_sample(tmp_path_factory.mktemp("http"))
    with (
        WorkspaceThread(branch_seed(), http_target="http://127.0.0.1:9/") as workspace,
        running_bot(workspace, url, http=0) as running,
    ):
        yield running
        workspace.workspace._delivery.line.target = f"{running.address}/slack/events"  # type: ignore[attr-defined]
        workspace.say(OWN, QUESTION)
        workspace.wait_for(lambda: answers(workspace.dm(OWN)))
