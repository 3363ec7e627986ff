"""Two states of one standing side by side: `templates/next_steps/{two_dates,other_rules}.j2`."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from bot.domain.judge import GradeFinding
from bot.domain.ledger import FULL_SHARE
from bot.domain.money import Currency
from bot.domain.two_dates import ChangedField
from bot.domain.verdict import Verdict
from bot.render import amounts
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.next_steps import amount_row, amounts_of, next_step
from bot.render.words import Words
from bot.services.next_step_outcomes import Correction, OtherRules, TwoDatesShown
from bot.services.outcomes import Outcome

_MOST_CHANGES = 6


def render_two_dates(words: Words, outcome: TwoDatesShown) -> Message:
    """What was known then, what is known now, and what each batch between them changed."""
    then, now = outcome.grade_then, outcome.grade
    pairs = zip(amounts_of(then), amounts_of(now), strict=True)
    known = outcome.known
    return next_step(
        words,
        outcome,
        "two_dates",
        ("title", "answer", "rows", "corrections"),
        before=then.verdict,
        after=now.verdict,
        gaps_then=_gaps(words, outcome, then),
        gaps_now=_gaps(words, outcome, now),
        known=known,
        known_on=outcome.known_on,
        later=outcome.later_than_asked,
        rows=[amount_row(words, *pair) for pair in pairs],
        changed_conditions=_conditions(words, outcome),
        corrections=[_correction(one) for one in outcome.corrections],
        most=_MOST_CHANGES,
    )


def _gaps(words: Words, outcome: TwoDatesShown, grade: GradeFinding) -> list[str]:
    """A phrase for each condition that fails; of the indicators, for each that fails where too few are met."""
    wording = Wording(words, outcome.standing.person, grade.pass_line, ())
    gaps = []
    for finding in grade.findings:
        if finding.verdict is not Verdict.FAILED:
            continue
        parts = grade.indicators.parts if finding is grade.indicators else (finding,)
        gaps += [str(wording.gap(part)) for part in parts if part.verdict is Verdict.FAILED]
    return gaps


def _conditions(words: Words, outcome: TwoDatesShown) -> list[dict[str, Any]]:
    """Conditions other than amounts whose verdict differs."""
    amounts_too = {outcome.grade.indicators.rule.key, outcome.grade.pass_line.rule.key}
    then = {finding.rule.key: finding for finding in outcome.grade_then.findings}
    return [
        {"label": words.word(found.rule.name, "fact"), "before": then[found.rule.key].verdict, "after": found.verdict}
        for found in outcome.grade.findings
        if found.rule.key not in amounts_too and then[found.rule.key].verdict is not found.verdict
    ]


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "number": one.batch.number,
        "on": one.on,
        "undoes": one.batch.undoes,
        "clients": [_change(field) for field in one.clients],
        "facts": one.facts,
        "rate": one.rate,
    }


def _change(change: ChangedField) -> dict[str, Any]:
    of_share = change.field == "share"
    values = (change.before, change.after)
    before, after = (None if v is None else Fraction(v, FULL_SHARE) if of_share else v for v in values)
    return {
        "name": change.name,
        "number": change.number,
        "field": change.field,
        "of_share": of_share,
        "unit": Currency.USD if change.field == "settlement_usd" else Currency.CNY,
        "before": before,
        "after": after,
    }


def render_other_rules(words: Words, outcome: OtherRules) -> Message:
    """The same facts under two rulebooks."""
    there, here = outcome.grade_there, outcome.grade
    then = {finding.rule.name: finding for finding in amounts_of(there)}
    pairs = [(then[f.rule.name], f) for f in amounts_of(here) if f.rule.name in then]
    none = words.slot("next_steps/other_rules", "none")

    def named(key: str | None) -> str:
        return outcome.standing.rulebook.grade(key).short_name if key else none

    return next_step(
        words,
        outcome,
        "other_rules",
        ("title", "answer", "rows"),
        other=outcome.other.rulebook,
        there=there.verdict,
        here=here.verdict,
        named_there=named(outcome.other.proposed),
        named_here=named(outcome.standing.proposed),
        rows=[_by_rules(words, *pair) for pair in pairs],
    )


def _by_rules(words: Words, there: Any, here: Any) -> dict[str, Any]:
    """A row, with the bound where it is another."""
    row = amount_row(words, there, here)
    if there.rule.bound == here.rule.bound:
        return row
    for name, found in (("before", there), ("after", here)):
        row[name] = f"{row[name]} / {amounts.money(found.rule.bound)}"
    return {**row, "changed": True}


RENDERINGS: dict[type[Outcome], Callable[[Words, Any], Message]] = {
    TwoDatesShown: render_two_dates,
    OtherRules: render_other_rules,
}
