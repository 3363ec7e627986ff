"""Answers on a next step, of the clients that the other samples have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import partial

from bot.domain.balance import BalanceGap
from bot.domain.cliffs import cliffs
from bot.domain.forecast import forecast
from bot.domain.judge import Facts
from bot.domain.measures import LoanShare, Measures
from bot.domain.routes import plan_routes
from bot.domain.rulebook import Measure
from bot.domain.tally import tally
from bot.domain.two_dates import changed_clients
from bot.domain.what_if import Change, suppose
from bot.domain.why_not import explain_why_not
from bot.services.next_step_outcomes import (
    BalanceLine,
    BalanceShown,
    CliffsShown,
    Correction,
    ForecastLine,
    ForecastShown,
    NotRead,
    OtherRules,
    RoutesShown,
    SupposedShown,
    TakesTooMuch,
    TwoDatesShown,
    WhyNotShown,
)
from bot.services.outcomes import Outcome
from bot.services.ports import Batch
from tests.render.samples import LI, PERIOD, RULEBOOK, WAN, standing, usual

_ENDS = [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]


def _why(grade: str, **facts: object) -> Outcome:
    shown = standing(usual(), loans_then=LoanShare(9, 10), **facts)
    found = shown.grades[grade]
    return WhyNotShown(standing=shown, grade=found, own=True, why=explain_why_not(found, usual()))


def _routes(grade: str) -> Outcome:
    shown = standing(usual(), loans_then=LoanShare(9, 10))
    found = shown.grades[grade]
    return RoutesShown(standing=shown, grade=found, own=False, plan=plan_routes(found, usual()))


def _cliffs(grade: str) -> Outcome:
    shown = standing(usual())
    found = shown.grades[grade]
    below = tuple(line for line in usual() if line.figures.deposit_avg < found.grade.floor.amount.minor)
    return CliffsShown(
        standing=shown, grade=found, own=True, cliffs=cliffs(found.grade, usual(), Fraction(7)), below=below
    )


def _balance() -> Outcome:
    shown = standing(usual())
    found = shown.grades["second"]
    part = found.indicators.parts[0]
    gap = BalanceGap(
        as_of=PERIOD.as_of,
        average=Fraction(6900 * WAN),
        balance=Fraction(7100 * WAN),
        assumed=False,
        bound=Fraction(7500 * WAN),
    )
    since = gap.next_day
    line = BalanceLine(
        finding=part, gap=gap, since=since, to_raise=gap.to_raise(since), last_day=gap.last_day(6300 * WAN)
    )
    return BalanceShown(
        standing=shown, grade=found, own=True, lines=(line,), amount=6300 * WAN, later=date(2026, 11, 30)
    )


def _forecast(quarters: int) -> Outcome:
    shown = standing(usual())
    found = shown.grades["second"]
    figures = {end: Fraction(n * 800 * WAN) for n, end in enumerate(_ENDS[-quarters:], start=5)}
    line = ForecastLine(
        finding=found.indicators.parts[0], forecast=forecast(figures, Fraction(9000 * WAN)), quarters=quarters - 1
    )
    return ForecastShown(standing=shown, grade=found, own=True, lines=(line,))


def _supposed() -> Outcome:
    shown = standing(usual(), loans_then=LoanShare(9, 10))
    changes = [
        Change(client="C003", measure=Measure.DEPOSITS, amount=700 * WAN),
        Change(client="戊公司", measure=Measure.LOANS, amount=100 * WAN),
        Change(client="C002", measure=Measure.DEPOSITS, amount=365 * WAN, since=date(2026, 12, 1)),
    ]
    measures = tally(usual(), RULEBOOK.floors(), Measures("1001", loans_then=LoanShare(9, 10)))
    supposed = suppose(RULEBOOK, Facts(LI, PERIOD, shown.state, measures), usual(), changes)
    return SupposedShown(
        standing=shown,
        grade=supposed.before.grades["second"],
        own=True,
        supposed=supposed,
        after=supposed.after.grades["second"],
        changes=tuple(changes),
        new_clients=("戊公司",),
    )


def _too_much() -> Outcome:
    shown = standing(usual())
    return TakesTooMuch(standing=shown, grade=shown.grades["second"], own=True, client="<!here>甲公司")


def _not_read(what: str) -> Outcome:
    shown = standing(usual())
    return NotRead(standing=shown, grade=shown.grades["second"], own=True, what=what)


def _batch(number: int, undoes: int | None = None) -> Batch:
    at = datetime(2026, 10, 3 + number, 2, tzinfo=UTC)
    return Batch(number=number, at=at, actor="吴芳", files=("台账.xlsx",), rows={"figures": 1}, undoes=undoes)


def _two_dates(*, corrected: bool) -> Outcome:
    """甲公司 200万 more by a second batch, a rate by a third; nothing since without them."""
    now = standing(usual(), loans_then=LoanShare(9, 10))
    line = usual()[0]
    less = replace(line.figures, deposit_avg=line.figures.deposit_avg - 200 * WAN)
    before = [replace(line, figures=less), *usual()[1:]]
    then = standing(before, loans_then=LoanShare(9, 10)) if corrected else now
    first, second = then.grades["second"], now.grades["second"]
    corrections = (
        Correction(
            batch=_batch(2),
            on=date(2026, 10, 5),
            before=first,
            after=second,
            clients=(*changed_clients(before, usual()), *changed_clients([], before[1:2])),
            facts=("exam",),
            rate=False,
        ),
        Correction(
            batch=_batch(3, undoes=1),
            on=date(2026, 10, 6),
            before=second,
            after=second,
            clients=(),
            facts=(),
            rate=True,
        ),
    )
    return TwoDatesShown(
        standing=now,
        grade=second,
        own=corrected,
        then=then,
        grade_then=first,
        known=_batch(1),
        known_on=date(2026, 10, 4),
        later_than_asked=corrected,
        corrections=corrections if corrected else (),
    )


def _other_rules() -> Outcome:
    shown = standing(usual(), loans_then=LoanShare(9, 10))
    return OtherRules(
        standing=shown, grade=shown.grades["second"], own=True, other=shown, grade_there=shown.grades["second"]
    )


NEXT_STEPS: dict[str, Callable[[], Outcome]] = {
    "why_not": lambda: _why("second"),
    "why_not_met": lambda: _why("third"),
    "routes": lambda: _routes("first"),
    "routes_met": lambda: _routes("third"),
    "cliffs": lambda: _cliffs("second"),
    "cliffs_none": lambda: _cliffs("fourth"),
    "balance": _balance,
    "forecast": lambda: _forecast(5),
    "forecast_too_few": lambda: _forecast(3),
    "what_if": _supposed,
    "too_much": _too_much,
    **{f"not_read_{what}": partial(_not_read, what) for what in ("amount", "day", "year", "clients")},
    "two_dates": lambda: _two_dates(corrected=True),
    "two_dates_as_before": lambda: _two_dates(corrected=False),
    "other_rules": _other_rules,
}
