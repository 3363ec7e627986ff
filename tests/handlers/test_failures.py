"""What goes wrong: a number and a sentence for the user, nothing private in any log, nothing sent twice."""

import logging
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.workspace import NotDelivered, WorkspaceThread
from bot.workspace.faults import Fault
from tests.handlers.branch import (
    FIGURE,
    MOVED,
    OWN,
    QUESTION,
    RULE,
    RunningBot,
    answers,
    message_event,
    running_bot,
    words,
)


@pytest.fixture
def broken_ledger(bot: RunningBot) -> Iterator[None]:
    """The store without the table of figures: every standing fails, nothing else."""
    with bot.parts.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE figures RENAME TO figures_away"))
    yield


@pytest.mark.usefixtures("broken_ledger")
def test_a_fault_that_nobody_foresaw_is_told_by_its_number(
    workspace: WorkspaceThread, bot: RunningBot, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = workspace.mention(OWN, "C0EAST", QUESTION)
    (told,) = workspace.wait_for(lambda: answers(workspace.messages("C0EAST")))
    assert told["thread_ts"] == asked
    reference = words(told).partition("编号 ")[2][:8]
    logged = "".join(capfd.readouterr())
    assert reference in logged and ("OperationalError" in logged or "ProgrammingError" in logged)
    assert QUESTION not in logged and "SELECT" not in logged and "figures" not in words(told)


@pytest.mark.usefixtures("broken_ledger")
def test_a_fault_on_the_home_is_told_there(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.open_home(OWN)
    home = workspace.wait_for(lambda: workspace.seen_by(OWN).home)
    assert "编号" in str(home["blocks"])


def test_a_store_that_is_away_leaves_the_event_to_slack(
    workspace: WorkspaceThread, bot: RunningBot, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not acked, so Slack delivers again; by then the store is back."""
    engine = bot.parts.store.talk_engine
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox RENAME TO inbox_away"))
    event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
    workspace.workspace.hub.patience = 0.5
    with pytest.raises(NotDelivered):
        workspace.inject(event)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE inbox_away RENAME TO inbox"))
    workspace.inject(event, retry_num=1, retry_reason="timeout")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert QUESTION not in "".join(capfd.readouterr())


@pytest.mark.parametrize("fault", [{"reset": True}, {"error": "fatal_error"}, {"error": "x", "status": 503}])
def test_a_post_of_unknown_outcome_is_looked_for_and_not_repeated(
    workspace: WorkspaceThread, bot: RunningBot, fault: dict[str, object]
) -> None:
    """Slack took the message and the answer was lost: slack_sdk's own retries would post it again."""
    if fault.get("status"):
        fault = fault | {"error": "internal_error"}
    workspace.fail(Fault("chat.postMessage", after=True, **fault))  # type: ignore[arg-type]
    workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: _finished(bot), timeout=20)
    assert len(answers(workspace.dm(OWN))) == 1
    assert len([c for c in workspace.calls if c.method == "chat.postMessage"]) == 1


def test_a_post_that_never_arrived_is_made_after_the_look(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail(Fault("chat.postMessage", reset=True))
    workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: _finished(bot), timeout=20)
    assert len(answers(workspace.dm(OWN))) == 1
    assert len([c for c in workspace.calls if c.method == "chat.postMessage"]) == 2


def test_a_rate_limit_is_waited_for(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail(Fault("chat.postMessage", "ratelimited", 429, retry_after=1), times=2)
    began = time.monotonic()
    workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert time.monotonic() - began >= 2


def test_refused_blocks_become_plain_ones_and_the_fallback_stays_without_figures(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.fail(Fault("chat.postMessage", "invalid_blocks"))
    workspace.say(OWN, QUESTION)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(answer) and FIGURE not in answer["text"]
    assert {block["text"]["type"] for block in answer["blocks"]} == {"plain_text"}
    assert FIGURE not in answer["blocks"][0]["text"]["text"], "notifications show the first block"


def test_no_direct_message_no_figures_and_the_channel_is_told_so(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail(Fault("conversations.open", "user_disabled"), times=2)
    workspace.mention(OWN, "C0EAST", QUESTION)
    (told,) = workspace.wait_for(lambda: answers(workspace.messages("C0EAST")))
    assert FIGURE not in words(told) and MOVED not in words(told)
    assert "编号" in words(told)


def test_a_channel_that_refuses_a_rule_gets_it_in_the_direct_message(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.fail(Fault("chat.postMessage", "is_archived"))
    workspace.mention(OWN, "C0EAST", RULE)
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert not answers(workspace.messages("C0EAST"))


def test_what_slack_refuses_for_good_is_logged_and_let_go(
    workspace: WorkspaceThread, bot: RunningBot, capfd: pytest.CaptureFixture[str]
) -> None:
    workspace.fail(Fault("chat.postMessage", "restricted_action"), times=2)
    workspace.say(OWN, RULE)
    workspace.wait_for(lambda: _finished(bot))
    logged = "".join(capfd.readouterr())
    assert "undelivered" in logged and "restricted_action" in logged and RULE not in logged


def test_at_debug_no_library_writes_what_people_say(
    workspace: WorkspaceThread, store_url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), running_bot(workspace, store_url):
        workspace.say(OWN, QUESTION)
        workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    written = caplog.text + "".join(capfd.readouterr())
    assert QUESTION not in written and FIGURE not in written.replace(",", "") and "xoxb" not in written


def _finished(bot: RunningBot) -> bool:
    """Something was taken in, and all of it is done with."""
    with bot.parts.store.talk_engine.connect() as connection:
        rows = list(connection.execute(text("SELECT finished_at, payload FROM inbox")))
    return bool(rows) and all(row.finished_at and row.payload == "" for row in rows)
