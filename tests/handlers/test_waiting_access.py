"""Roles, supervisors and addresses that an import changes: a second HR person decides in Slack, by button."""

import signal
from collections.abc import Callable
from typing import Any

import pytest

from bot.storage.unit_of_work import Store
from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OTHER, OWN, RunningBot, answers, button_values, press_event, words
from tests.handlers.test_kill import bot_process
from tests.handlers.test_ledger_drops import dropped, next_answer, press

REVIEWER = "U3002"
CONFIRM, REFUSE = "access_confirm", "access_refuse"
HEADER = "工号,姓名,角色,主管工号,邮箱"
CHANGED = f'{HEADER}\n1001,李强,"客户经理,审计",2001,new@jiangzhou.example\n'.encode()

Wait = Callable[[], Any]


def imported(workspace: WorkspaceThread, content: bytes = CHANGED) -> dict[str, Any]:
    """HR's clerk drops the file and confirms it; what the bot says then."""
    return press(workspace, dropped(workspace, content, "人员.csv"))


def email_of(bot: RunningBot, person: str) -> str | None:
    with bot.parts.store.read() as view:
        found = view.people.get(person)
    return found.email if found else None


def decide(workspace: WorkspaceThread, user: str, message: dict[str, Any], action: str) -> dict[str, Any]:
    before = len(answers(workspace.dm(user)))
    workspace.press(user, workspace.dm_id(user), message["ts"], action)
    return next_answer(workspace, user, before)


def test_the_other_hr_person_is_told_confirms_and_the_importer_hears_of_it(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    loaded = imported(workspace)
    assert "须由另一名 HR 人员确认" in words(loaded) and "已私信 沈国良" in words(loaded)
    (asked,) = answers(workspace.dm(REVIEWER))
    assert "许芳(3001)" in words(asked) and "1001 李强" in words(asked)
    assert "角色 客户经理 → 审计、客户经理" in words(asked)
    assert "邮箱 liqiang@jiangzhou.example → new@jiangzhou.example" in words(asked)
    assert "李强" not in asked["text"] and button_values(asked, CONFIRM) == ["2"] == button_values(asked, REFUSE)
    assert email_of(bot, "1001") == "liqiang@jiangzhou.example"
    told = decide(workspace, REVIEWER, asked, CONFIRM)
    assert "已确认批次 2 中 1 人" in words(told) and "批次 3" in words(told)
    assert email_of(bot, "1001") == "new@jiangzhou.example"
    assert "沈国良 已确认" in words(next_answer(workspace, HR, 2))
    with bot.parts.store.read() as view:
        entry = view.audit.entries()[-1]
        assert (entry["actor"], entry["action"]) == ("3002", "confirmed_access")


def test_however_long_the_names_the_buttons_come_with_the_list(workspace: WorkspaceThread, bot: RunningBot) -> None:
    rows = "".join(f"{5000 + n},{'长' * 190}{n},客户经理,2001,{'x' * 180}{n}@jiangzhou.example\n" for n in range(90))
    imported(workspace, f"{HEADER}\n{rows}".encode())
    told = workspace.wait_for(lambda: answers(workspace.dm(REVIEWER)))
    assert "其余 70 人" in "".join(map(words, told)) and button_values(told[-1], CONFIRM) == ["2"]
    workspace.slash(REVIEWER, "/appraise 待确认", channel=workspace.dm_id(REVIEWER))
    listed = workspace.wait_for(lambda: [m for m in answers(workspace.dm(REVIEWER))[1:] if button_values(m, CONFIRM)])
    assert len(answers(workspace.dm(REVIEWER))) > 2, "all 90, on as many messages as they take"
    assert button_values(listed[-1], CONFIRM) == ["2"]


def test_a_refusal_leaves_all_as_it_was_and_an_old_button_is_answered_in_words(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    imported(workspace)
    (asked,) = answers(workspace.dm(REVIEWER))
    assert "已驳回" in words(decide(workspace, REVIEWER, asked, REFUSE))
    assert "已驳回维持原样" in words(next_answer(workspace, HR, 2))
    late = decide(workspace, REVIEWER, asked, CONFIRM)
    assert "没有待确认" in words(late) and "已由 沈国良 驳回" in words(late)
    again = decide(workspace, REVIEWER, asked, REFUSE)
    assert "已驳回批次 2 中 1 人" in words(again) and len(answers(workspace.dm(HR))) == 3, "and nobody is told twice"
    assert email_of(bot, "1001") == "liqiang@jiangzhou.example"


def test_who_brought_the_change_cannot_confirm_it_whatever_the_button_says(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    imported(workspace)
    workspace.inject(press_event(HR, workspace.dm_id(HR), CONFIRM, "2"), "interactive")
    assert "须由另一名 HR 人员确认" in words(next_answer(workspace, HR, 2))
    assert email_of(bot, "1001") == "liqiang@jiangzhou.example"
    workspace.slash(HR, "/appraise 待确认", channel=workspace.dm_id(HR))
    listed = next_answer(workspace, HR, 3)
    assert "由你导入" in words(listed) and not button_values(listed, CONFIRM)
    assert "已撤回" in words(decide(workspace, HR, listed, REFUSE))
    workspace.slash(HR, "/appraise 导入 待确认", channel=workspace.dm_id(HR))
    assert "没有待确认" in words(next_answer(workspace, HR, 5))


@pytest.mark.parametrize("action", [CONFIRM, REFUSE])
def test_nobody_outside_hr_decides_or_sees_what_waits(workspace: WorkspaceThread, bot: RunningBot, action: str) -> None:
    imported(workspace)
    workspace.inject(press_event(OWN, workspace.dm_id(OWN), action, "2"), "interactive")
    workspace.slash(OWN, "/appraise 待确认")
    workspace.slash(OTHER, "/appraise")
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 2 and answers(workspace.dm(OTHER)))
    told = [*answers(workspace.dm(OWN)), *answers(workspace.dm(OTHER))]
    assert all("不能提供" in words(message) and "1001" not in words(message) for message in told)
    with bot.parts.store.read() as view:
        assert len(view.pending.waiting()) == 2


@pytest.mark.parametrize("value", ["", "2;3", "9" * 12, "77"])
def test_a_button_of_no_batch_decides_nothing(workspace: WorkspaceThread, bot: RunningBot, value: str) -> None:
    imported(workspace)
    workspace.inject(press_event(REVIEWER, workspace.dm_id(REVIEWER), CONFIRM, value), "interactive")
    if value == "77":
        assert "没有导入批次" in words(next_answer(workspace, REVIEWER, 1))
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    with bot.parts.store.read() as view:
        assert len(view.pending.waiting()) == 2


def test_only_what_appraise_knows_is_listed_and_each_word_of_it_works(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    said = {
        "": "人力资源部的命令",
        "帮助": "人力资源部的命令",
        "Help": "人力资源部的命令",
        "导入": "空白模板",
        "import": "空白模板",
        "待确认": "没有待确认",
        "pending": "没有待确认",
        "开会": "没有这个子命令",
    }
    for count, (text, expected) in enumerate(said.items()):
        workspace.slash(HR, f"/appraise {text}".strip(), channel=workspace.dm_id(HR))
        assert expected in words(next_answer(workspace, HR, count)), text


@pytest.mark.parametrize("crash_at", ["after_ack", "after_post"])
def test_killed_after_the_load_the_others_are_still_told_once(
    workspace: WorkspaceThread, store_url: str, crash_at: str
) -> None:
    with bot_process(workspace, store_url):
        report = dropped(workspace, CHANGED, "人员.csv")
    with bot_process(workspace, store_url, crash_at) as process:
        workspace.press(HR, workspace.dm_id(HR), report["ts"], "ledger_confirm")
        assert process.wait(30) == -signal.SIGKILL
    with bot_process(workspace, store_url):
        (asked,) = workspace.wait_for(lambda: answers(workspace.dm(REVIEWER)), timeout=30)
        assert "已入库" in words(next_answer(workspace, HR, 1))
        decide(workspace, REVIEWER, asked, CONFIRM)
    assert len(answers(workspace.dm(REVIEWER))) == 2
    store = Store(store_url)
    with store.read() as view:
        assert view.pending.waiting() == []
    store.close()
