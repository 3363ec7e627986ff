"""One condition as people read it, in three lengths: the card's line, the Home's line, a phrase for the first line."""

from collections.abc import Sequence

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


class Wording:
    """Words the findings about one person."""

    def __init__(self, words: Words, person: Person, pass_line: AmountFinding, faults: Sequence[Fault]) -> None:
        self._words, self._person, self._pass_line, self._faults = words, person, pass_line, faults

    def full(self, finding: Finding) -> str:
        """The card's lines."""
        return self._slot(finding, "full")

    def short(self, finding: Finding) -> str:
        """The Home's line."""
        return self._slot(finding, "short")

    def gap(self, finding: Finding) -> str:
        """A phrase for the first line: what is lacking or still open."""
        return self._slot(finding, "gap")

    def explain(self, finding: AmountFinding) -> str:
        """What a screen reader says of the button beside an amount."""
        return self._slot(finding, "explain")

    def _slot(self, finding: Finding, name: str) -> str:
        """By the kind of finding. KeyError for a kind without a template."""
        if isinstance(finding, AmountFinding):
            label = PASS_LINE if finding is self._pass_line else finding.rule.measure
            return self._words.slot("standing/amount", name, found=finding, label=label)
        if isinstance(finding, QualityFinding):
            return self._quality(finding, name)
        return self._words.slot(_TEMPLATES[type(finding.rule)], name, found=finding, person=self._person)

    def _quality(self, finding: QualityFinding, name: str) -> str:
        now, then = finding.share_now, finding.share_then
        return self._words.slot(
            "standing/quality",
            name,
            found=finding,
            failed=[part.name for part in finding.parts if part.verdict is Verdict.FAILED],
            shares=shares(now, then) if now is not None and then is not None else None,
            faults=self._faults,
            most=MOST_FAULTS,
        )
