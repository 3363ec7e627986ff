"""A quarter's appraisal by `/appraise` alone: two HR people, each step told, nothing shown to anybody else."""

import re
from typing import Any

from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OWN, RunningBot, answers, button_values, words
from tests.handlers.test_ledger_drops import next_answer

REVIEWER, ALL = "U3002", "C0ALL"
STEP = "appraisal_step"


def say(workspace: WorkspaceThread, who: str, text: str) -> dict[str, Any]:
    before = len(answers(workspace.dm(who)))
    workspace.slash(who, f"/appraise {text}", channel=workspace.dm_id(who))
    return next_answer(workspace, who, before)


def press(workspace: WorkspaceThread, who: str, message: dict[str, Any]) -> dict[str, Any]:
    before = len(answers(workspace.dm(who)))
    workspace.press(who, workspace.dm_id(who), message["ts"], STEP)
    return next_answer(workspace, who, before)


def settled(workspace: WorkspaceThread) -> dict[str, Any]:
    """Everything that HR has to say has been said; the trial after it."""
    while True:
        told = say(workspace, HR, "试算 2026Q3")
        if button_values(told, STEP) == ["propose 2026Q3"]:
            return told
        open_ = re.findall(r"• (\d{4}) ", words(press(workspace, HR, told)))
        assert open_
        for person in open_:
            assert "已记录评议" in words(say(workspace, HR, f"评议 2026Q3 {person} 全部 是"))


def test_two_hr_people_take_a_quarter_from_opening_to_publishing(workspace: WorkspaceThread, bot: RunningBot) -> None:
    opened = say(workspace, HR, "开始 2026Q3")
    assert "24 人" in words(opened)
    assert "没有重复开始" in words(say(workspace, REVIEWER, "open 2026q3"))
    checked = press(workspace, HR, opened)
    assert "有 1 项拦截" in words(checked) and "trainee_with_loans" in words(checked)
    say(workspace, HR, "试算 2026Q3")
    assert "1023、1024)" in words(say(workspace, HR, "提交 2026Q3")), "everybody who is open is named"
    assert "检查通过" in words(say(workspace, HR, "放行 2026Q3 trainee_with_loans C145 总行已批复"))

    proposed = press(workspace, HR, settled(workspace))
    assert "已提交" in words(proposed)
    assert "提交的人不能再定稿" in words(say(workspace, HR, "定稿 2026Q3")) or "这一步不由你办理" in words(
        say(workspace, HR, "定稿 2026Q3 00000000")
    )
    effect = words(say(workspace, REVIEWER, "定稿 2026Q3"))
    assert "影响" in effect and "人等级" in effect
    assert "须重新试算" in words(say(workspace, REVIEWER, "定稿 2026Q3 00000000"))
    sign = effect.split("定稿 2026Q3 ")[1][:8]
    assert "已定稿" in words(say(workspace, REVIEWER, f"定稿 2026Q3 {sign}"))
    assert "已定稿" in words(say(workspace, REVIEWER, "状态 2026Q3"))
    assert "逐字节一致" in words(say(workspace, HR, "复算 2026Q3"))
    assert "已发布" in words(say(workspace, HR, "发布 2026Q3"))
    assert "没有重复" in words(say(workspace, HR, "发布 2026Q3"))
    assert "已全部办完" in words(say(workspace, HR, "状态 2026Q3"))


def test_who_has_no_part_in_appraisals_is_told_so_and_sees_nothing(workspace: WorkspaceThread, bot: RunningBot) -> None:
    say(workspace, HR, "开始 2026Q3")
    for text in ("试算 2026Q3", "状态 2026Q3", "发布 2026Q3"):
        assert "这一步不由你办理" in words(say(workspace, OWN, text))


def test_a_trial_asked_for_in_a_channel_comes_to_the_direct_message(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    say(workspace, HR, "开始 2026Q3")
    before = len(answers(workspace.dm(HR)))
    workspace.slash(HR, "/appraise 试算 2026Q3", channel=ALL)
    assert "李强" in words(next_answer(workspace, HR, before))
    assert not answers(workspace.messages(ALL))


def test_what_is_written_wrong_is_answered_with_how_it_is_written(workspace: WorkspaceThread, bot: RunningBot) -> None:
    say(workspace, HR, "开始 2026Q3")
    assert "说明" in words(say(workspace, HR, "评议 2026Q3 1001"))
    assert "对象 理由" in words(say(workspace, HR, "放行 2026Q3"))
    assert "没有「2026Q9」的考核" in words(say(workspace, HR, "试算 2026Q9"))
    assert "还没有写是哪一期" in words(say(workspace, HR, "试算"))
