"""Once, and never lost: the short form of `make soak` and `make simulate`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outbox import Policy
from tests.jobs.simulator import simulate
from tests.jobs.soak import soaking


@pytest.mark.timeout(300)
def test_kill_9_at_any_point_loses_nothing_and_doubles_nothing(store_url: str) -> None:
    with soaking(store_url, seed=7) as soak:
        for number in range(5):
            soak.round(number)
    assert soak.tally.sound(), str(soak.tally)
    assert soak.tally.sent == 15
    assert soak.tally.killed


def test_whatever_a_seed_brings_each_row_is_posted_once() -> None:
    assert simulate(first=0, count=200) == []


def test_the_simulator_finds_a_grace_time_that_is_too_short() -> None:
    short = Policy(grace=timedelta(seconds=1), lease=timedelta(seconds=12))
    assert simulate(first=0, count=150, policy=short)


def test_the_simulator_finds_a_worker_that_does_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    async def blind(*_: object) -> None:
        return None

    monkeypatch.setattr("tests.jobs.simulator._Letters.look", blind)
    assert simulate(first=0, count=100)
