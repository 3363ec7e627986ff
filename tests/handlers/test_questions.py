"""A question asked anywhere is answered once, where it may be."""

import http.client
import time

import pytest

from bot.workspace import WorkspaceThread
from tests.handlers.branch import (
    FIGURE,
    MOVED,
    OTHER,
    OWN,
    QUESTION,
    RULE,
    RunningBot,
    answers,
    button_values,
    message_event,
    running_bot,
    words,
)

EAST, WITHOUT_APP = "C0EAST", "C9NOAPP"


def _replies(workspace: WorkspaceThread, channel: str, thread: str) -> list[dict[str, object]]:
    return [m for m in answers(workspace.messages(channel)) if m.get("thread_ts") == thread]


def _no_figure_in(workspace: WorkspaceThread, channel: str) -> None:
    shown = "".join(words(m) for m in answers(workspace.messages(channel)))
    assert FIGURE not in shown and "等级进度" not in shown


def test_a_question_in_the_direct_message_is_answered_there(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, QUESTION)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(answer)
    assert FIGURE not in answer["text"]
    assert "thread_ts" not in answer


def test_a_question_in_a_thread_of_the_direct_message_is_answered_in_it(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    first = workspace.say(OWN, "你好")
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    workspace.say(OWN, QUESTION, thread_ts=first)
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 2)
    assert answers(workspace.dm(OWN))[-1]["thread_ts"] == first


def test_a_mention_moves_the_figures_to_the_direct_message(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.mention(OWN, EAST, QUESTION)
    (note,) = workspace.wait_for(lambda: _replies(workspace, EAST, asked))
    assert MOVED in words(note)
    (card,) = answers(workspace.dm(OWN))
    assert FIGURE in words(card)
    _no_figure_in(workspace, EAST)
    assert len(answers(workspace.messages(EAST))) == 1


@pytest.mark.parametrize(("asked", "told"), [("如果江州再存100万呢", "江州"), ("如果霁禾少存9亿呢", "没有这么多可减")])
def test_what_is_asked_back_about_ones_clients_goes_to_the_direct_message(
    workspace: WorkspaceThread, bot: RunningBot, asked: str, told: str
) -> None:
    mentioned = workspace.mention(OWN, EAST, asked)
    (note,) = workspace.wait_for(lambda: _replies(workspace, EAST, mentioned))
    assert MOVED in words(note)
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert told in words(answer)
    assert "转人工" not in words(answer)
    assert told not in "".join(words(m) for m in answers(workspace.messages(EAST)))


def test_a_rule_is_answered_in_the_thread_and_nowhere_else(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.mention(OWN, EAST, RULE)
    (answer,) = workspace.wait_for(lambda: _replies(workspace, EAST, asked))
    assert MOVED not in words(answer)
    assert not answers(workspace.dm(OWN))


def test_a_second_person_in_the_thread_is_answered_as_themselves(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.mention(OWN, EAST, QUESTION)
    workspace.wait_for(lambda: _replies(workspace, EAST, asked))
    workspace.mention(OTHER, EAST, QUESTION, thread_ts=asked)
    (card,) = workspace.wait_for(lambda: answers(workspace.dm(OTHER)))
    assert FIGURE not in words(card)
    assert len(answers(workspace.dm(OWN))) == 1


def test_the_command_in_the_direct_message(workspace: WorkspaceThread, bot: RunningBot) -> None:
    receipt = workspace.slash(OWN, "/grade 二级")
    assert receipt.ack_body == {}
    (answer,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    assert FIGURE in words(answer)


def test_the_command_in_a_channel_leaves_one_line_that_only_the_caller_sees(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.slash(OWN, "/grade", channel=EAST)
    (note,) = workspace.wait_for(lambda: workspace.ephemerals(OWN))
    assert MOVED in words(note) and FIGURE not in words(note)
    assert FIGURE in words(answers(workspace.dm(OWN))[0])
    assert not answers(workspace.messages(EAST))
    assert not workspace.ephemerals(OTHER)


def test_the_command_where_the_app_is_not(workspace: WorkspaceThread, bot: RunningBot) -> None:
    """Nothing can be said there; the figures have come all the same, and once."""
    workspace.slash(OWN, "/grade", channel=WITHOUT_APP)
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    assert len(answers(workspace.dm(OWN))) == 1
    workspace.slash(OWN, "/grade 帮助", channel=WITHOUT_APP)
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 2)


@pytest.mark.parametrize("text", ["/grade 帮助", "/grade help"])
def test_the_command_s_help_names_the_command(workspace: WorkspaceThread, bot: RunningBot, text: str) -> None:
    workspace.slash(OWN, text, channel=EAST)
    (help_,) = workspace.wait_for(lambda: workspace.ephemerals(OWN))
    assert "/grade" in words(help_)


def test_a_choice_answers_where_it_was_offered(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, "要什么条件")
    (offered,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    buttons = [e for b in offered["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert 2 <= len([e for e in buttons if e["action_id"].startswith("ask_choice")]) <= 3
    workspace.press(OWN, workspace.dm_id(OWN), offered["ts"], "ask_choice", value="0")
    workspace.wait_for(lambda: "品行良好" in words(answers(workspace.dm(OWN))[0]))
    (answer,) = answers(workspace.dm(OWN))
    assert answer["ts"] == offered["ts"]
    assert not [b for b in answer["blocks"] if b["type"] == "actions"]


def test_a_follow_up_in_a_thread_is_of_whoever_asks_it(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.mention(OWN, EAST, "二级要多少存款")
    workspace.wait_for(lambda: _replies(workspace, EAST, asked))
    workspace.mention(OWN, EAST, "国际结算这条呢", thread_ts=asked)
    workspace.wait_for(lambda: len(_replies(workspace, EAST, asked)) == 2)
    assert "1000万美元" in words(_replies(workspace, EAST, asked)[1])
    workspace.mention(OTHER, EAST, "那贷款呢", thread_ts=asked)
    workspace.wait_for(lambda: len(_replies(workspace, EAST, asked)) == 3)
    assert "1.8亿元" in words(_replies(workspace, EAST, asked)[2]) and "3.5亿元" in words(
        _replies(workspace, EAST, asked)[2]
    )


def test_how_a_figure_is_made_stands_in_the_card_s_thread(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, QUESTION)
    (card,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    dm = workspace.dm_id(OWN)
    workspace.press(OWN, dm, card["ts"], "explain_figure", value=button_values(card, "explain_figure")[0])
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 2)
    breakdown = answers(workspace.dm(OWN))[1]
    assert breakdown["thread_ts"] == card["ts"]
    assert FIGURE not in breakdown["text"]


def test_the_home_is_built_when_it_is_opened_and_anew_on_its_button(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.open_home(OWN)
    home = workspace.wait_for(lambda: workspace.seen_by(OWN).home)
    workspace.press_home(OWN, "home_refresh")
    workspace.wait_for(lambda: workspace.seen_by(OWN).home["hash"] != home["hash"])
    workspace.open_home(OWN, tab="messages")
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    assert len([c for c in workspace.calls if c.method == "views.publish"]) == 2


def test_edits_deletions_bots_and_our_own_words_are_not_questions(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    dm = workspace.dm_id(OWN)
    workspace.edit(OWN, dm, asked, "二级要多少存款")
    workspace.delete(OWN, dm, asked)
    for event in ({"bot_id": "B0OTHER"}, {"subtype": "bot_message"}, {"user": "U0LADDER"}, {"user": "USLACKBOT"}):
        workspace.inject(message_event(dm, OWN, QUESTION, **event))
    time.sleep(0.3)
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    assert len(answers(workspace.dm(OWN))) == 1


def test_what_one_person_asks_in_one_place_is_answered_in_order(workspace: WorkspaceThread, bot: RunningBot) -> None:
    asked = ["高级客户经理的任职年限", "你好", QUESTION, RULE, "你好", QUESTION]
    for text in asked:
        workspace.say(OWN, text)
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == len(asked))
    told = [words(m) for m in answers(workspace.dm(OWN))]
    assert [FIGURE in text for text in told] == [text == QUESTION for text in asked]


def test_a_new_connection_takes_over_where_one_ends(workspace: WorkspaceThread, bot: RunningBot) -> None:
    before = list(workspace.workspace.hub.sockets)
    workspace.disconnect()
    workspace.wait_for(lambda: [s for s in workspace.workspace.hub.sockets if s not in before], timeout=20)
    workspace.say(OWN, QUESTION)
    workspace.wait_for(lambda: answers(workspace.dm(OWN)))


def test_operators_look_in_over_a_port_of_its_own(workspace: WorkspaceThread, store_url: str) -> None:
    """Socket Mode has no web server but for this; Slack's posts are not taken there."""
    with running_bot(workspace, store_url, metrics=0) as bot:
        for path, expected in (("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/slack/events", 404)):
            connection = http.client.HTTPConnection("127.0.0.1", int(bot.address.rpartition(":")[2]), timeout=10)
            connection.request("GET", path)
            assert connection.getresponse().status == expected
