"""What an appraisal finds of one person: the standing, with what people have answered, ruled and refused.

The highest grade met is proposed; its questions are asked, and a no moves on to the next grade met (article 11 one).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.judge import AmountFinding, AtLeastFinding, Finding, GradeFinding, QualityFinding
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict, all_of


class Change(StrEnum):
    """The grade found against the grade held."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NONE = "none"
    """No grade is met: no proposal (R27: the text is silent on what follows)."""
    OPEN = "open"
    """Something open could still change it."""


YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people have said of one person. Items are keys of judged rules (`second.risk`), or of facts that were
    missing (`last_year_loans`, `exam`); `refused` are grades that the leading group did not approve."""

    answers: Mapping[str, str]
    refused: frozenset[str] = frozenset()


NOTHING_SAID = Said(answers={})


@dataclass(frozen=True, slots=True)
class Wait:
    """A grade above the one found that is still open, and the facts it waits for."""

    grade: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One person's line of the run."""

    person: str
    current: str | None
    proposed: str | None
    change: Change
    pass_line: Verdict
    """Of the grade now held (article 9)."""
    verdicts: Mapping[str, Verdict]
    """By grade, with rulings counted."""
    waits: tuple[Wait, ...] = ()
    asks: tuple[str, ...] = ()
    """Judged rules of the grade proposed that nobody has answered yet."""

    @property
    def blocks(self) -> bool:
        """Something open could change the outcome (regulation.md)."""
        return bool(self.waits or self.asks)


def appraise(standing: Standing, said: Said) -> Result:
    """The result of one person, exact and the same on any machine."""
    verdicts = {key: settled(found, said) for key, found in standing.grades.items()}
    proposed: str | None = None
    waits: list[Wait] = []
    asks: tuple[str, ...] = ()
    for key in standing.judged_for:
        found = standing.grades[key]
        if verdicts[key] is Verdict.FAILED or key in said.refused or _has_no(found, said):
            continue
        if verdicts[key] is Verdict.OPEN:
            waits.append(Wait(key, tuple(dict.fromkeys(_missing(found, said)))))
            continue
        proposed = key
        asks = tuple(rule.key for rule in found.grade.judged if rule.key not in said.answers)
        break
    return Result(
        person=standing.person.id,
        current=standing.person.grade,
        proposed=proposed,
        change=_change(standing, proposed, bool(waits)),
        pass_line=standing.pass_line.verdict,
        verdicts=verdicts,
        waits=tuple(waits),
        asks=asks,
    )


def settled(found: GradeFinding, said: Said) -> Verdict:
    """The grade's verdict, open facts that HR has ruled on counted as ruled (R5, R21, R23)."""
    if found.verdict is not Verdict.OPEN or not said.answers:
        return found.verdict
    return all_of([_ruled(finding, said) for finding in found.findings if finding.decides])


def _ruled(finding: Finding, said: Said) -> Verdict:
    """Figures are imported, never ruled: only conditions and the quality rule listen."""
    if finding.verdict is not Verdict.OPEN or isinstance(finding, (AmountFinding, AtLeastFinding)):
        return finding.verdict
    answer = said.answers.get(finding.missing or "")
    return finding.verdict if answer is None else Verdict.of(answer == YES)


def _has_no(found: GradeFinding, said: Said) -> bool:
    return any(said.answers.get(rule.key) == NO for rule in found.grade.judged)


def _missing(found: GradeFinding, said: Said) -> Iterator[str]:
    """What an open grade waits for, by the names of the facts."""
    for finding in found.findings:
        if not finding.decides or _ruled(finding, said) is not Verdict.OPEN:
            continue
        if isinstance(finding, (AtLeastFinding, QualityFinding)):
            yield from (part.missing for part in finding.parts if part.missing)
        elif finding.missing:
            yield finding.missing


def _change(standing: Standing, proposed: str | None, waits: bool) -> Change:
    if waits:
        return Change.OPEN
    if proposed is None:
        return Change.NONE
    order = [grade.key for grade in standing.rulebook.grades]
    held = standing.person.grade
    if held is None or held == proposed:
        return Change.SAME
    return Change.UP if order.index(proposed) < order.index(held) else Change.DOWN
