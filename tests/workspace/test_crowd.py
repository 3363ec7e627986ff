"""Many people at once: no event is lost, and each sees the answers to their own words (`tests.bench.workspace` times it)."""

from __future__ import annotations

import asyncio

from tests.bench.workspace import flow


def test_every_message_of_a_crowd_is_heard_once_and_answered_to_its_writer() -> None:
    flowed = asyncio.run(flow(people=20, messages=10))
    assert len(flowed.heard) == 200
    assert set(flowed.heard.values()) == {1}
    assert set(flowed.answered.values()) == {10}
