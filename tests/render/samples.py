"""Standings made by hand for the rendering's tests: clients in, a judged standing out, no store between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.domain.judge import Facts
from bot.domain.ledger import Fault, Figures, LedgerState, ManagedClient
from bot.domain.measures import FloorSums, LoanShare, Measures, break_down
from bot.domain.people import Education, Exam, Person, Title
from bot.domain.period import Period
from bot.domain.rulebook import Ban, Measure, Rulebook
from bot.domain.standing import Standing, judge_standing
from bot.loading.rulebooks import load_shelf
from bot.loading.training import load_training
from bot.render import session_feedback, training, training_sessions
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.outcomes import BreakdownShown, StandingShown

ROOT = Path(__file__).parents[2]
WORDS = Words(ROOT / "templates")
RENDERER = Renderer(WORDS)
training.register(RENDERER)
training_sessions.register(RENDERER)
session_feedback.register(RENDERER)
PLANS = load_training()
RULEBOOK: Rulebook = load_shelf().on(date(2026, 9, 30))
PERIOD = Period.parse("2026Q3")
WAN = 1_000_000
"""分 in one 万元, and cents in one 万美元."""

NO_LOANS = LoanShare()

LI = Person(
    id="1001",
    name="李强",
    grade="third",
    marketing_since=date(2024, 12, 18),
    education=Education.BACHELOR,
    title=Title.NONE,
    exam=Exam.PASSED,
    breach=False,
)


def client(
    number: str = "C001", name: str | None = "甲公司", share: int = 10_000, last: int | None = 0, **figures: int
) -> ManagedClient:
    """A client with nought in every figure that is not given. 分 and cents."""
    blank = dict.fromkeys(Figures.__slots__[3:-1], 0)
    row = Figures(as_of=PERIOD.as_of, client=number, client_name=name, **(blank | figures))
    return ManagedClient(figures=row, share=share, last_year_deposits=last, batch=3)


def standing(
    clients: Sequence[ManagedClient] = (),
    person: Person = LI,
    period: Period = PERIOD,
    state: LedgerState | None = None,
    faults: dict[Ban, int] | None = None,
    loans_then: LoanShare = NO_LOANS,
    rulebook: Rulebook = RULEBOOK,
) -> Standing:
    """The person judged over these clients."""
    state = state or LedgerState(period.as_of, True, True, "7.1", 3)
    measures = Measures(
        manager=person.id,
        floors={floor: _over(floor, clients) for floor in rulebook.floors()} if clients else {},
        loans_now=LoanShare(
            sum(c.figures.loan_normal * c.share for c in clients), sum(c.figures.all_loans * c.share for c in clients)
        ),
        loans_then=loans_then,
        faults=faults or {},
    )
    return judge_standing(rulebook, Facts(person, period, state, measures))


def _over(floor: int, clients: Sequence[ManagedClient]) -> FloorSums:
    counted = [c for c in clients if c.figures.deposit_avg >= floor]
    return FloorSums(
        counted=len(counted),
        excluded=len(clients) - len(counted),
        sums={m: _sum(m, counted) for m in Measure},
        largest={m: max((_part(m, c) for c in counted), default=0) for m in Measure},
    )


def _part(measure: Measure, one: ManagedClient) -> int:
    row = one.figures
    whole = {
        Measure.DEPOSITS: row.deposit_avg,
        Measure.NET_DEPOSITS: row.deposit_avg - row.agreement_avg,
        Measure.LOANS: row.loan_avg,
        Measure.SETTLEMENT: row.settlement_usd,
        Measure.NEW_DEPOSITS: row.deposit_avg - (one.last_year_deposits or 0),
    }[measure]
    return whole * one.share


def _sum(measure: Measure, clients: Sequence[ManagedClient]) -> int:
    return sum(_part(measure, one) for one in clients)


def card(shown: Standing, grade: str = "second", own: bool = True, faults: tuple[Fault, ...] = ()) -> StandingShown:
    return StandingShown(standing=shown, focus=shown.grades[grade], own=own, faults=faults)


def breakdown(
    shown: Standing,
    clients: Sequence[ManagedClient],
    key: str = "second.a",
    own: bool = True,
    left_out_only: bool = False,
) -> BreakdownShown:
    """The figure of one rule of the standing."""
    for grade in shown.grades.values():
        for finding in (*grade.indicators.parts, grade.pass_line):
            if finding.rule.key == key:
                return BreakdownShown(
                    standing=shown,
                    grade=grade,
                    finding=finding,
                    breakdown=break_down(finding.rule, clients),
                    own=own,
                    left_out_only=left_out_only,
                )
    raise KeyError(key)


def usual() -> list[ManagedClient]:
    """6,900万元 of net deposits for second grade, one client a 分 under its floor."""
    return [
        client(
            "C001",
            "甲公司",
            deposit_avg=3600 * WAN,
            agreement_avg=500 * WAN,
            loan_avg=2000 * WAN,
            loan_normal=2000 * WAN,
            last=3000 * WAN,
        ),
        client("C002", "乙公司", deposit_avg=4000 * WAN, share=6000, settlement_usd=100 * WAN, last=3500 * WAN),
        client("C003", "丙公司", deposit_avg=1400 * WAN, last=None),
        client("C004", "丁公司", deposit_avg=100 * WAN - 1, loan_avg=7000 * WAN, last=0),
    ]


def trainee(**changes: object) -> Person:
    return replace(LI, grade="trainee", probation_since=date(2026, 3, 2), marketing_since=date(2026, 3, 2), **changes)
