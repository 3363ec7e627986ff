"""A rulebook: the regulation's articles, the grades as trees of rules, and the readings, all of it data.

The loader (`bot.loading.rulebooks`) builds these values from `knowledge/rulebooks/<version>/`; the judge walks them.
Another bound, floor, k or grade is another file there, and no line here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.money import Currency, Money
from bot.domain.people import Education, Title
from bot.errors import NoRulebook, UnknownGrade


class Measure(StrEnum):
    """What an amount rule adds up over the clients it counts."""

    DEPOSITS = "deposits"
    NET_DEPOSITS = "net_deposits"
    """Deposits without agreement deposits (不含协议存款)."""
    LOANS = "loans"
    SETTLEMENT = "settlement"
    NEW_DEPOSITS = "new_deposits"
    """This year's daily average less last year's, client by client (R9)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence or item of the regulation: `printed` word for word, `corrected` where the print errs."""

    id: str
    label: str
    """How people cite it: 第十一条·二·3(1)a."""
    printed: str
    corrected: str | None = None
    missing: bool = False
    """The document does not hold this clause (article 13): nothing can be quoted."""
    note: str | None = None

    @property
    def text(self) -> str:
        """What the bot quotes: corrected where the print errs."""
        return self.corrected or self.printed


@dataclass(frozen=True, slots=True)
class Reading:
    """How this project reads a place that the text leaves open; HR confirms or changes it (regulation.md)."""

    id: str
    where: str
    text: str
    reads: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """Clients whose whole daily-average deposit is below `amount` are left out (R1)."""

    amount: Money
    clause: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A node of a grade's tree. `key` is unique in its rulebook: second.a, second.tenure …"""

    key: str
    clause: str
    readings: tuple[str, ...] = ()
    remark: str | None = None
    """Said with every answer on this rule, where a reading decides what a doubtful text means (R3, R4)."""

    @property
    def name(self) -> str:
        """The last part of the key: a, tenure, pass_line."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRule(Rule):
    """A sum over the counted clients of at least `bound`; with `single`, one client's part of at least that.

    A settlement bound in yuan is held against dollars times the rate of the as-of date (R3).
    """

    measure: Measure
    bound: Money
    floor: Floor
    single: Money | None = None

    @property
    def converts(self) -> bool:
        """Dollars are held against a bound in yuan (R3)."""
        return self.measure is Measure.SETTLEMENT and self.bound.currency is Currency.CNY


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastRule(Rule):
    """`needed` of the rules `of`."""

    needed: int
    of: tuple[AmountRule, ...]


class Ban(StrEnum):
    """What may not occur in the year (article 11 two (2), R18)."""

    BAD_LOANS = "bad_loans"
    OVERDUE_INTEREST = "overdue_interest"
    ADVANCES = "advances"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule(Rule):
    """The share of normal-class loans rises (R5), no ban occurs in the year (R18); every client (R17)."""

    share_rises: bool = True
    bans: tuple[Ban, ...] = tuple(Ban)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRule(Rule):
    """`years` of unbroken marketing work (R15)."""

    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationRule(Rule):
    """A diploma or a title, one of them suffices (R21, R23)."""

    education: Education
    title: Title


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamRule(Rule):
    """The branch's mock bank exam passed (R21)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRule(Rule):
    """No breach of rules on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule(Rule):
    """One special report in the as-of year (R16)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRule(Rule):
    """A quality condition that people judge: an appraisal asks HR, no standing assumes it."""

    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and everything it asks; `rules` must all be met."""

    key: str
    name: str
    clause: str
    staff_grade: str
    staff_grade_clause: str
    floor: Floor
    indicators: AtLeastRule
    pass_line: AmountRule
    quality: QualityRule | None
    conditions: tuple[Rule, ...]
    judged: tuple[JudgedRule, ...] = ()
    allowance: Money | None = None
    allowance_clause: str | None = None
    on_probation: bool = False
    """Held in the first year only; nobody else is ever proposed for it (R20)."""
    no_credit_clause: str | None = None
    """Where credit business is forbidden to this grade (R22)."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything that must hold, in the order in which it is shown."""
        quality = (self.quality,) if self.quality else ()
        return (self.indicators, self.pass_line, *quality, *self.conditions)

    @property
    def amount_rules(self) -> tuple[AmountRule, ...]:
        """The rules held against figures."""
        return (*self.indicators.of, self.pass_line)

    @property
    def short_name(self) -> str:
        """二级 of 二级客户经理."""
        return self.name.removesuffix("客户经理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One version of the regulation, whole, and the days it holds on: `since` to `until`, both included."""

    version: str
    title: str
    since: date
    until: date | None
    probation_years: int
    probation_clause: str
    grades: tuple[Grade, ...]
    """Highest first."""
    clauses: Mapping[str, Clause]
    readings: Mapping[str, Reading] = field(default_factory=dict)

    def grade(self, key: str) -> Grade:
        """UnknownGrade when there is none of that key."""
        for grade in self.grades:
            if grade.key == key:
                return grade
        raise UnknownGrade(grade=key)

    def find_grade(self, named: str) -> Grade | None:
        """By key, name or short name."""
        return next((g for g in self.grades if named in (g.key, g.name, g.short_name)), None)

    def floors(self) -> tuple[int, ...]:
        """Every floor that some rule counts over, in 分, ascending."""
        return tuple(sorted({r.floor.amount.minor for g in self.grades for r in g.amount_rules}))

    def singles(self) -> tuple[Measure, ...]:
        """Every measure of which some rule asks a single client (R12)."""
        asked = {r.measure for g in self.grades for r in g.amount_rules if r.single}
        return tuple(measure for measure in Measure if measure in asked)

    def rules(self) -> Iterator[tuple[Grade, Rule]]:
        """Every rule with its grade, the indicators one by one."""
        for grade in self.grades:
            for rule in grade.rules:
                yield grade, rule
                if isinstance(rule, AtLeastRule):
                    yield from ((grade, part) for part in rule.of)

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All rulebook versions; the loader has seen to it that their days neither overlap nor leave a gap."""

    rulebooks: tuple[Rulebook, ...]

    def on(self, day: date) -> Rulebook:
        """The one in force that day. NoRulebook when none is: never the last one instead (R26)."""
        for rulebook in self.rulebooks:
            if rulebook.holds_on(day):
                return rulebook
        raise NoRulebook(as_of=day, first=min((r.since for r in self.rulebooks), default=None))
