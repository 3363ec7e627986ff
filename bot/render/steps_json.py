"""The next steps as JSON (`ladder standing … --json`): the same names as `progress`, exact decimals as strings.

Where a figure is a quotient that does not end (a balance over the days left), it is rounded to a 分: what must be
raised up, what is reached down.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from bot.domain.cliffs import Cliff
from bot.domain.judge import AmountFinding, Finding, GradeFinding
from bot.domain.least_raise import LeastRaise
from bot.domain.money import decimal_text
from bot.domain.routes import Need, Route
from bot.domain.two_dates import ChangedField
from bot.domain.what_if import Change
from bot.render.progress_json import grade_line
from bot.services.early_warnings import EarlyWarning
from bot.services.next_step_outcomes import (
    BalanceLine,
    BalanceShown,
    CliffsShown,
    Correction,
    ForecastLine,
    ForecastShown,
    NextStep,
    OtherRules,
    RoutesShown,
    SupposedShown,
    TwoDatesShown,
    WhyNotShown,
)

Line = dict[str, Any]


def step_line(outcome: NextStep) -> Line:
    """One line of JSON. KeyError for a kind of step that has none."""
    standing = outcome.standing
    return {
        "manager": standing.person.id,
        "as_of": standing.period.as_of.isoformat(),
        "period": str(standing.period),
        "rulebook": standing.rulebook.version,
        "batch": standing.state.batch,
        "grade": outcome.grade.grade.key,
        "met": outcome.grade.verdict.as_bool,
        **_OF[type(outcome)](outcome),
        "clauses": list(outcome.clauses),
    }


def warning_line(one: EarlyWarning) -> Line:
    """One person who newly falls below something of the grade held."""
    standing = one.standing
    return {
        "manager": standing.person.id,
        "as_of": standing.period.as_of.isoformat(),
        "batch": standing.state.batch,
        "grade": standing.person.grade,
        "crossed": [_finding(found) for found in one.crossed],
        "clauses": list(dict.fromkeys(found.rule.clause for found in one.crossed)),
    }


def _why(outcome: WhyNotShown) -> Line:
    why = outcome.why
    return {
        "fewest": [_finding(found) for found in why.fewest],
        "waiting": [found.rule.key for found in why.waiting],
        "but_for": why.but_for.rule.key if why.but_for else None,
        "smallest": [{"rule": need.finding.rule.key, **_least(need.least)} for need in why.needs],
        "to_normal": _exact(why.to_normal),
    }


def _routes(outcome: RoutesShown) -> Line:
    plan = outcome.plan
    return {
        "needed": outcome.grade.indicators.rule.needed,
        "routes": [_route(route) for route in plan.routes],
        "folded": plan.folded,
        "pass_line": _need(plan.pass_line) if plan.pass_line else None,
        "beside": [_finding(found) for found in plan.beside],
        "full_on": plan.full_on.full_on.isoformat() if plan.full_on and plan.full_on.full_on else None,
    }


def _cliffs(outcome: CliffsShown) -> Line:
    return {
        "floor": _exact(outcome.grade.grade.floor.amount.minor),
        "below": [line.figures.client for line in outcome.below],
        "cliffs": [_cliff(cliff) for cliff in outcome.cliffs],
    }


def _cliff(cliff: Cliff) -> Line:
    return {
        "client": cliff.client.figures.client,
        "name": cliff.client.name,
        "deposits": _exact(cliff.client.figures.deposit_avg),
        "lift": _exact(cliff.lift),
        "gains": {key: _exact(gain) for key, gain in cliff.gains.items()},
    }


def _balance(outcome: BalanceShown) -> Line:
    return {"amount": _exact(outcome.amount), "lines": [_balance_line(line) for line in outcome.lines]}


def _balance_line(line: BalanceLine) -> Line:
    gap = line.gap
    return {
        "rule": line.finding.rule.key,
        "average": _down(gap.average),
        "balance": _down(gap.balance),
        "assumed": gap.assumed,
        "bound": _down(gap.bound),
        "days_gone": gap.days_gone,
        "days_left": gap.days_left,
        "year_average": _down(gap.year_average),
        "missing": _up(gap.missing),
        "since": line.since.isoformat(),
        "to_raise": _up(line.to_raise),
        "last_day": line.last_day.isoformat() if line.last_day else None,
    }


def _forecast(outcome: ForecastShown) -> Line:
    return {"promise": False, "lines": [_forecast_line(line) for line in outcome.lines]}


def _forecast_line(line: ForecastLine) -> Line:
    found = line.forecast
    days = {name: getattr(found, name) for name in ("likely", "earliest", "latest")}
    return {
        "rule": line.finding.rule.key,
        "full_quarters": line.quarters,
        "forecast": {
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "slope": _down(found.slope),
            "quarters": {quarter.end.isoformat(): _down(quarter.average) for quarter in found.quarters},
        }
        if found
        else None,
    }


def _what_if(outcome: SupposedShown) -> Line:
    return {
        "changes": [_change(change) for change in outcome.changes],
        "new_clients": list(outcome.new_clients),
        "before": {"proposed": outcome.supposed.before.proposed, **grade_line(outcome.grade)},
        "after": {"proposed": outcome.supposed.after.proposed, **grade_line(outcome.after)},
        "saved": False,
    }


def _change(change: Change) -> Line:
    return {
        "client": change.client,
        "measure": str(change.measure),
        "amount": _exact(change.amount),
        "becomes": change.becomes,
        "since": change.since.isoformat() if change.since else None,
    }


def _two_dates(outcome: TwoDatesShown) -> Line:
    return {
        "known": {
            "batch": outcome.known.number if outcome.known else None,
            "on": outcome.known_on.isoformat() if outcome.known_on else None,
            "first": outcome.later_than_asked,
        },
        "then": {"proposed": outcome.then.proposed, **grade_line(outcome.grade_then)},
        "now": {"proposed": outcome.standing.proposed, **grade_line(outcome.grade)},
        "corrections": [_correction(one) for one in outcome.corrections],
    }


def _correction(one: Correction) -> Line:
    return {
        "batch": one.batch.number,
        "on": one.on.isoformat(),
        "undoes": one.batch.undoes,
        "clients": [_field(field) for field in one.clients],
        "facts": list(one.facts),
        "rate": one.rate,
        "after": _amounts(one.after),
    }


def _field(field: ChangedField) -> Line:
    of_amount = field.field != "share"
    before, after = (_exact(v) if of_amount else v for v in (field.before, field.after))
    return {"client": field.number, "field": field.field, "before": before, "after": after}


def _other_rules(outcome: OtherRules) -> Line:
    return {
        "other_rulebook": outcome.other.rulebook.version,
        "there": {"proposed": outcome.other.proposed, **grade_line(outcome.grade_there)},
        "here": {"proposed": outcome.standing.proposed, **grade_line(outcome.grade)},
    }


def _amounts(grade: GradeFinding) -> Line:
    return {part.rule.name: _exact(part.value) for part in (*grade.indicators.parts, grade.pass_line)}


def _finding(found: Finding) -> Line:
    line: Line = {"rule": found.rule.key, "met": found.verdict.as_bool}
    if isinstance(found, AmountFinding):
        return {**line, "value": _exact(found.value), "gap": _exact(found.gap)}
    return line


def _route(route: Route) -> Line:
    return {
        "parts": [part.rule.name for part in route.parts],
        "effort": _ratio(route.effort),
        "needs": [_need(need) for need in route.needs],
        "waiting": [part.rule.name for part in route.waiting],
    }


def _ratio(ratio: Fraction) -> str:
    """Six decimals, half up, by whole numbers."""
    millionths = (ratio.numerator * 2_000_000 + ratio.denominator) // (2 * ratio.denominator)
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06}"


def _need(need: Need) -> Line:
    return {
        "rule": need.finding.rule.key,
        "gap": _exact(need.gap),
        "single_gap": _exact(need.single_gap),
        **_least(need.least),
    }


def _least(least: LeastRaise) -> Line:
    lifts: Iterable[Line] = (
        {"client": lift.client.figures.client if lift.client else None, "by": _exact(lift.by)} for lift in least.lifts
    )
    return {"lifts": list(lifts), "direct": _exact(least.direct), "total": _exact(least.total), "exact": least.exact}


def _exact(minor: Fraction | int | None) -> str | None:
    return None if minor is None else decimal_text(minor)


def _up(minor: Fraction | None) -> str | None:
    return None if minor is None else decimal_text(-(-minor.numerator // minor.denominator))


def _down(minor: Fraction) -> str:
    return decimal_text(minor.numerator // minor.denominator)


_OF: dict[type[NextStep], Callable[[Any], Line]] = {
    WhyNotShown: _why,
    RoutesShown: _routes,
    CliffsShown: _cliffs,
    BalanceShown: _balance,
    ForecastShown: _forecast,
    SupposedShown: _what_if,
    TwoDatesShown: _two_dates,
    OtherRules: _other_rules,
}
