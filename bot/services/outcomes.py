"""What a use case comes to: typed results that `bot.render` words and `bot.slack.delivery` sends.

Every outcome knows its `kind` (contract.md, `ladder ask`), the `matter` that decides where it may be shown, and the
ids of the clauses that it rests on.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.access import Matter
from bot.domain.judge import AmountFinding, GradeFinding
from bot.domain.ledger import Fault
from bot.domain.measures import Breakdown
from bot.domain.rulebook import Clause, Rulebook
from bot.domain.standing import Standing
from bot.questions.question import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Base of all; `clauses` in the order in which they are cited."""

    kind: ClassVar[str] = "answer"
    matter: ClassVar[Matter] = Matter.RULES

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses cited."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingShown(Outcome):
    """One person's standing; `focus` is the grade that the card is about (asked for, or the next one)."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    standing: Standing
    focus: GradeFinding
    own: bool
    """The asker is the person."""
    faults: tuple[Fault, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        asked = self.focus.findings
        return tuple(
            dict.fromkeys([*(p.rule.clause for p in self.focus.indicators.parts), *(f.rule.clause for f in asked)])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGrade(Outcome):
    """Other staff (主管, HR …) hold no grade: there is no next one to stand toward."""

    kind: ClassVar[str] = "decline"
    matter: ClassVar[Matter] = Matter.STANDING

    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownShown(Outcome):
    """怎么算的: one figure, the clients counted, those left out and why."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    standing: Standing
    grade: GradeFinding
    finding: AmountFinding
    breakdown: Breakdown
    own: bool
    left_out_only: bool = False
    """未计入的客户 was asked for."""

    @property
    def clauses(self) -> tuple[str, ...]:
        rule = self.finding.rule
        return tuple(dict.fromkeys([rule.clause, rule.floor.clause]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped(Outcome):
    """What can be asked, by role; `linked` is False for somebody not matched to staff."""

    kind: ClassVar[str] = "help"
    linked: bool
    language: Language = Language.ZH
    hr: bool = False
    supervisor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraiseHelped(Outcome):
    """What `/appraise` knows; `unknown` where something else stood behind it, `waiting` batches to be decided on."""

    kind: ClassVar[str] = "help"
    matter: ClassVar[Matter] = Matter.LEDGER
    unknown: bool = False
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied(Outcome):
    """The asker may not have it: the same words whether or not it exists, and nothing of the question in them."""

    kind: ClassVar[str] = "denied"
    unlinked: bool = False
    """The asker is not matched to staff, and is told how to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Outcome):
    """No answer, with the reason (a template's slot) and the nearest clauses."""

    kind: ClassVar[str] = "decline"
    reason: str
    rulebook: Rulebook
    nearest: tuple[Clause, ...] = ()
    subject: str | None = None
    """What was understood of the question, in the rulebook's words; never the asker's text."""

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(clause.id for clause in self.nearest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarify(Outcome):
    """Two readings fit: at most three choices, each a text that can be asked as it stands."""

    kind: ClassVar[str] = "clarify"
    question: str
    choices: tuple[str, ...]
    clients: tuple[tuple[str, str], ...] = ()
    """(name, number) of the clients whose names stand in the choices: a number may take the name's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarifyInPrivate(Clarify):
    """The choices name people or clients whom the asker may see, and others where it was asked may not."""

    matter: ClassVar[Matter] = Matter.STANDING
