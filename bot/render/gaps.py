"""What stands between a person and a grade: the nearest things that are lacking, and what is still open."""

from collections.abc import Iterator
from fractions import Fraction

from bot.domain.judge import AmountFinding, AtLeastFinding, Finding, GradeFinding
from bot.domain.verdict import Verdict


def lacking(grade: GradeFinding) -> list[Finding]:
    """The failed conditions; of k of n only as many parts as are needed, the nearest first."""
    return list(_leaves(grade, Verdict.FAILED))


def waiting(grade: GradeFinding) -> list[Finding]:
    """The conditions that wait for a figure or an answer, and so keep the grade open."""
    return list(_leaves(grade, Verdict.OPEN))


def _leaves(grade: GradeFinding, verdict: Verdict) -> Iterator[Finding]:
    for finding in grade.findings:
        if not finding.decides or finding.verdict is not verdict:
            continue
        if isinstance(finding, AtLeastFinding):
            short = [part for part in finding.parts if part.verdict is verdict]
            nearest = sorted(short, key=distance)
            yield from nearest[: finding.rule.needed - finding.met] if verdict is Verdict.FAILED else short
        else:
            yield finding


def distance(finding: AmountFinding) -> Fraction:
    """How far off, as a part of the bound; the farther of sum and single client. An open one stands last."""
    if finding.gap is None:
        return Fraction(10**9)
    single = finding.single
    alone = Fraction(0)
    if single and single.value is not None:
        alone = (single.bound.minor - single.value) / single.bound.minor
    return max(finding.gap / finding.rule.bound.minor, alone)
