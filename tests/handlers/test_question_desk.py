"""The learning loop over the wire: 转人工, HR's reply, what HR teaches, 有用 and 没用."""

import json
from typing import Any

from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OTHER, OWN, RunningBot, answers, words

CHANNEL, EAST = "C0HR", "C0EAST"
ODD = "存3000万的话年终奖怎么折算"


def ask(workspace: WorkspaceThread, who: str, text: str) -> dict[str, Any]:
    before = len(answers(workspace.dm(who)))
    workspace.say(who, text)
    found: dict[str, Any] = workspace.wait_for(lambda: answers(workspace.dm(who))[before:], timeout=30)[0]
    return found


def press(workspace: WorkspaceThread, who: str, message: dict[str, Any], action: str, **more: Any) -> dict[str, Any]:
    before = len(answers(workspace.dm(who)))
    workspace.press(who, workspace.dm_id(who), message["ts"], action, **more)
    found: dict[str, Any] = workspace.wait_for(lambda: answers(workspace.dm(who))[before:], timeout=30)[0]
    return found


def in_hr(workspace: WorkspaceThread) -> list[dict[str, Any]]:
    return answers(workspace.messages(CHANNEL))


def test_a_question_reaches_hr_without_its_figures_and_the_reply_reaches_the_asker(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    declined = ask(workspace, OWN, ODD)
    assert "转人工" in words(declined)
    told = press(workspace, OWN, declined, "hand_over")
    assert "已转给人力资源部" in words(told)
    (asked,) = in_hr(workspace)
    assert "年终奖怎么折算" in words(asked)
    assert "3000" not in words(asked)
    again = press(workspace, OWN, declined, "hand_over")
    assert "已经转过" in words(again)
    assert len(in_hr(workspace)) == 1

    before = len(answers(workspace.dm(OWN)))
    workspace.say(HR, "年终奖按总行文件,下周发通知。", channel=CHANNEL, thread_ts=asked["ts"])
    reply = workspace.wait_for(lambda: answers(workspace.dm(OWN))[before:], timeout=30)[0]
    assert "人力资源部答复" in words(reply)
    assert "下周发通知" in words(reply)
    assert not any("下周" in words(m) for m in workspace.dm(OTHER))


def test_neither_a_client_of_the_asker_nor_a_broken_figure_reaches_hr(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    declined = ask(workspace, OWN, "我在江州舸禾陶瓷的余额75499999.99咋处理")
    press(workspace, OWN, declined, "hand_over")
    (asked,) = in_hr(workspace)
    assert "咋处理" in words(asked)
    assert not any(told in words(asked) for told in ("舸禾", "7549", ".99"))


def test_what_hr_teaches_answers_the_same_words_at_once(workspace: WorkspaceThread, bot: RunningBot) -> None:
    odd = "头寸的门道咋拿捏"
    assert "转人工" in words(ask(workspace, OWN, odd))
    listed = ask_appraise(workspace, "提问")
    assert "门道" in words(listed)
    place = workspace.dm_id(HR)
    offered = workspace.suggest(HR, "teach_phrase", "5000万元", where="message", channel=place, ts=listed["ts"])
    assert "art11.two.1.1.d" in [option["value"] for option in offered["options"]]
    taught = press(workspace, HR, listed, "teach_phrase", value="art11.two.1.1.d")
    assert "已教会" in words(taught)
    answer = ask(workspace, OTHER, odd)
    assert "5000万元" in words(answer)
    assert "5000万元" in words(ask(workspace, OTHER, "请问头寸有什么门道呀"))
    assert "门道" not in words(ask_appraise(workspace, "提问"))


def test_only_hr_sees_the_list_and_teaches(workspace: WorkspaceThread, bot: RunningBot) -> None:
    ask(workspace, OWN, "头寸的门道咋拿捏")
    before = len(answers(workspace.dm(OWN)))
    workspace.slash(OWN, "/appraise 提问", channel=workspace.dm_id(OWN))
    refused = workspace.wait_for(lambda: answers(workspace.dm(OWN))[before:], timeout=30)[0]
    assert "门道" not in words(refused)


def test_an_answer_of_no_use_goes_on_the_list(workspace: WorkspaceThread, bot: RunningBot) -> None:
    answer = ask(workspace, OWN, "二级要多少贷款")
    assert "feedback_buttons" in json.dumps(answer["blocks"])
    told = press(workspace, OWN, answer, "feedback", value="useless")
    assert "已记下" in words(told)
    listed = words(ask_appraise(workspace, "提问"))
    assert "被评为没用" in listed
    assert "2级要多少贷款" in listed


def test_a_useful_answer_is_not_answered_again(workspace: WorkspaceThread, bot: RunningBot) -> None:
    answer = ask(workspace, OWN, "二级要多少贷款")
    workspace.press(OWN, workspace.dm_id(OWN), answer["ts"], "feedback", value="useful")
    ask(workspace, OWN, "三级要多少贷款")
    assert len(answers(workspace.dm(OWN))) == 2


def test_in_a_channel_only_the_rater_is_told(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.mention(OWN, EAST, "二级要多少贷款")
    (answer,) = workspace.wait_for(lambda: answers(workspace.messages(EAST)))
    assert answer["thread_ts"] == asked
    workspace.press(OTHER, EAST, answer["ts"], "feedback", value="useless")
    (told,) = workspace.wait_for(lambda: workspace.ephemerals(OTHER))
    assert "已记下" in words(told)
    assert answers(workspace.messages(EAST)) == [answer]


def test_where_the_channel_takes_nothing_one_is_told_to_try_again(workspace: WorkspaceThread, bot: RunningBot) -> None:
    declined = ask(workspace, OWN, ODD)
    workspace.fail_as("token_revoked", "chat.postMessage", times=1)
    assert "没能转到" in words(press(workspace, OWN, declined, "hand_over"))
    assert "已转给人力资源部" in words(press(workspace, OWN, declined, "hand_over"))
    assert len(in_hr(workspace)) == 1


def test_words_elsewhere_in_the_channel_go_nowhere(workspace: WorkspaceThread, bot: RunningBot) -> None:
    before = len(answers(workspace.dm(OWN)))
    workspace.say(HR, "中午吃什么", channel=CHANNEL)
    ask(workspace, OWN, "二级要多少贷款")
    assert len(answers(workspace.dm(OWN))) == before + 1
    assert in_hr(workspace) == []


def ask_appraise(workspace: WorkspaceThread, text: str) -> dict[str, Any]:
    before = len(answers(workspace.dm(HR)))
    workspace.slash(HR, f"/appraise {text}", channel=workspace.dm_id(HR))
    found: dict[str, Any] = workspace.wait_for(lambda: answers(workspace.dm(HR))[before:], timeout=30)[0]
    return found
