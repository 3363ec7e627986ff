"""What a question about the regulation comes to: statements, each with the clauses that say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.domain.rulebook import Clause, Grade, Rulebook
from bot.questions.question import Language
from bot.services.outcomes import Declined, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One fact: `fact` names the template that words it, `values` are the figures as the clauses write them."""

    fact: str
    grades: tuple[Grade, ...] = ()
    """Whom it holds for; none where it holds whatever the grade."""
    clauses: tuple[Clause, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    said: str | None = None
    """The sentence of a topic, which is data."""
    remarks: tuple[str, ...] = ()
    """What a reading decides here."""
    holds: bool | None = None
    """Whether the asker's own figure agrees with it, or reaches it; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswered(Outcome):
    """The answer, statement by statement, in the order asked."""

    kind: ClassVar[str] = "answer"

    rulebook: Rulebook
    statements: tuple[Statement, ...]
    reaches: bool = False
    """`holds` says whether a figure is enough, not whether it is right."""
    compared: bool = False
    """Several grades side by side: a table."""
    same: bool | None = None
    """一样吗: whether they are the same in what was asked; None where it was not."""
    language: Language = Language.ZH

    @property
    def quoted(self) -> tuple[Clause, ...]:
        """Every clause, once, in the order cited."""
        found = {clause.id: clause for statement in self.statements for clause in statement.clauses}
        return tuple(found.values())

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(clause.id for clause in self.quoted)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What readings decide, each once."""
        return tuple(dict.fromkeys(remark for statement in self.statements for remark in statement.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDeclined(Declined):
    """No answer from the rulebook: `reason` is a slot of templates/answers/declined.j2."""

    language: Language = Language.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeted(Outcome):
    """Small talk: one line and a way back."""

    kind: ClassVar[str] = "help"

    language: Language = Language.ZH
