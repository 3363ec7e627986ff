"""Answers on a next step: `templates/next_steps/`. The first block names no figure, since notifications show it."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.domain.judge import AmountFinding, Finding, GradeFinding, TenureFinding
from bot.domain.money import Currency
from bot.domain.routes import Need, Route
from bot.domain.rulebook import AmountRule, Measure
from bot.domain.verdict import Verdict
from bot.domain.what_if import Change
from bot.render.blocks import Block, context, section
from bot.render.charts import trend
from bot.render.conditions import PASS_LINE, Wording
from bot.render.message import Message
from bot.render.words import Words
from bot.services.next_step_outcomes import (
    BalanceShown,
    CliffsShown,
    ForecastShown,
    NextStep,
    NotRead,
    RoutesShown,
    SupposedShown,
    TakesTooMuch,
    WhyNotShown,
)
from bot.services.outcomes import Outcome

_MOST_CLIFFS = 8


def render_why_not(words: Words, outcome: WhyNotShown) -> Message:
    """The fewest conditions, their smallest changes, and each condition in full."""
    why, wording = outcome.why, wording_of(words, outcome)
    return next_step(
        words,
        outcome,
        "why_not",
        ("title", "answer", "smallest", "details"),
        holds=why.holds,
        gaps=[wording.gap(leaf) for leaf in why.fewest],
        waiting=[wording.gap(f) for f in _open_leaves(outcome.grade)],
        but_for=_but_for(words, wording, why.but_for) if why.but_for else None,
        needs=why.needs,
        to_normal=why.to_normal,
        broken=outcome.grade.quality is not None and outcome.grade.quality.broken,
        full=[wording.full(leaf) for leaf in why.fewest],
    )


def _but_for(words: Words, wording: Wording, finding: Finding) -> str:
    """The indicators as a whole, or the one condition by its name."""
    if finding.rule.name == "indicators":
        return words.slot("next_steps/why_not", "indicators")
    return wording.gap(finding)


def render_routes(words: Words, outcome: RoutesShown) -> Message:
    """Every route, cheapest first, and what all of them need besides."""
    plan, wording = outcome.plan, wording_of(words, outcome)
    return next_step(
        words,
        outcome,
        "routes",
        ("title", "answer", "routes", "beside"),
        plan=plan,
        holds=outcome.grade.verdict is Verdict.MET,
        routes=[route_words(words, route) for route in plan.routes],
        gaps=[wording.gap(finding) for finding in plan.beside],
        pass_line=_lacks(words, plan.pass_line, PASS_LINE) if plan.pass_line else None,
        beside=[wording.full(finding) for finding in plan.beside],
        full_on=plan.full_on.full_on if plan.full_on else None,
    )


def route_words(words: Words, route: Route) -> dict[str, Any]:
    """A route's parts, what each lacks and what it waits for."""
    return {
        "parts": [words.word(part.rule.measure, "short_label") for part in route.parts],
        "lacks": [_lacks(words, need, need.finding.rule.measure) for need in route.needs],
        "waiting": [words.slot("next_steps/need", "waiting", label=part.rule.measure) for part in route.waiting],
        "twice": route.one_deposit_counts_twice,
    }


def _lacks(words: Words, need: Need, label: str) -> str:
    return words.slot("next_steps/need", "lacks", need=need, label=label)


def render_cliffs(words: Words, outcome: CliffsShown) -> Message:
    """The clients below the floor, the most for the least first."""
    grade = outcome.grade.grade
    rules = [rule for rule in grade.amount_rules if rule.floor.amount == grade.floor.amount]
    return next_step(
        words,
        outcome,
        "cliffs",
        ("title", "answer", "lines"),
        cliffs=outcome.cliffs,
        below=outcome.below,
        rules=rules,
        most=_MOST_CLIFFS,
    )


def render_balance(words: Words, outcome: BalanceShown) -> Message:
    """What must lie there, condition by condition."""
    return next_step(
        words,
        outcome,
        "balance",
        ("title", "answer", "lines"),
        lines=outcome.lines,
        labels=[words.word(label_of(line.finding.rule), "label") for line in outcome.lines],
        has_figures=outcome.standing.state.has_figures,
        amount=outcome.amount,
        later=outcome.later,
    )


def render_forecast(words: Words, outcome: ForecastShown) -> Message:
    """When, by which quarters, how sure, and that it is no promise."""
    known = [line for line in outcome.lines if line.forecast]
    tenures = (f for f in outcome.grade.conditions if isinstance(f, TenureFinding) and f.verdict is Verdict.FAILED)
    tenure = next(tenures, None)
    return next_step(
        words,
        outcome,
        "forecast",
        ("title", "answer", "lines", "tenure"),
        lines=outcome.lines,
        known=known,
        labels=[words.word(label_of(line.finding.rule), "short_label") for line in known],
        full_on=tenure.full_on if tenure else None,
        drawn=trend(words, outcome.lines),
    )


def render_supposed(words: Words, outcome: SupposedShown) -> Message:
    """Before and after by condition and grade, what changed in bold."""
    before, after = outcome.grade, outcome.after
    rulebook = outcome.standing.rulebook

    def named(key: str | None) -> str:
        return rulebook.grade(key).short_name if key else words.slot("next_steps/what_if", "no_grade")

    pairs = zip(amounts_of(before), amounts_of(after), strict=True)
    return next_step(
        words,
        outcome,
        "what_if",
        ("title", "answer", "understood", "rows"),
        before=before.verdict,
        after=after.verdict,
        named_before=named(outcome.supposed.before.proposed),
        named_after=named(outcome.supposed.after.proposed),
        changes=[_change(words, outcome, change) for change in outcome.changes],
        rows=[amount_row(words, *pair) for pair in pairs],
    )


def render_too_much(words: Words, outcome: TakesTooMuch) -> Message:
    """That the client has less than would go."""
    return next_step(words, outcome, "too_much", ("title", "answer"), client=outcome.client, number=outcome.number)


def render_not_read(words: Words, outcome: NotRead) -> Message:
    """What was not read, and how to write it."""
    return next_step(words, outcome, "not_read", ("title", "answer"), what=outcome.what)


def _change(words: Words, outcome: SupposedShown, change: Change) -> dict[str, Any]:
    new = change.client in outcome.new_clients
    line = next((c.after for c in outcome.supposed.changed if c.after.figures.client == change.client), None)
    return {
        "client": change.client if new or not line else line,
        "new": new,
        "label": words.word(change.measure, "short_label"),
        "amount": change.amount,
        "size": abs(change.amount),
        "becomes": change.becomes,
        "since": change.since,
        "average": abs(change.delta_of_average),
        "is_average": change.measure is not Measure.SETTLEMENT,
        "unit": Currency.USD if change.measure is Measure.SETTLEMENT else Currency.CNY,
    }


def amount_row(words: Words, before: AmountFinding, after: AmountFinding) -> dict[str, Any]:
    """One sum beside its bound, then and now."""
    now, then = (words.slot("next_steps/value", "value", found=found) for found in (after, before))
    return {
        "label": words.word(label_of(after.rule), "short_label"),
        "mark": words.word(after.verdict, "mark"),
        "before": then,
        "after": now,
        "changed": now != then,
    }


def amounts_of(grade: GradeFinding) -> tuple[AmountFinding, ...]:
    """The indicators, and the pass line."""
    return (*grade.indicators.parts, grade.pass_line)


def label_of(rule: AmountRule) -> str:
    """The key of its word: the pass line's own, else the measure's."""
    return PASS_LINE if rule.name == PASS_LINE else rule.measure


def _open_leaves(grade: GradeFinding) -> Iterable[Finding]:
    """What waits: of the indicators, the parts."""
    for finding in grade.findings:
        if finding.verdict is Verdict.OPEN and finding.decides:
            if finding is grade.indicators:
                yield from (part for part in grade.indicators.parts if part.verdict is Verdict.OPEN)
            else:
                yield finding


def wording_of(words: Words, outcome: NextStep) -> Wording:
    """Words for the findings about the grade asked for."""
    return Wording(words, outcome.standing.person, outcome.grade.pass_line, ())


def next_step(
    words: Words, outcome: NextStep, template: str, shown: tuple[str, ...], drawn: Iterable[Block] = (), **values: Any
) -> Message:
    """The slots in order; then the method where the template names one, the clauses, and where the figures are from."""
    standing = outcome.standing
    common = {
        "own": outcome.own,
        "person": standing.person,
        "period": standing.period,
        "rulebook": standing.rulebook,
        "grade": outcome.grade.grade,
        "batch": standing.state.batch,
        "clauses": [standing.rulebook.clauses[clause].label for clause in outcome.clauses],
    }
    slots = words.slots(f"next_steps/{template}", **common, **values)
    ends = words.slots("next_steps/common", **common)
    method = slots.get("method") or slots.get("note") or ""
    return Message.of(
        slots["title"],
        *(section(slots[name]) for name in shown),
        drawn,
        context(method, ends["basis"], ends["source"]),
    )


RENDERINGS: dict[type[Outcome], Callable[[Words, Any], Message]] = {
    WhyNotShown: render_why_not,
    RoutesShown: render_routes,
    CliffsShown: render_cliffs,
    BalanceShown: render_balance,
    ForecastShown: render_forecast,
    SupposedShown: render_supposed,
    TakesTooMuch: render_too_much,
    NotRead: render_not_read,
}
