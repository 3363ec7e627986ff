"""The judge: walks a grade's rules over one person's facts and keeps the reason tree.

It knows kinds of rules, never a grade: explanations, cards and the contract's JSON all read the findings made here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any, dataclass_transform

from bot.domain.ledger import FULL_SHARE, LedgerState
from bot.domain.measures import FloorSums, LoanShare, Measures
from bot.domain.money import Money
from bot.domain.people import Education, Exam, Person, Title
from bot.domain.period import Period, corresponding_day
from bot.domain.rulebook import (
    AmountRule,
    AtLeastRule,
    Ban,
    BreachRule,
    EducationRule,
    ExamRule,
    Grade,
    Measure,
    QualityRule,
    ReportRule,
    Rule,
    TenureRule,
)
from bot.domain.verdict import Verdict, all_of, any_of, at_least

NORMAL_SHARE = "normal_share"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def finding(cls: type) -> Any:
    """A frozen dataclass to the type checker, and not to Python: a bank's standings make a million of them, and being
    frozen would double what each costs."""
    return dataclass(slots=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of one person at one as-of date."""

    person: Person
    period: Period
    state: LedgerState
    measures: Measures


@finding
class Finding:
    """What was found of one rule. `missing` says which fact an open one waits for; a template words it."""

    rule: Rule
    verdict: Verdict
    missing: str | None = None
    decides: bool = True
    """False where the grade does not wait for it: no loans, so no share (R5); a special report still to come (R16)."""


@finding
class SingleFinding:
    """The single-client bound: the largest part of one client; `parts` as in AmountFinding, None when open."""

    verdict: Verdict
    parts: int | None
    bound: Money

    @property
    def value(self) -> Fraction | None:
        """Exact, in 分."""
        return None if self.parts is None else Fraction(self.parts, FULL_SHARE)


@finding
class AmountFinding(Finding):
    """A sum held against its bound. `parts`: the bound's minor units times 10,000 (R13), whole but for a conversion;
    None when open."""

    rule: AmountRule
    parts: Fraction | int | None
    single: SingleFinding | None
    counted: int
    excluded: int

    @property
    def value(self) -> Fraction | None:
        """The sum, exact, in the bound's minor units; None when open."""
        # One division; dividing a Fraction would normalise it twice.
        return None if self.parts is None else Fraction(self.parts.numerator, self.parts.denominator * FULL_SHARE)

    @property
    def gap(self) -> Fraction | None:
        """What is still missing, in minor units; nought when the sum is reached, None when open."""
        value = self.value
        return None if value is None else max(Fraction(0), self.rule.bound.minor - value)


@finding
class AtLeastFinding(Finding):
    """`needed` of `parts`."""

    rule: AtLeastRule
    parts: tuple[AmountFinding, ...]

    @property
    def met(self) -> int:
        """How many are met so far."""
        return sum(part.verdict is Verdict.MET for part in self.parts)


@finding
class QualityPart:
    """One of the four words of the quality rule; `verdict` None: does not apply."""

    name: str
    verdict: Verdict | None
    missing: str | None = None


@finding
class QualityFinding(Finding):
    """The quality rule with its parts, and the loans whose shares are compared (R5)."""

    rule: QualityRule
    parts: tuple[QualityPart, ...]
    loans_now: LoanShare
    loans_then: LoanShare

    @property
    def broken(self) -> bool:
        """Something forbidden occurred in the year (R18)."""
        return any(part.verdict is Verdict.FAILED and part.name != NORMAL_SHARE for part in self.parts)

    @property
    def share_now(self) -> Fraction | None:
        """On the as-of date; None where there is no loan."""
        return self.loans_now.share

    @property
    def share_then(self) -> Fraction | None:
        """On last 12-31, of the same clients and parts; None where there was no loan."""
        return self.loans_then.share


@finding
class TenureFinding(Finding):
    """`full_on`: the day the years are full, that day included."""

    rule: TenureRule
    full_on: date | None


@finding
class GradeFinding:
    """One grade's answers for one person."""

    grade: Grade
    verdict: Verdict
    indicators: AtLeastFinding
    pass_line: AmountFinding
    quality: QualityFinding | None
    conditions: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that the grade asks, in order."""
        quality = (self.quality,) if self.quality else ()
        return (self.indicators, self.pass_line, *quality, *self.conditions)


Known = dict[tuple[str, object], Finding]
"""Findings on conditions, by the rule's key and the person's fact: of one rulebook and one period."""


def judge_grade(grade: Grade, facts: Facts, known: Known | None = None) -> GradeFinding:
    """Met when all that decides is met, failed when one is, open otherwise. `known` is for a whole branch: what was
    found of a colleague's condition holds for whoever has the same fact."""
    indicators = judge_indicators(grade.indicators, facts)
    pass_line = judge_amount(grade.pass_line, facts)
    quality = judge_quality(grade.quality, facts) if grade.quality else None
    conditions = tuple([_recall(rule, facts, known) for rule in grade.conditions])
    findings = (indicators, pass_line, *((quality,) if quality else ()), *conditions)
    verdict = all_of([f.verdict for f in findings if f.decides])
    return GradeFinding(
        grade=grade,
        verdict=verdict,
        indicators=indicators,
        pass_line=pass_line,
        quality=quality,
        conditions=conditions,
    )


def judge_indicators(rule: AtLeastRule, facts: Facts) -> AtLeastFinding:
    """k of n (article 11 two)."""
    parts = tuple([judge_amount(part, facts) for part in rule.of])
    return AtLeastFinding(rule=rule, verdict=at_least(rule.needed, [p.verdict for p in parts]), parts=parts)


def judge_amount(rule: AmountRule, facts: Facts) -> AmountFinding:
    """A sum over the clients at or above the floor, and where the clause asks it, one client's part."""
    sums = facts.measures.at(rule.floor.amount.minor)
    parts, missing = _parts(rule, facts, sums)
    verdict = _reaches(parts, rule.bound)
    single = None
    if rule.single:
        largest = None if parts is None else sums.largest.get(rule.measure, 0)
        single = SingleFinding(verdict=_reaches(largest, rule.single), parts=largest, bound=rule.single)  # R12
        verdict = all_of((verdict, single.verdict))
    return AmountFinding(
        rule=rule,
        verdict=verdict,
        missing=missing,
        parts=parts,
        single=single,
        counted=sums.counted,
        excluded=sums.excluded,
    )


def _reaches(parts: Fraction | int | None, bound: Money) -> Verdict:
    """Open where the sum is."""
    if parts is None:
        return Verdict.OPEN
    return Verdict.MET if parts >= bound.minor * FULL_SHARE else Verdict.FAILED


def _parts(rule: AmountRule, facts: Facts, sums: FloorSums) -> tuple[Fraction | int | None, str | None]:
    """The exact sum in parts of the bound's minor unit, or what is missing for it (R3, R10, R19)."""
    state, measure = facts.state, rule.measure
    if not state.has_figures:
        return None, "figures"
    if measure is Measure.NEW_DEPOSITS and not state.has_last_year:
        return None, "last_year"
    parts = sums.sums.get(measure, 0)
    if rule.converts and parts:
        return (None, "rate") if state.usd_cny is None else (parts * exact_rate(state.usd_cny), None)
    return parts, None


@lru_cache(maxsize=16)
def exact_rate(usd_cny: str) -> Fraction:
    """Read once, not for each manager."""
    return Fraction(usd_cny)


def judge_quality(rule: QualityRule, facts: Facts) -> QualityFinding:
    """(2) of each grade: the normal-class share rises, and nothing forbidden occurs in the year (R5, R17, R18)."""
    measures = facts.measures
    broken = tuple(ban for ban in rule.bans if measures.faults.get(ban, 0) > 0) if measures.faults else ()
    share = _judge_share(facts) if rule.share_rises else None
    verdict, missing, parts = _quality(rule.bans, broken, share, facts.state.has_figures)
    return QualityFinding(
        rule=rule,
        verdict=verdict,
        missing=missing,
        parts=parts,
        loans_now=measures.loans_now,
        loans_then=measures.loans_then,
    )


Answer = tuple[Verdict | None, str | None]
"""A verdict, None where the rule does not apply, and what an open one waits for."""


@lru_cache(maxsize=256)
def _quality(
    bans: tuple[Ban, ...], broken: tuple[Ban, ...], share: Answer | None, has_figures: bool
) -> tuple[Verdict, str | None, tuple[QualityPart, ...]]:
    """All that is found of the rule but its figures: some dozens, and a branch has them a hundred thousand times."""
    unbroken = (Verdict.MET, None) if has_figures else (Verdict.OPEN, "figures")
    answers = {NORMAL_SHARE: share} if share else {}
    answers |= {ban: (Verdict.FAILED, None) if ban in broken else unbroken for ban in bans}
    parts = tuple(QualityPart(name=n, verdict=verdict, missing=missing) for n, (verdict, missing) in answers.items())
    verdict = all_of([part.verdict for part in parts if part.verdict])
    return verdict, next((part.missing for part in parts if part.missing), None), parts


def _judge_share(facts: Facts) -> Answer:
    """R5, in its order: no figures, no loans now, nothing to compare with, then the comparison."""
    if not facts.state.has_figures:
        return Verdict.OPEN, "figures"
    now, then = facts.measures.loans_now, facts.measures.loans_then
    if not now.total:
        return None, None
    if not then.total:
        return Verdict.OPEN, "last_year_loans"
    return Verdict.of(now.above(then) or (now.full and then.full)), None


def _judge_tenure(rule: TenureRule, facts: Facts) -> TenureFinding:
    """R15: full on the corresponding day, that day included."""
    start = facts.person.marketing_since
    full_on = corresponding_day(start, rule.years) if start else None
    holds = None if full_on is None else full_on <= facts.period.as_of
    missing = "marketing_since" if holds is None else None
    return TenureFinding(rule=rule, verdict=Verdict.of(holds), missing=missing, full_on=full_on)


_EDUCATION = {step: rank for rank, step in enumerate(Education)}
_TITLE = {step: rank for rank, step in enumerate(Title)}
"""Lowest first."""


def _judge_education(rule: EducationRule, facts: Facts) -> Finding:
    """R21: a three-valued or of diploma and title."""
    person = facts.person
    diploma = None if person.education is None else _EDUCATION[person.education] >= _EDUCATION[rule.education]
    title = None if person.title is None else _TITLE[person.title] >= _TITLE[rule.title]
    verdict = any_of([Verdict.of(diploma), Verdict.of(title)])
    return Finding(rule=rule, verdict=verdict, missing="education" if verdict is Verdict.OPEN else None)


def _judge_exam(rule: ExamRule, facts: Facts) -> Finding:
    """R21: 合格 met, 不合格 and 未考 failed, empty open."""
    exam = facts.person.exam
    verdict = Verdict.of(None if exam is None else exam is Exam.PASSED)
    return Finding(rule=rule, verdict=verdict, missing="exam" if exam is None else None)


def _judge_breach(rule: BreachRule, facts: Facts) -> Finding:
    """Met: no breach on record."""
    breach = facts.person.breach
    verdict = Verdict.of(None if breach is None else not breach)
    return Finding(rule=rule, verdict=verdict, missing="breach" if breach is None else None)


def _judge_report(rule: ReportRule, facts: Facts) -> Finding:
    """R16: dated in the as-of year and not after the as-of date. Missing fails the year; a quarter does not wait."""
    period, dated = facts.period, facts.person.report_date
    if dated and period.year_start <= dated <= period.as_of:
        return Finding(rule=rule, verdict=Verdict.MET)
    if period.annual:
        return Finding(rule=rule, verdict=Verdict.FAILED)
    return Finding(rule=rule, verdict=Verdict.OPEN, missing="report", decides=False)


_JUDGES: Mapping[type[Rule], Callable[[Any, Facts], Finding]] = {
    TenureRule: _judge_tenure,
    EducationRule: _judge_education,
    ExamRule: _judge_exam,
    BreachRule: _judge_breach,
    ReportRule: _judge_report,
    AmountRule: judge_amount,
    AtLeastRule: judge_indicators,
    QualityRule: judge_quality,
}
_FACTS: Mapping[type[Rule], Callable[[Person], object]] = {
    TenureRule: attrgetter("marketing_since"),
    EducationRule: attrgetter("education", "title"),
    ExamRule: attrgetter("exam"),
    BreachRule: attrgetter("breach"),
    ReportRule: attrgetter("report_date"),
}
"""All of a person that such a condition looks at."""


def judge_condition(rule: Rule, facts: Facts) -> Finding:
    """One condition by its kind. KeyError for a kind without a judge, which the loader cannot build."""
    return _JUDGES[type(rule)](rule, facts)


def _recall(rule: Rule, facts: Facts, known: Known | None) -> Finding:
    """What was found of that rule and fact before, or is now."""
    fact = _FACTS.get(type(rule))
    if known is None or fact is None:
        return judge_condition(rule, facts)
    key = (rule.key, fact(facts.person))
    found = known.get(key)
    if found is None:
        found = known[key] = judge_condition(rule, facts)
    return found
