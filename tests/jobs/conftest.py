"""The sample branch in a local workspace, and one pass of `ladder remind` at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from bot.config import FixedClock
from bot.wiring import Parts, build
from bot.wiring.reminders import remind_once
from bot.workspace import WorkspaceThread
from tests.conftest import SHANGHAI
from tests.handlers.branch import slack_settings
from tests.handlers.conftest import copy_of_sample, store_url, workspace

__all__ = ["copy_of_sample", "store_url", "workspace"]

Pass = Callable[..., Any]


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def parts_at(workspace: WorkspaceThread, url: str, now: datetime, **changes: Any) -> Parts:
    settings = slack_settings(workspace, url).model_copy(update={"outbox_per_minute": 100_000, **changes})
    return build(settings, FixedClock(now))


@pytest.fixture
def remind(workspace: WorkspaceThread, store_url: str) -> Pass:
    """`remind("2026-12-17T09:00")`: what `ladder remind` does then; how many rows were worked on."""

    def run(now: str, **changes: Any) -> int:
        workspace.look(lambda: workspace.workspace.clock.set(at(now).timestamp()))
        parts = parts_at(workspace, store_url, at(now), **changes)
        try:
            return asyncio.run(remind_once(parts))
        finally:
            parts.store.close()

    return run
