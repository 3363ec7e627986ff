"""The line of progress of a long import: posted late, edited at most once a second, by the workspace's clock."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.domain.importing import ParsedLedger
from bot.wiring import build
from bot.workspace import WorkspaceThread
from tests.handlers.branch import (
    HR,
    PROGRESS,
    QUICK,
    RunningBot,
    answers,
    branch_clock,
    branch_seed,
    slack_settings,
    words,
)
from tests.handlers.test_ledger_drops import dropped, ledger


class LeapingTime:
    """The machine's, and forward by as much as anybody waits: an import of a minute takes the test no time."""

    def __init__(self) -> None:
        self._leapt = 0.0
        self.moment: float | None = 0.02
        """Seconds of the machine's that a wait takes; None: until the work is done."""

    def time(self) -> float:
        return time.time() + self._leapt

    async def pause(self, work: asyncio.Future[Any], seconds: float) -> None:
        await asyncio.wait([work], timeout=self.moment)
        if not work.done():
            self._leapt += seconds


class SlowReader:
    """Reads a ledger once it is let."""

    def __init__(self, parts: Any) -> None:
        self._read = parts.read_ledger
        self.go_on = threading.Event()

    def __call__(self, files: Sequence[Path]) -> ParsedLedger:
        assert self.go_on.wait(30)
        parsed: ParsedLedger = self._read(files)
        return parsed


@pytest.fixture
def leaping() -> LeapingTime:
    return LeapingTime()


@contextmanager
def slow_bot(workspace: WorkspaceThread, store_url: str, leaping: LeapingTime) -> Iterator[SlowReader]:
    """A bot by the leaping clock, and the key to its import; at the end what it does is broken off."""
    parts = build(slack_settings(workspace, store_url), branch_clock())
    reader = SlowReader(parts)
    vars(parts)["read_ledger"] = reader
    bot = RunningBot(parts, patience=replace(QUICK, drain=0, pause=leaping.pause))
    before = list(workspace.workspace.hub.sockets)
    bot.start()
    workspace.wait_for(lambda: [s for s in workspace.workspace.hub.sockets if s not in before])
    yield reader
    threading.Timer(0.5, reader.go_on.set).start()  # its thread cannot be broken off
    bot.stop()


@pytest.fixture
def slow(store_url: str, leaping: LeapingTime) -> Iterator[tuple[WorkspaceThread, SlowReader]]:
    """The bot over the workspace, both by the leaping clock."""
    with (
        WorkspaceThread(branch_seed(), clock=leaping.time, patience=30.0) as workspace,
        slow_bot(workspace, store_url, leaping) as reader,
    ):
        yield workspace, reader


def progress_calls(workspace: WorkspaceThread) -> list[Any]:
    made = [c for c in workspace.calls if c.method in ("chat.postMessage", "chat.update") and c.status == 200]
    return [c for c in made if "处理" in c.args.get("text", "")]


def test_the_line_is_edited_at_most_once_a_second(slow: tuple[WorkspaceThread, SlowReader]) -> None:
    workspace, reader = slow
    asked = workspace.drop_file(HR, "业绩.csv", ledger())
    workspace.wait_for(lambda: len(progress_calls(workspace)) >= 6, timeout=30)
    reader.go_on.set()
    (report,) = workspace.wait_for(lambda: answers(workspace.dm(HR)), timeout=30)
    calls = progress_calls(workspace)
    assert [c.method for c in calls[:3]] == ["chat.postMessage", "chat.update", "chat.update"]
    assert calls[0].time - float(asked) >= 2, "what is quicker shows no progress"
    gaps = [later.time - earlier.time for earlier, later in pairwise(calls)]
    assert min(gaps) >= 1, gaps
    texts = [c.args["text"] for c in calls]
    assert "已用 2 秒" in texts[0] and "已用 3 秒" in texts[1] and "已处理完" in texts[-1]
    assert "尚未入库" in words(report) and len(workspace.dm(HR)) == 3, "the file, one line, the report"


def test_a_line_that_a_broken_run_left_behind_is_taken_up_by_the_next(store_url: str, leaping: LeapingTime) -> None:
    with WorkspaceThread(branch_seed(), clock=leaping.time, patience=30.0) as workspace:
        with slow_bot(workspace, store_url, leaping):
            workspace.drop_file(HR, "业绩.csv", ledger())
            workspace.wait_for(lambda: len(progress_calls(workspace)) >= 2, timeout=30)
        assert not answers(workspace.dm(HR))
        with slow_bot(workspace, store_url, leaping) as reader:
            reader.go_on.set()
            (report,) = workspace.wait_for(lambda: answers(workspace.dm(HR)), timeout=30)
        lines = [m["text"] for m in workspace.dm(HR) if m["text"].startswith(PROGRESS)]
        assert lines == ["台账已处理完,结果见下。"] and "尚未入库" in words(report)


def test_what_is_quick_shows_no_line(slow: tuple[WorkspaceThread, SlowReader], leaping: LeapingTime) -> None:
    workspace, reader = slow
    reader.go_on.set()
    leaping.moment = None
    dropped(workspace, ledger())
    assert progress_calls(workspace) == []
