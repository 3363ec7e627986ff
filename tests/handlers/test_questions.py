"""A question asked anywhere is answered once, where it may be."""

from bot.workspace import WorkspaceThread
from tests.handlers.branch import FIGURE, OWN, QUESTION, RunningBot, answers, words


def test_a_question_in_the_direct_message_is_answered_there(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, QUESTION)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(answer)
    assert FIGURE not in answer["text"]
    assert "thread_ts" not in answer


def test_the_command_gives_the_same_card(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.slash(OWN, "/grade 二级")
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(answer)
