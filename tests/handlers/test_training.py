"""`/training` over Slack's protocol: what comes, and one's own hours."""

from bot.workspace import WorkspaceThread
from tests.handlers.branch import OWN, UNKNOWN, RunningBot, answers, words
from tests.handlers.test_ledger_drops import next_answer


def test_the_command_lists_what_comes_and_keeps_hours_out_of_the_channel(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    dm = workspace.dm_id(OWN)
    for count, (text, expected) in enumerate(
        {
            "/training": "下一次:2026-10-15 周四 18:30-20:30",
            "/training 下周": "2026-10-12 至 2026-10-18 有 1 场培训",
            "/training hours": "今年累计 33 学时",
        }.items()
    ):
        workspace.slash(OWN, text, channel=dm)
        assert expected in words(next_answer(workspace, OWN, count)), text
    workspace.slash(OWN, "/training 学时")
    private = next_answer(workspace, OWN, 3)
    assert "今年累计 33 学时" in words(private) and "33" not in private["text"]


def test_whoever_is_no_member_of_staff_is_told_how_to_become_known(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.slash(UNKNOWN, "/training", channel=workspace.dm_id(UNKNOWN))
    told = workspace.wait_for(lambda: answers(workspace.dm(UNKNOWN)))
    assert "申请绑定" in words(told[0])
