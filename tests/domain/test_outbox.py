"""What each try makes of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.outbox import Entry, Policy, Result, State, Tried, backoff, settle
from tests.conftest import NOW

POLICY = Policy()
ROW = Entry(
    kind="quarter_standing",
    person="1001",
    period="2026Q4",
    occurrence="10d",
    due_at=NOW,
    expires_at=NOW + timedelta(days=7),
    number=1,
    state=State.SENDING,
    attempts=0,
    token=1,
    next_at=NOW,
    planned_at=NOW,
)
LAST = replace(ROW, attempts=POLICY.most_tries - 1)


@pytest.mark.parametrize(
    ("row", "tried", "state", "seconds"),
    [
        (ROW, Tried(result=Result.SENT, ts="1.2"), State.SENT, 0),
        (ROW, Tried(result=Result.RATE_LIMITED, wait=timedelta(seconds=30)), State.DUE, 30),
        (replace(ROW, look=True), Tried(result=Result.RATE_LIMITED, wait=timedelta(seconds=30)), State.SENDING, 30),
        (ROW, Tried(result=Result.BARRED, detail="invalid_auth"), State.DUE, 0),
        (ROW, Tried(result=Result.GONE, detail="undeliverable"), State.FAILED, 0),
        (ROW, Tried(result=Result.REFUSED, detail="msg_too_long"), State.FAILED, 0),
        (ROW, Tried(result=Result.BLIND, detail="missing_scope"), State.UNKNOWN, 0),
        (ROW, Tried(result=Result.UNSURE, detail="TimeoutError"), State.SENDING, 70),
        (LAST, Tried(result=Result.UNSURE, detail="TimeoutError"), State.SENDING, 640),
        (ROW, Tried(result=Result.UNREACHED, detail="TimeoutError"), State.DUE, 5),
        (LAST, Tried(result=Result.UNREACHED, detail="TimeoutError"), State.FAILED, 0),
        (replace(LAST, look=True), Tried(result=Result.UNREACHED, detail="TimeoutError"), State.UNKNOWN, 0),
        (ROW, Tried(result=Result.NOTHING, detail="paused"), State.EXPIRED, 0),
        (ROW, Tried(result=Result.HELD, until=NOW + timedelta(hours=16)), State.DUE, 16 * 3600),
        (ROW, Tried(result=Result.HELD, until=ROW.expires_at), State.EXPIRED, 0),
    ],
)
def test_a_try_ends_or_comes_again(row: Entry, tried: Tried, state: State, seconds: int) -> None:
    change = settle(row, tried, NOW, POLICY)
    assert (change.state, change.next_at - NOW) == (state, timedelta(seconds=seconds))


def test_a_rate_limit_is_no_attempt() -> None:
    assert (
        settle(LAST, Tried(result=Result.RATE_LIMITED, wait=timedelta(seconds=1)), NOW, POLICY).attempts
        == LAST.attempts
    )


def test_waits_double_up_to_a_bound() -> None:
    assert [backoff(n, POLICY).total_seconds() for n in (1, 2, 3, 99)] == [5, 10, 20, 900]


def test_each_key_has_a_mark_of_its_own() -> None:
    marks = {ROW.mark, replace(ROW, person="1002").mark, replace(ROW, occurrence="3d").mark}
    assert len(marks) == 3
    assert all(len(mark) == 32 for mark in marks)
