"""What a tester turns from the page: faults, the clock, the lag of history, sockets; and the record of calls."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import WorkspaceThread
from bot.workspace.clock import quarter_end

from .apps import client
from .conftest import make_seed

SHANGHAI = ZoneInfo("Asia/Shanghai")


def ask(workspace: WorkspaceThread, path: str, body: Any = None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(workspace.url + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


def turn(workspace: WorkspaceThread, **asked: Any) -> dict[str, Any]:
    return ask(workspace, "page/controls", asked)


def test_a_fault_chosen_on_the_page_meets_the_next_call(workspace: WorkspaceThread) -> None:
    state = turn(workspace, do="fault", kind="ratelimited", method="chat.postMessage", times=1, seconds=7)
    assert state["faults"] == [{"kind": "ratelimited", "method": "chat.postMessage", "times": 1}]
    with pytest.raises(SlackApiError) as refused:
        client(workspace).chat_postMessage(channel="C1", text="x")
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    client(workspace).chat_postMessage(channel="C1", text="x")
    assert ask(workspace, "page/controls")["faults"] == []


def test_the_clock_goes_where_it_is_set_and_to_the_end_of_the_quarter() -> None:
    start = datetime(2026, 10, 9, 9, 30, tzinfo=SHANGHAI)
    with WorkspaceThread(make_seed(), clock=start.timestamp) as workspace:
        at = turn(workspace, do="clock", quarter_end=True, **{"as": "U1"})["clock"]
        assert datetime.fromtimestamp(at["now"], SHANGHAI) == datetime(2026, 12, 31, 9, tzinfo=SHANGHAI)
        turn(workspace, do="clock", to="2027-01-04T08:00", **{"as": "U1"})
        assert (
            turn(workspace, do="clock", by=3600)["clock"]["now"] == datetime(2027, 1, 4, 9, tzinfo=SHANGHAI).timestamp()
        )
        ts = client(workspace).chat_postMessage(channel="C1", text="x")["ts"]
        assert turn(workspace, do="clock", reset=True)["clock"] == {"now": start.timestamp(), "shifted": 0.0}
        assert client(workspace).chat_postMessage(channel="C1", text="x")["ts"] > ts, "later messages stay later"


@pytest.mark.parametrize(
    ("now", "end"),
    [("2026-03-31T08:59", "2026-03-31"), ("2026-03-31T09:00", "2026-06-30"), ("2026-12-31T10:00", "2027-03-31")],
)
def test_the_next_quarter_end_is_the_first_one_still_to_come(now: str, end: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI).timestamp()
    assert datetime.fromtimestamp(quarter_end(at, SHANGHAI), SHANGHAI).isoformat()[:16] == f"{end}T09:00"


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "fly"}, {}, {"do": "fault", "kind": "nothing"}, {"do": "fault", "kind": "slow", "method": "chat.shout"},
        {"do": "clock", "to": "soon"}, {"do": "clock", "by": float("nan")}, {"do": "lag", "seconds": -1},
        {"do": "sockets", "how": "burn"}, ["do"],
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_changes_nothing(workspace: WorkspaceThread, asked: Any) -> None:
    before = ask(workspace, "page/controls")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        ask(workspace, "page/controls", asked)
    after = ask(workspace, "page/controls")
    assert {k: v for k, v in after.items() if k != "clock"} == {k: v for k, v in before.items() if k != "clock"}


def test_clear_ends_every_fault_that_waits(workspace: WorkspaceThread) -> None:
    turn(workspace, do="fault", kind="timeout", times=5)
    turn(workspace, do="lag", seconds=60)
    turn(workspace, do="lost_acks", times=3)
    turn(workspace, do="pace", on=True)
    state = turn(workspace, do="clear")
    assert (state["faults"], state["lag"], state["lost_acks"], state["paced"]) == ([], 0.0, 0, False)


def test_calls_are_listed_with_caller_bytes_time_and_outcome(workspace: WorkspaceThread) -> None:
    client(workspace).chat_postMessage(channel="C1", text="好")
    with pytest.raises(SlackApiError):
        WebClient(token="xoxb-wrong", base_url=workspace.api_url).auth_test()
    told = ask(workspace, "page/calls")
    posted, refused = told["calls"]
    assert (posted["method"], posted["owner"], posted["status"], posted["ok"]) == ("chat.postMessage", "bot", 200, True)
    assert posted["bytes"] > 0 and posted["time"] > 0 and posted["args"]["text"] == "好"
    assert (refused["method"], refused["owner"], refused["error"]) == ("auth.test", "", "invalid_auth")
    assert ask(workspace, f"page/calls?after={told['next']}")["calls"] == []
