"""What the questions about a next step come to: why not, routes, cliffs, balance to raise, forecast, what-if."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from bot.domain.access import Matter
from bot.domain.balance import BalanceGap
from bot.domain.cliffs import Cliff
from bot.domain.forecast import Forecast
from bot.domain.judge import AmountFinding, GradeFinding
from bot.domain.ledger import ManagedClient
from bot.domain.routes import RoutePlan
from bot.domain.standing import Standing
from bot.domain.two_dates import ChangedField
from bot.domain.what_if import Change, Supposed
from bot.domain.why_not import WhyNot
from bot.services.outcomes import Outcome
from bot.services.ports import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep(Outcome):
    """Base: about one grade of one person's standing."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    standing: Standing
    grade: GradeFinding
    own: bool

    @property
    def clauses(self) -> tuple[str, ...]:
        """The grade's, indicators first."""
        rules = (*(part.rule for part in self.grade.indicators.parts), *(f.rule for f in self.grade.findings))
        return tuple(dict.fromkeys(rule.clause for rule in rules))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNotShown(NextStep):
    """为什么不是一级."""

    why: WhyNot

    @property
    def clauses(self) -> tuple[str, ...]:
        found = (*self.why.fewest, *self.why.failing, *self.why.waiting)
        return tuple(dict.fromkeys(finding.rule.clause for finding in found)) or (self.grade.grade.clause,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesShown(NextStep):
    """怎么最快到一级."""

    plan: RoutePlan

    @property
    def clauses(self) -> tuple[str, ...]:
        rules = (*(part.rule for part in self.grade.indicators.parts), *(f.rule for f in self.plan.beside))
        return tuple(dict.fromkeys((self.grade.indicators.rule.clause, *(rule.clause for rule in rules))))


@dataclass(frozen=True, slots=True, kw_only=True)
class CliffsShown(NextStep):
    """哪些客户差一点就能计入."""

    cliffs: tuple[Cliff, ...]
    below: tuple[ManagedClient, ...]
    """Every client below the floor, those that would bring nothing too."""

    @property
    def clauses(self) -> tuple[str, ...]:
        return (self.grade.grade.floor.clause,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """One deposit condition: what must lie there, from the day asked or the next one that counts."""

    finding: AmountFinding
    gap: BalanceGap
    since: date
    to_raise: Fraction | None
    """分; None where the year has no day left."""
    last_day: date | None = None
    """The last date on which the amount asked about suffices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceShown(NextStep):
    """日均还差600万,要拉多少存款."""

    lines: tuple[BalanceLine, ...]
    """Of the deposit conditions that fail; none: there is nothing to raise."""
    amount: int | None = None
    """分: how much the asker could raise, where the question says so."""
    later: date | None = None
    """A second date to compare with."""

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.finding.rule.clause for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastLine:
    """One average that fails, and when it may get there; None: fewer than four full quarters."""

    finding: AmountFinding
    forecast: Forecast | None
    quarters: int
    """Full quarters that the ledger gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastShown(NextStep):
    """我大概什么时候能到二级."""

    lines: tuple[ForecastLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposedShown(NextStep):
    """如果甲公司再存3000万: before and after of one grade; nothing is saved."""

    supposed: Supposed
    after: GradeFinding
    changes: tuple[Change, ...]
    new_clients: tuple[str, ...]
    """Names that no client of the manager bears: taken as new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesTooMuch(NextStep):
    """如果甲公司减少9000万, of a client that has less: that it has less is a figure like any other."""

    client: str
    """As the asker wrote it, or as the ledger names it."""
    number: str | None = None

    @property
    def clauses(self) -> tuple[str, ...]:
        return (self.grade.grade.clause,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead(NextStep):
    """如果甲公司再存两三千万: what is supposed may be read in more ways than one, so nothing was worked out."""

    kind: ClassVar[str] = "clarify"
    what: str
    """`amount`, `day`, `year`, `clients`."""

    @property
    def clauses(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one batch changed of a person's figures of a date that had been known before."""

    batch: Batch
    on: date
    """The branch's day on which it came."""
    before: GradeFinding
    after: GradeFinding
    clients: tuple[ChangedField, ...]
    facts: tuple[str, ...]
    """Names of personal facts that differ."""
    rate: bool
    """The rate of the date differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoDatesShown(NextStep):
    """3月31日那天我差多少: `standing` as corrected since, `then` as it was known."""

    then: Standing
    grade_then: GradeFinding
    known: Batch | None
    """The newest batch of then."""
    known_on: date | None
    """The branch's day on which it came."""
    later_than_asked: bool
    """By the day asked about the ledger held no figures of it: these are the first that came."""
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRules(NextStep):
    """按去年的办法我是什么等级: `standing` by the rulebook of its period, `other` by the one asked about."""

    other: Standing
    grade_there: GradeFinding
