"""kill -9 at the worst moments: what was acked is answered by whoever comes next, exactly once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.workspace import WorkspaceThread
from bot.workspace.faults import Fault
from tests.handlers.branch import FIGURE, MOVED, OWN, QUESTION, answers, words

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def bot_process(workspace: WorkspaceThread, store_url: str, crash_at: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """The bot as an operator runs it, its socket open; killed at the end if it still runs."""
    seed = workspace.workspace.world.seed
    environment = os.environ | {
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_APP_TOKEN": seed.app_token,
        "SLACK_API_URL": workspace.api_url,
        "LADDER_DATABASE_URL": store_url,
        "LADDER_INBOX_LEASE_SECONDS": "1",
        "LADDER_CRASH_AT": crash_at,
    }
    before = list(workspace.workspace.hub.sockets)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.handlers.run_branch_bot"], env=environment, cwd=ROOT
    ) as process:
        try:
            workspace.wait_for(lambda: [s for s in workspace.workspace.hub.sockets if s not in before], timeout=30)
            yield process
        finally:
            process.kill()


def _killed(process: subprocess.Popen[bytes]) -> bool:
    return process.wait(15) == -signal.SIGKILL


@pytest.mark.parametrize("crash_at", ["after_ack", "after_post"])
def test_a_question_in_the_direct_message(workspace: WorkspaceThread, store_url: str, crash_at: str) -> None:
    with bot_process(workspace, store_url, crash_at) as process:
        workspace.say(OWN, QUESTION)
        assert _killed(process)
    assert len(answers(workspace.dm(OWN))) == (crash_at == "after_post")
    with bot_process(workspace, store_url):
        _settle(workspace)
        (card,) = answers(workspace.dm(OWN))
        assert FIGURE in words(card)


@pytest.mark.parametrize("crash_at", ["after_ack", "after_post"])
def test_a_mention(workspace: WorkspaceThread, store_url: str, crash_at: str) -> None:
    """The figures come once. The line in the thread may come twice: we hold no scope to look there."""
    with bot_process(workspace, store_url, crash_at) as process:
        workspace.mention(OWN, "C0EAST", QUESTION)
        assert _killed(process)
    with bot_process(workspace, store_url):
        _settle(workspace)
        assert len(answers(workspace.dm(OWN))) == 1
        assert all(MOVED in words(m) for m in answers(workspace.messages("C0EAST")))


def test_a_question_in_a_thread_is_looked_for_there(workspace: WorkspaceThread, store_url: str) -> None:
    with bot_process(workspace, store_url, "after_post") as process:
        first = workspace.say(OWN, "你好")
        assert _killed(process)
    with bot_process(workspace, store_url, "after_post") as process:
        workspace.say(OWN, QUESTION, thread_ts=first)
        assert _killed(process)
    with bot_process(workspace, store_url):
        _settle(workspace)
        assert len(answers(workspace.dm(OWN))) == 2


def test_a_proxy_in_the_environment_is_not_asked_for_what_is_on_this_machine(
    workspace: WorkspaceThread, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with bot_process(workspace, store_url):
        workspace.say(OWN, QUESTION)
        workspace.wait_for(lambda: answers(workspace.dm(OWN)))


def test_a_stop_in_good_order_answers_what_was_acked(workspace: WorkspaceThread, store_url: str) -> None:
    with bot_process(workspace, store_url) as process:
        workspace.fail(Fault("chat.postMessage", "ratelimited", 429, retry_after=1))
        workspace.say(OWN, QUESTION)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert FIGURE in words(answers(workspace.dm(OWN))[0])


def _settle(workspace: WorkspaceThread) -> None:
    """Until the lease of one second has run out, another sweep has passed, and something stands there."""
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    time.sleep(2.5)
