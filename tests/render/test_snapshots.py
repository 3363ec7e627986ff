"""Every message as people read it, kept as text: a change of words is seen in the diff.

`LADDER_UPDATE_SNAPSHOTS=1 pytest tests/render` writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.kept_question import KeptQuestion
from bot.domain.ledger import Fault, LedgerState
from bot.domain.measures import LoanShare
from bot.domain.outbox import Entry, State
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.reminders import Occasion
from bot.domain.routes import plan_routes
from bot.domain.rulebook import Ban
from bot.domain.training_sessions import Session
from bot.render.message import Message
from bot.services.home_view import Branch, HomeView, Waits
from bot.services.outcomes import Clarify, ClarifyInPrivate, Declined, Denied, Helped, NoGrade, Outcome
from bot.services.ports import Batch
from bot.services.quarter_reminder import QuarterReminded, tone_of
from bot.services.question_desk import QuestionSettled, QuestionsListed
from bot.services.reminder_review import Coming, ReminderDecided, RemindersListed, Row
from bot.services.seen_by import Look
from bot.services.standings import focus_of
from bot.services.team import TeamRow, TeamShown, situation_of
from tests.render import import_samples
from tests.render.appraisal_samples import APPRAISALS
from tests.render.appraisal_step_samples import STEPS
from tests.render.judges import judge, judge_home
from tests.render.next_steps import NEXT_STEPS
from tests.render.samples import (
    LI,
    PERIOD,
    RENDERER,
    RULEBOOK,
    WAN,
    breakdown,
    card,
    client,
    standing,
    trainee,
    usual,
)
from tests.render.session_samples import SESSIONS
from tests.render.training_samples import TRAINING

FOLDER = Path(__file__).parent / "snapshots"
ROSE = LoanShare(9, 10)
NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)
EMPTY = LedgerState(PERIOD.as_of, False, False, None, None)
NO_LAST_YEAR = LedgerState(PERIOD.as_of, True, False, None, 3)
NO_RATE = LedgerState(PERIOD.as_of, True, True, None, 3)
OVERDUE = Fault(date(2026, 6, 30), "C002", "乙公司", 0, 120 * WAN, 0)
CLAUSES = tuple(RULEBOOK.clauses[c] for c in ("art11.two.4.1.a", "art11.two.3.1.b"))

KEPT = KeptQuestion(
    number=7,
    key="message:T1:D1:1.2",
    at=datetime(2026, 10, 9, 9, tzinfo=UTC),
    asker="1001",
    team="T1",
    user="U1",
    text="▢的<!here>门道",
    reason="not_found",
)


def rich() -> list:
    """Two indicators of first grade met, with a bad loan."""
    return [
        client("C001", "甲公司", deposit_avg=16_200 * WAN, last=10_000 * WAN, settlement_usd=2100 * WAN),
        client("C002", "乙公司", deposit_avg=400 * WAN, loan_normal=980 * WAN, loan_loss=20 * WAN, last=400 * WAN),
    ]


def failing() -> Outcome:
    shown = standing(
        rich(), faults={Ban.BAD_LOANS: 20 * WAN, Ban.OVERDUE_INTEREST: 120 * WAN}, loans_then=LoanShare(99, 100)
    )
    bad = Fault(date(2026, 9, 30), "C002", "乙公司", 20 * WAN, 0, 0)
    return card(shown, "first", faults=(OVERDUE, bad))


def annual() -> Outcome:
    person = replace(LI, grade="first", marketing_since=date(2020, 1, 1))
    period = Period.parse("2026")
    return card(standing(rich(), person, period, LedgerState(period.as_of, True, True, "7.1", 9)), "senior")


def unknown_person() -> Outcome:
    return card(standing([], Person(id="7", name="新人"), state=EMPTY), "second", own=False)


def later_trainee() -> Outcome:
    return card(standing(usual(), trainee(), loans_then=ROSE), "second")


def one_fen() -> Outcome:
    nearly = [client(deposit_avg=7500 * WAN - 1, last=7000 * WAN)]
    return card(standing(nearly))


def team(whole: bool) -> Outcome:
    """One who is on the way, one whose grade is lost, one of whom nothing is known."""
    people = [
        (standing(usual(), loans_then=ROSE), "second"),
        (standing([], replace(LI, id="1002", name="赵一")), "third"),
        (standing([], Person(id="1003", name="新人", grade="fourth"), state=EMPTY), "fourth"),
    ]
    rows = [(shown, shown.grades[focus]) for shown, focus in people]
    return TeamShown(
        rows=tuple(TeamRow(standing=s, focus=f, situation=situation_of(s, f)) for s, f in rows),
        period=PERIOD,
        rulebook=RULEBOOK,
        whole=whole,
    )


def quarter(person: Person = LI, clients: list | None = None) -> Outcome:
    """Ten workdays before the end of the quarter after the figures'."""
    shown = standing(usual() if clients is None else clients, person, loans_then=ROSE)
    focus = focus_of(shown, None)
    plan = plan_routes(focus, usual() if clients is None else clients)
    tone = tone_of(shown, focus, plan)
    period = Period.parse("2026Q4")
    return QuarterReminded(number=7, period=period, workdays_left=10, tone=tone, standing=shown, focus=focus, plan=plan)


def reminders() -> RemindersListed:
    """One row that went astray, one sent, one waiting; and what comes next."""
    at = datetime(2026, 12, 17, 9, tzinfo=UTC)
    key = {"kind": "quarter_standing", "period": "2026Q4", "occurrence": "10d", "due_at": at, "expires_at": at}
    row = Entry(**key, person="1001", number=7, state=State.FAILED, attempts=0, token=1, next_at=at, planned_at=at)
    entries = (
        replace(row, reason="undeliverable"),
        replace(row, number=8, state=State.SENT, sent_at=at, acted_at=at),
        replace(row, number=9, state=State.DUE),
    )
    return RemindersListed(
        rows=tuple(Row(entry=entry, name="<李强>", kind_name="季度进度") for entry in entries),
        counts={State.FAILED: 1, State.SENT: 1, State.DUE: 1},
        coming=(Coming(occasion=Occasion(**key), kind_name="季度进度", tones={"near": 3, "at_risk": 1}, nothing=2),),
    )


MESSAGES: dict[str, Callable[[], Outcome]] = {
    **import_samples.MESSAGES,
    **NEXT_STEPS,
    "standing_own": lambda: card(standing(usual(), loans_then=ROSE)),
    "standing_other": lambda: card(standing(usual(), loans_then=ROSE), "first", own=False),
    "standing_met": lambda: card(standing(usual(), loans_then=ROSE), "third"),
    "standing_quality_failed": failing,
    "standing_annual": annual,
    "standing_no_figures": unknown_person,
    "standing_no_last_year": lambda: card(standing(usual(), state=NO_LAST_YEAR)),
    "standing_fourth_without_rate": lambda: card(standing(usual(), state=NO_RATE, loans_then=ROSE), "fourth"),
    "standing_trainee": lambda: card(standing(usual(), trainee()), "trainee"),
    "standing_trainee_looks_up": later_trainee,
    "standing_one_fen_short": one_fen,
    "breakdown_deposits": lambda: breakdown(standing(usual()), usual()),
    "breakdown_new_deposits": lambda: breakdown(standing(usual()), usual(), "second.d", own=False),
    "breakdown_rate": lambda: breakdown(standing(usual()), usual(), "fourth.c"),
    "breakdown_without_rate": lambda: breakdown(standing(usual(), state=NO_RATE), usual(), "fourth.c"),
    "breakdown_no_last_year": lambda: breakdown(standing(usual(), state=NO_LAST_YEAR), usual(), "second.d"),
    "breakdown_no_figures": lambda: breakdown(standing([], state=EMPTY), []),
    "breakdown_pass_line": lambda: breakdown(standing(usual()), usual(), "second.pass_line"),
    "left_out": lambda: breakdown(standing(usual()), usual(), left_out_only=True),
    "left_out_none": lambda: breakdown(standing(usual()), usual(), "fourth.a", left_out_only=True),
    "team": lambda: team(whole=False),
    "team_whole_branch": lambda: team(whole=True),
    "no_grade": lambda: NoGrade(own=True),
    "no_grade_other": lambda: NoGrade(own=False),
    "reminders_listed": reminders,
    "reminder_again": lambda: ReminderDecided(row=reminders().rows[0], again=True),
    "reminder_gone": lambda: ReminderDecided(row=None, again=False),
    "quarter": quarter,
    **APPRAISALS,
    "quarter_near": lambda: quarter(clients=[client(deposit_avg=7400 * WAN, last=7000 * WAN)]),
    "quarter_at_risk": lambda: quarter(clients=[client(deposit_avg=900 * WAN, last=0)]),
    "help": lambda: Helped(linked=True),
    "help_hr": lambda: Helped(linked=True, hr=True, supervisor=True),
    "help_unlinked": lambda: Helped(linked=False),
    "denied": Denied,
    "denied_unlinked": lambda: Denied(unlinked=True),
    "declined": lambda: Declined(reason="silent", rulebook=RULEBOOK, nearest=CLAUSES, subject="未达在岗最低线的后果"),
    "declined_missing": lambda: Declined(
        reason="missing_clause", rulebook=RULEBOOK, nearest=(RULEBOOK.clauses["art13"],)
    ),
    "declined_off_topic": lambda: Declined(reason="off_topic", rulebook=RULEBOOK),
    "questions_listed": lambda: QuestionsListed(questions=(KEPT, replace(KEPT, number=8, state="handed_over"))),
    "questions_none": lambda: QuestionsListed(questions=()),
    "question_taught": lambda: QuestionSettled(question=KEPT, clause=CLAUSES[0]),
    "question_leaning": lambda: QuestionSettled(question=KEPT, clause=CLAUSES[0], leaning=True),
    "question_blotted": lambda: QuestionSettled(question=KEPT, clause=CLAUSES[0], blotted=True),
    "question_closed": lambda: QuestionSettled(question=KEPT),
    "question_gone": lambda: QuestionSettled(question=None),
    "clarify": lambda: Clarify(
        question="你问的是哪一项?", choices=("二级的存款要求", "二级的贷款要求", "二级的单户要求")
    ),
    "clarify_in_private": lambda: ClarifyInPrivate(
        question="哪一户?", choices=("如果甲公司再存100万呢",), clients=(("甲公司", "C1"),)
    ),
}

MESSAGES |= STEPS
MESSAGES |= TRAINING | SESSIONS

HOMES: dict[str, Callable[[], HomeView]] = {
    "home": lambda: _home(card(standing(usual(), loans_then=ROSE))),
    "home_hr_without_grade": lambda: HomeView(linked=True, name="周敏", as_of=PERIOD.as_of, hr=True, supervisor=True),
    "home_whole": lambda: replace(
        _home(card(standing(usual(), loans_then=ROSE))),
        plan=plan_routes(standing(usual(), loans_then=ROSE).grades["second"], usual()),
        session=Session(id="T1", topic="国际结算*新规*", day=date(2026, 10, 15), start="18:30", place="城东支行"),
        looks=(
            Look(at=NOON, who="周敏", what=("standing", "second.a"), times=3),
            Look(at=NOON, who="3001", what=("team",), times=1, purpose="季度考核"),
        ),
    ),
    "home_hr_branch": lambda: HomeView(
        linked=True,
        name="吴芳",
        as_of=PERIOD.as_of,
        hr=True,
        branch=Branch(
            batch=Batch(number=41, at=NOON, actor="3001", files=("台账.xlsx",), rows={}),
            runs=(("2026Q2", "finalised"), ("2026Q3", "open")),
            waits=(Waits("rate", 0), Waits("access", 2), Waits("questions", 7)),
        ),
    ),
    "home_without_figures": lambda: HomeView(linked=True, name="周敏"),
    "home_unlinked": lambda: HomeView(linked=False),
}


def _home(shown) -> HomeView:
    return HomeView(
        linked=True,
        name="李强",
        standing=shown.standing,
        focus=shown.focus,
        as_of=PERIOD.as_of,
        hints=("我离一级还差多少",),
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_reads_as_it_did(name: str) -> None:
    pages = RENDERER.pages(MESSAGES[name]())
    _compare(name, "\n\n".join(f"# {judge(page).text}\n{page.plain()}" for page in pages))


@pytest.mark.parametrize("name", HOMES)
def test_a_home_reads_as_it_did(name: str) -> None:
    _compare(name, judge_home(RENDERER.home(HOMES[name]())).plain())


def test_every_outcome_that_is_worded_has_a_snapshot_and_so_has_stood_before_the_judges() -> None:
    shown = {type(make()) for make in MESSAGES.values()}
    assert [kind.__name__ for kind in RENDERER.worded() if not any(issubclass(one, kind) for one in shown)] == []


def test_no_snapshot_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*MESSAGES, *HOMES}


def _compare(name: str, text: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("LADDER_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


def test_a_message_is_one_page_unless_it_is_long() -> None:
    assert isinstance(RENDERER.outcome(Denied()), Message)
    assert all(len(RENDERER.pages(make())) == 1 for make in MESSAGES.values())
