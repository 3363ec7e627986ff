"""From what a standing lacks to the training on it: a map that is our reading, no rule. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.judge import AmountFinding, AtLeastFinding, GradeFinding, QualityFinding
from bot.domain.rulebook import ExamRule
from bot.domain.training_sessions import Session
from bot.domain.verdict import Verdict

QUALITY, EXAM = "quality", "exam"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is read to be about one indicator."""

    facts: tuple[str, ...]
    """Citations of the training documents."""
    words: tuple[str, ...]
    """What the topic of a session on it holds one of."""

    def sessions(self, coming: Iterable[Session]) -> list[Session]:
        """Those whose topic holds one of the words."""
        return [s for s in coming if any(word in s.topic for word in self.words)]


@dataclass(frozen=True, slots=True)
class GapMap:
    """knowledge/gaps/training.yaml."""

    text: str
    """What the documents leave open."""
    reads: str
    measures: Mapping[str, Remedy]


def missing(focus: GradeFinding) -> Sequence[str]:
    """Keys of the map for all that fails of a grade, every failed indicator among them, in the grade's order."""
    found: list[str] = []
    for finding in focus.findings:
        if finding.verdict is not Verdict.FAILED:
            continue
        if isinstance(finding, AtLeastFinding):
            found += [str(part.rule.measure) for part in finding.parts if part.verdict is Verdict.FAILED]
        elif isinstance(finding, AmountFinding):
            found.append(str(finding.rule.measure))
        elif isinstance(finding, QualityFinding):
            found.append(QUALITY)
        elif isinstance(finding.rule, ExamRule):
            found.append(EXAM)
    return tuple(dict.fromkeys(found))
