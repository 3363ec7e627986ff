"""A conversation remembers its subject: for half an hour, for each asker separately, across restarts, without a figure."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.cli.ask import Asking
from bot.cli.demo import load_branch
from bot.config import FixedClock, Settings
from bot.storage.unit_of_work import Store
from bot.wiring import build
from tests.conversations.figures import figures
from tests.conversations.questions import BEGINS

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(database_url: str) -> Ask:
    """Each question by a process of its own."""

    def asked(words: str, who: str = "1001", thread: str | None = "t", minutes: float = 0) -> dict[str, Any]:
        now = BEGINS + timedelta(minutes=minutes)
        parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(now))
        try:
            return Asking(parts).answer({"as": who, "thread": thread, "text": words, "now": now.isoformat()})
        finally:
            parts.store.close()

    return asked


def test_what_changes_is_enough(ask: Ask) -> None:
    ask("二级要多少存款")
    assert "2.5亿元" in ask("换成高级呢")["text"]
    assert "3000万美元" in ask("国际结算这条呢")["text"]
    assert "2000万美元" in ask("what about first grade?")["text"]
    assert {"art11.two.2.1.c", "art11.two.3.1.c"} <= set(ask("和二级比呢")["clauses"])


def test_a_refusal_in_between_changes_no_subject(ask: Ask) -> None:
    ask("二级要多少存款")
    assert ask("今天天气怎么样")["kind"] == "decline"
    assert "1.5亿元" in ask("一级呢")["text"]


def test_a_new_subject_takes_the_old_ones_place(ask: Ask) -> None:
    ask("二级要多少存款")
    ask("一级每月报销多少")
    assert "300元" in ask("高级呢")["text"]


@pytest.mark.parametrize(("minutes", "remembered"), [(30, True), (30.1, False)])
def test_it_lasts_half_an_hour_by_our_clock(ask: Ask, minutes: float, remembered: bool) -> None:
    ask("二级要多少存款")
    assert (ask("那贷款呢", minutes=minutes)["clauses"] == ask("二级要多少贷款", thread=None)["clauses"]) is remembered


def test_another_in_the_thread_inherits_nothing(ask: Ask) -> None:
    ask("二级要多少存款")
    assert ask("换成高级呢", who="1002")["clauses"] == ask("换成高级呢", who="1002", thread=None)["clauses"]


def test_a_stranger_named_after_ones_own_standing_is_not_answered_with_it(ask: Ask) -> None:
    own = ask("我离二级还差多少")["text"]
    told = ask("鲜于洁离二级还差多少")
    assert told["kind"] in ("decline", "denied")
    assert told["text"] != own and "差" not in told["text"]


def test_another_conversation_of_the_same_person_knows_nothing_of_it(ask: Ask) -> None:
    ask("二级要多少存款")
    assert ask("换成高级呢", thread="other")["clauses"] == ask("换成高级呢", thread=None)["clauses"]


def test_a_follow_up_on_somebody_is_checked_for_whoever_asks_it(ask: Ask, database_url: str) -> None:
    load(database_url)
    assert ask("李强离二级还差多少", who="1020", thread="s")["kind"] in ("progress", "denied")
    supervisor = supervisor_of(database_url, "李强")
    assert ask("李强离二级还差多少", who=supervisor)["kind"] == "progress"
    assert ask("一级呢", who=supervisor)["kind"] == "progress"
    assert ask("一级呢", who="1002")["kind"] == "answer"
    assert ask("李强离二级还差多少", who="1002")["kind"] == "denied"
    assert ask("一级呢", who="1002")["kind"] == "denied"


def test_a_memory_holds_keys_and_no_figure(ask: Ask, database_url: str) -> None:
    ask("二级8000万存款够吗,贷款2亿呢")
    store = Store(database_url)
    with store.talk_engine.connect() as connection:
        rows = connection.execute(text("SELECT subject, slots FROM conversations")).all()
    store.close()
    assert len(rows) == 1
    assert figures(" ".join(rows[0])) == set()


def load(database_url: str) -> None:
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(BEGINS))
    load_branch(parts)
    parts.store.close()


def supervisor_of(database_url: str, name: str) -> str:
    store = Store(database_url)
    with store.read() as view:
        found = next(person.supervisor for person in view.people.everyone() if person.name == name)
    store.close()
    assert found
    return found
