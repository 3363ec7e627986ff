"""Slack's agent pane: suggestions by role, a thread's title without figures; and everything works where it is refused."""

from bot.workspace import WorkspaceThread
from tests.handlers.branch import GUEST, HR, OWN, SUPERVISOR, RunningBot, answers, words


def suggested(workspace: WorkspaceThread, user: str) -> list[str]:
    workspace.open_home(user, tab="messages")
    place = workspace.dm_id(user)
    found = workspace.wait_for(lambda: workspace.workspace.world.prompts.get(place), timeout=20)
    return [prompt["message"] for prompt in found["prompts"]]


def test_what_is_suggested_depends_on_the_role(workspace: WorkspaceThread, bot: RunningBot) -> None:
    assert suggested(workspace, OWN)[:2] == ["我离下一级还差多少", "我怎么最快升一级"]
    assert "我的团队进度" in suggested(workspace, SUPERVISOR)
    assert "全行进度" in suggested(workspace, HR)
    assert suggested(workspace, GUEST) == ["二级要多少存款", "对公客户经理培训计划的内容", "帮助"]


def test_a_thread_is_titled_by_its_first_question_without_figures(workspace: WorkspaceThread, bot: RunningBot) -> None:
    root = workspace.say(OWN, "二级要多少贷款")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    workspace.say(OWN, "存款7500万够二级吗", thread_ts=root)
    place = workspace.dm_id(OWN)
    title = workspace.wait_for(lambda: workspace.workspace.world.titles.get((place, root)), timeout=20)
    assert "够2级吗" in title
    assert "7500" not in title


def test_a_workspace_without_agents_answers_all_the_same(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail_as("fatal_error", "assistant.threads.setTitle", times=5)
    root = workspace.say(OWN, "二级要多少贷款")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    workspace.say(OWN, "那三级呢", thread_ts=root)
    reply = workspace.wait_for(lambda: answers(workspace.dm(OWN))[1:])[0]
    assert "7200万元" in words(reply)
