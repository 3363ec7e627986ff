"""However often Slack delivers a thing, and to however many processes, it is answered once."""

import time
from datetime import timedelta

from bot.workspace import WorkspaceThread
from handlers import parse
from tests.handlers.branch import (
    OWN,
    QUESTION,
    RunningBot,
    answers,
    message_event,
    press_event,
    running_bot,
)


def _settled(workspace: WorkspaceThread, *bots: RunningBot) -> int:
    """How many answers there are when nothing more is under way."""
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    time.sleep(0.3)
    workspace.wait_for(lambda: all(bot.bot.desk.waiting == 0 for bot in bots))
    return len(answers(workspace.dm(OWN)))


def test_an_event_and_its_three_retries(workspace: WorkspaceThread, bot: RunningBot) -> None:
    ts = workspace.say(OWN, "你好")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
    for number in range(4):
        workspace.inject(event, retry_num=number, retry_reason="timeout" if number else "")
    assert _settled(workspace, bot) == 2
    again = message_event(workspace.dm_id(OWN), OWN, "你好", ts=ts)
    workspace.inject(again)
    assert _settled(workspace, bot) == 2, "one message in two events is one question"


def test_two_processes_that_get_the_same_event(workspace: WorkspaceThread, bot: RunningBot, store_url: str) -> None:
    with running_bot(workspace, store_url) as second:
        event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
        for _ in range(4):
            workspace.inject(event)
        assert _settled(workspace, bot, second) == 1


def test_the_same_event_after_a_restart(workspace: WorkspaceThread, store_url: str) -> None:
    event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
    for _ in range(2):
        with running_bot(workspace, store_url) as bot:
            workspace.inject(event)
            assert _settled(workspace, bot) == 1


def test_a_press_delivered_twice(workspace: WorkspaceThread, bot: RunningBot) -> None:
    press = press_event(OWN, workspace.dm_id(OWN), "explain_figure", "1001|2026Q3|second.a")
    for _ in range(2):
        workspace.inject(press, "interactive")
    assert _settled(workspace, bot) == 1


def test_what_a_dead_process_left_is_answered_by_another(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """A row whose lease has run out, as if its process had been killed right after the ack."""
    event = message_event(workspace.dm_id(OWN), OWN, QUESTION)
    request = parse.message(event)
    assert request
    now = bot.parts.clock.now()
    assert bot.parts.store.inbox.take_in(request.key, request.to_json(), now, now)
    assert _settled(workspace, bot) == 1


def test_what_lay_there_for_more_than_half_an_hour_is_apologised_for(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    request = parse.message(message_event(workspace.dm_id(OWN), OWN, QUESTION))
    assert request
    long_ago = bot.parts.clock.now() - timedelta(minutes=31)
    assert bot.parts.store.inbox.take_in(request.key, request.to_json(), long_ago, long_ago)
    assert _settled(workspace, bot) == 1
    (apology,) = answers(workspace.dm(OWN))
    assert "抱歉" in apology["text"]


def test_a_stored_request_that_cannot_be_read_is_let_go(workspace: WorkspaceThread, bot: RunningBot) -> None:
    now = bot.parts.clock.now()
    bot.parts.store.inbox.take_in("message:T:D:1.1", "{]", now, now)
    workspace.wait_for(lambda: not bot.parts.store.inbox.take_over(now, now, 5))
    workspace.say(OWN, "你好")
    assert _settled(workspace, bot) == 1
