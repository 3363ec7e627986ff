"""A person's standing: every grade's answers at one as-of date, and the grade that they propose."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.judge import AmountFinding, Facts, GradeFinding, Known, QualityFinding, judge_grade
from bot.domain.ledger import LedgerState
from bot.domain.people import Person
from bot.domain.period import Period, corresponding_day
from bot.domain.rulebook import Grade, Rulebook
from bot.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All six grades of one person, each with its reason tree."""

    person: Person
    period: Period
    rulebook: Rulebook
    state: LedgerState
    grades: Mapping[str, GradeFinding]
    pass_line: AmountFinding
    """Of the grade now held; for staff without one, that of every grade but the trainees'."""
    quality: QualityFinding | None
    """Of the lowest grade that asks it, since every one asks the same; None where the rulebook asks none."""
    judged_for: tuple[str, ...]
    """The grades that may be proposed at all, highest first (R20)."""
    proposed: str | None

    @property
    def current(self) -> Grade | None:
        """The grade held, None for other staff."""
        return self.rulebook.grade(self.person.grade) if self.person.grade else None


def judge_standing(rulebook: Rulebook, facts: Facts, known: Known | None = None) -> Standing:
    """Judges every grade, and proposes the highest one met among those the person is judged for. `known` as in
    `judge_grade`: one for all who are judged by this rulebook for this period."""
    grades = {grade.key: judge_grade(grade, facts, known) for grade in rulebook.grades}
    judged_for = eligible(rulebook, facts.person, facts.period)
    regular = [grade.key for grade in reversed(rulebook.grades) if not grade.on_probation]
    asks_quality = (finding.quality for finding in reversed(grades.values()))
    return Standing(
        person=facts.person,
        period=facts.period,
        rulebook=rulebook,
        state=facts.state,
        grades=grades,
        pass_line=grades[facts.person.grade or regular[0]].pass_line,
        quality=next((quality for quality in asks_quality if quality), None),
        judged_for=judged_for,
        proposed=next((key for key in judged_for if grades[key].verdict is Verdict.MET), None),
    )


def eligible(rulebook: Rulebook, person: Person, period: Period) -> tuple[str, ...]:
    """R20: a trainee within the first year for trainee only; all others for the grades above it, never for trainee."""
    probation = [g.key for g in rulebook.grades if g.on_probation]
    if person.grade in probation and person.probation_since:
        over_on = corresponding_day(person.probation_since, rulebook.probation_years)
        if period.as_of < over_on:
            return tuple(probation)
    return tuple(g.key for g in rulebook.grades if not g.on_probation)
