"""One condition as people read it, in three lengths: the card's line, the Home's line, a phrase for the first line."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.judge import AmountFinding, Finding, QualityFinding
from bot.domain.ledger import Fault
from bot.domain.people import Person
from bot.domain.rulebook import BreachRule, EducationRule, ExamRule, ReportRule, Rule, TenureRule
from bot.domain.verdict import Verdict
from bot.render.amounts import shares
from bot.render.words import Words

MOST_FAULTS = 5
PASS_LINE = "pass_line"  # noqa: S105 - article 9's line, no password

_TEMPLATES: dict[type[Rule], str] = {
    TenureRule: "standing/tenure",
    EducationRule: "standing/education",
    ExamRule: "standing/exam",
    BreachRule: "standing/breach",
    ReportRule: "standing/report",
}


@dataclass(frozen=True, slots=True)
class Line:
    """`full` for the card, `short` for the Home, `gap` for a verdict; `explain` is what a screen reader says of the
    button beside an amount."""

    full: str
    short: str
    gap: str
    explain: str = ""


class Wording:
    """Words the findings about one person, each once."""

    def __init__(self, words: Words, person: Person, pass_line: AmountFinding, faults: Sequence[Fault]) -> None:
        self._words, self._person, self._pass_line, self._faults = words, person, pass_line, faults
        self._made: dict[str, Line] = {}

    def line(self, finding: Finding) -> Line:
        """By its kind. KeyError for a kind without a template."""
        key = finding.rule.key
        if key not in self._made:
            self._made[key] = Line(**self._slots(finding))
        return self._made[key]

    def _slots(self, finding: Finding) -> dict[str, str]:
        if isinstance(finding, AmountFinding):
            label = PASS_LINE if finding is self._pass_line else finding.rule.measure
            return self._words.slots("standing/amount", found=finding, label=label)
        if isinstance(finding, QualityFinding):
            return self._quality(finding)
        return self._words.slots(_TEMPLATES[type(finding.rule)], found=finding, person=self._person)

    def _quality(self, finding: QualityFinding) -> dict[str, str]:
        now, then = finding.share_now, finding.share_then
        return self._words.slots(
            "standing/quality",
            found=finding,
            failed=[part.name for part in finding.parts if part.verdict is Verdict.FAILED],
            shares=shares(now, then) if now is not None and then is not None else None,
            faults=self._faults,
            most=MOST_FAULTS,
        )
