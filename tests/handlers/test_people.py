"""Who is on staff, and who only gets the rules."""

import pytest

from bot.domain.access import Asker
from bot.services.linking import LinkUser
from bot.workspace import WorkspaceThread
from bot.workspace.faults import Fault
from tests.handlers.branch import (
    FIGURE,
    GUEST,
    HR,
    LEFT,
    OTHER,
    OWN,
    QUESTION,
    RULE,
    STRANGER,
    SUPERVISOR,
    TEAM,
    UNKNOWN,
    RunningBot,
    answers,
    button_values,
    message_event,
    press_event,
    words,
)

IMPOSTOR = "U9100"
FIGURE_OF_OWN = "1001|2026Q3|second.a"


@pytest.mark.parametrize("user", [UNKNOWN, GUEST, STRANGER, IMPOSTOR])
def test_whoever_is_no_member_of_staff_gets_rules_and_no_figures(
    workspace: WorkspaceThread, bot: RunningBot, user: str
) -> None:
    for number, text in enumerate([QUESTION, "李强离二级还差多少", "/grade", RULE], start=1):
        if text.startswith("/"):
            workspace.slash(user, text)
        else:
            workspace.say(user, text)
        workspace.wait_for(lambda count=number: len(answers(workspace.dm(user))) == count)
    told = [words(m) for m in answers(workspace.dm(user))]
    assert not any(FIGURE in text or "等级进度" in text for text in told)
    assert "贷款" in told[-1]
    assert button_values(answers(workspace.dm(user))[0], "request_link"), "and a way to be linked"


def test_a_link_does_not_make_a_guest_a_member(workspace: WorkspaceThread, bot: RunningBot) -> None:
    _link(bot, GUEST, "1001")
    workspace.say(GUEST, QUESTION)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(GUEST)))
    assert FIGURE not in words(answer)


def test_a_deactivated_account_and_another_team_get_no_figures(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """Neither can write in the workspace, but their events could still arrive."""
    _link(bot, LEFT, "1001")
    dm = workspace.dm_id(OWN)
    workspace.inject(message_event(dm, LEFT, QUESTION))
    workspace.inject(message_event(dm, OWN, QUESTION, user_team="T0STRANGERS"))
    workspace.inject(press_event(OWN, dm, "explain_figure", FIGURE_OF_OWN, team="T0STRANGERS"), "interactive")
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 3)
    assert not any(FIGURE in words(m) for m in answers(workspace.dm(OWN)))


def test_hr_s_link_counts_at_once_and_before_the_address(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(UNKNOWN, QUESTION)
    workspace.wait_for(lambda: answers(workspace.dm(UNKNOWN)))
    _link(bot, UNKNOWN, "1001")
    workspace.say(UNKNOWN, QUESTION)
    workspace.wait_for(lambda: len(answers(workspace.dm(UNKNOWN))) == 2)
    assert FIGURE in words(answers(workspace.dm(UNKNOWN))[1])
    _link(bot, OTHER, "1001")
    workspace.say(OTHER, QUESTION)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OTHER)))
    assert FIGURE in words(answer), "the link wins over the address"


def test_supervisor_and_hr_may_look_and_a_colleague_may_not(workspace: WorkspaceThread, bot: RunningBot) -> None:
    for user, seen in ((SUPERVISOR, True), (HR, True), (OTHER, False)):
        workspace.say(user, "李强离二级还差多少")
        (answer,) = workspace.wait_for(lambda who=user: answers(workspace.dm(who)))
        assert (FIGURE in words(answer)) is seen


def test_somebody_mentioned_is_asked_about_under_the_same_rules(workspace: WorkspaceThread, bot: RunningBot) -> None:
    for user in (SUPERVISOR, OTHER):
        workspace.inject(message_event(workspace.dm_id(user), user, f"<@{OWN}> 离二级还差多少"))
        workspace.wait_for(lambda who=user: answers(workspace.dm(who)))
    assert FIGURE in words(answers(workspace.dm(SUPERVISOR))[0])
    assert FIGURE not in words(answers(workspace.dm(OTHER))[0])


def test_a_button_is_checked_for_whoever_presses_it(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """The value names 李强's figure; his colleague presses. The answers are hers, and say no."""
    for dm in (workspace.dm_id(OTHER), workspace.dm_id(OWN)):
        workspace.inject(press_event(OTHER, dm, "explain_figure", FIGURE_OF_OWN), "interactive")
    workspace.wait_for(lambda: len(answers(workspace.dm(OTHER))) == 2)
    for message in answers(workspace.dm(OTHER)):
        assert FIGURE not in words(message)
        assert "不能提供" in words(message)


def test_what_one_may_see_never_goes_to_another_s_direct_message(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """The supervisor's press, as if it came from her colleague's direct message."""
    workspace.inject(press_event(SUPERVISOR, workspace.dm_id(OTHER), "explain_figure", FIGURE_OF_OWN), "interactive")
    workspace.wait_for(lambda: answers(workspace.dm(SUPERVISOR)))
    assert not answers(workspace.dm(OTHER))


@pytest.mark.parametrize("value", ["", "1001", "1001|2026Q3|no.such.rule", "x|y|z", "1001|2026Q3|" + "z" * 300])
def test_a_value_that_no_card_of_ours_bears(workspace: WorkspaceThread, bot: RunningBot, value: str) -> None:
    workspace.inject(press_event(OWN, workspace.dm_id(OWN), "explain_figure", value), "interactive")
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    workspace.say(OWN, "你好")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert not any(FIGURE in words(m) for m in answers(workspace.dm(OWN)))


def test_asking_to_be_linked_reaches_hr_once_a_day(workspace: WorkspaceThread, bot: RunningBot) -> None:
    for count in (1, 2):
        workspace.inject(press_event(UNKNOWN, workspace.dm_id(UNKNOWN), "request_link", ""), "interactive")
        workspace.wait_for(lambda number=count: len(answers(workspace.dm(UNKNOWN))) == number)
    (told,) = answers(workspace.dm(HR))
    assert UNKNOWN in words(told) and TEAM in words(told)
    assert "已提交" in words(answers(workspace.dm(UNKNOWN))[0])


def test_nobody_of_hr_is_bothered_for_a_guest(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.inject(press_event(GUEST, workspace.dm_id(GUEST), "request_link", ""), "interactive")
    workspace.wait_for(lambda: answers(workspace.dm(GUEST)))
    assert not answers(workspace.dm(HR))


def test_a_slack_that_cannot_say_who_asks_makes_nobody_of_anybody(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail(Fault("users.info", "internal_error", status=500))
    workspace.say(OWN, QUESTION)
    (told,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE not in words(told) and "身份" in words(told) and "编号" in words(told)
    workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 2)
    assert FIGURE in words(answers(workspace.dm(OWN))[1])


def _link(bot: RunningBot, user: str, person: str) -> None:
    with bot.parts.store.read() as view:
        clerk = view.people.get("3001")
    bot.parts.linking(LinkUser(asker=Asker(clerk, "3001"), team_id=TEAM, user_id=user, person=person))
