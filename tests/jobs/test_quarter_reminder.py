"""The reminder before a quarter ends, from the timetable to the direct message."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.outbox import State
from bot.storage.unit_of_work import Store
from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OTHER, OWN, answers, button_values, running_bot, words
from tests.jobs.conftest import Pass

TEN_LEFT = "2026-12-17T09:00"
"""2026-12-31 is the tenth workday after it."""


ONE_ENGINE = pytest.mark.parametrize("copy_of_sample", ["sqlite"], indirect=True)
"""Where the store's engine makes no difference."""


def rows(url: str, state: State | None = None) -> list[Any]:
    store = Store(url)
    with store.read() as view:
        found = view.outbox.rows(state)
    store.close()
    return found


def test_it_carries_the_answer_and_comes_once(workspace: WorkspaceThread, store_url: str, remind: Pass) -> None:
    assert remind(TEN_LEFT) > 0
    (told,) = answers(workspace.dm(OWN))
    assert told["text"] == "2026Q4 考核还有 10 个工作日"
    assert "最近一步:" in words(told)
    assert "你目前已满足" in words(told)
    assert answers(workspace.dm(HR)) == [], "HR holds no grade: nothing to do"
    assert remind(TEN_LEFT) == 0
    assert remind("2026-12-17T16:00") == 0
    assert len(answers(workspace.dm(OWN))) == 1
    assert {row.state for row in rows(store_url)} <= {State.SENT, State.EXPIRED, State.FAILED}


def test_its_buttons_answer(workspace: WorkspaceThread, store_url: str, remind: Pass) -> None:
    remind(TEN_LEFT)
    (told,) = answers(workspace.dm(OWN))
    assert [len(button_values(told, action)) for action in ("explain_figure", "remind_later", "ask_more_1")] == [
        1,
        1,
        1,
    ]
    with running_bot(workspace, store_url):
        for action in ("remind_later", "ask_more_1"):
            before = len(answers(workspace.dm(OWN)))
            workspace.press(OWN, workspace.dm_id(OWN), told["ts"], action)
            workspace.wait_for(lambda n=before: len(answers(workspace.dm(OWN))) > n)
    later = [row for row in rows(store_url) if row.asked_for]
    assert [row.person for row in later] == ["1001"]
    assert [row.acted_at is not None for row in rows(store_url) if row.person == "1001"] == [False, True]


@ONE_ENGINE
def test_hr_sees_what_went_to_whom_and_sends_or_withdraws(
    workspace: WorkspaceThread, store_url: str, remind: Pass
) -> None:
    remind("2026-12-17T18:00")
    with running_bot(workspace, store_url):
        workspace.slash(HR, "/appraise 提醒")
        (listed,) = workspace.wait_for(lambda: answers(workspace.dm(HR)))
        assert "待发" in words(listed)
        assert "接下来* 季度进度(2026Q4):2026-11-19" in words(listed)
        workspace.press(
            HR, workspace.dm_id(HR), listed["ts"], "remind_withdraw", value=button_values(listed, "remind_withdraw")[0]
        )
        workspace.wait_for(lambda: len(answers(workspace.dm(HR))) > 1)
        workspace.slash(OWN, "/appraise 提醒")
        (refused,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
        assert "待发" not in words(refused)
    withdrawn = [row for row in rows(store_url) if row.reason == "withdrawn"]
    assert len(withdrawn) == 1
    remind("2026-12-18T09:00")
    assert answers(workspace.dm(f"U{withdrawn[0].person}"))[1 if withdrawn[0].person == "1001" else 0 :] == []


@ONE_ENGINE
@pytest.mark.parametrize("now", ["2026-12-17T08:59", "2026-12-17T17:30", "2026-12-17T23:30", "2026-12-19T10:00"])
def test_nothing_goes_out_at_night_or_on_a_weekend(workspace: WorkspaceThread, remind: Pass, now: str) -> None:
    remind(now)
    assert answers(workspace.dm(OWN)) == []


@ONE_ENGINE
def test_what_night_held_back_comes_in_the_morning(workspace: WorkspaceThread, remind: Pass) -> None:
    remind("2026-12-17T18:00")
    assert answers(workspace.dm(OWN)) == []
    remind("2026-12-18T09:00")
    (told,) = answers(workspace.dm(OWN))
    assert told["text"] == "2026Q4 考核还有 9 个工作日"


@ONE_ENGINE
def test_whoever_has_left_meanwhile_is_told_nothing_and_hr_can_see_it(
    workspace: WorkspaceThread, store_url: str, remind: Pass
) -> None:
    remind("2026-12-17T18:00")
    store = Store(store_url)
    with store.write() as view:
        view.connection.exec_driver_sql("UPDATE managers SET status = false WHERE id = '1001'")
    store.close()
    remind("2026-12-18T09:00")
    assert answers(workspace.dm(OWN)) == []
    assert [row.reason for row in rows(store_url) if row.person == "1001"] == ["undeliverable"]
    assert len(answers(workspace.dm(OTHER))) == 1


@ONE_ENGINE
def test_the_token_refused_ends_it_after_one_call(workspace: WorkspaceThread, store_url: str, remind: Pass) -> None:
    remind("2026-12-17T18:00")
    before = len(workspace.calls)
    workspace.fail_as("token_revoked", "users.lookupByEmail", times=1)
    workspace.fail_as("token_revoked", "users.info", times=1)
    with pytest.raises(Exception, match="slack_unavailable"):
        remind("2026-12-18T09:00")
    after = [call.method for call in workspace.calls[before:]]
    assert len([m for m in after if m != "auth.test"]) == 1
    assert rows(store_url, State.FAILED) == []


@ONE_ENGINE
@pytest.mark.parametrize(
    "fault", ["ratelimited", "server_error", "reset", "reset_after", "server_error_after", "fatal_error"]
)
def test_whatever_slack_does_it_comes_once(
    workspace: WorkspaceThread, store_url: str, remind: Pass, fault: str
) -> None:
    workspace.fail_as(fault, "chat.postMessage", times=2)
    for now in (TEN_LEFT, "2026-12-17T09:05", "2026-12-17T09:10"):
        remind(now)
    sent = rows(store_url, State.SENT)
    assert sent
    assert [len(answers(workspace.dm(f"U{row.person}"))) for row in sent] == [1] * len(sent)
    assert {row.state for row in rows(store_url)} <= {State.SENT, State.EXPIRED, State.FAILED}
