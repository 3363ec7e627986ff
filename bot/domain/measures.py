"""What the judge holds against the bounds: sums over a manager's clients, and the client lines behind each sum.

The sums come from the store in one set-based statement, for one manager or for all (`services.ports.LedgerReader`).
Amounts are *parts*: 分 (or cents) times the share in basis points, so a ten-thousandth of a 分, in whole numbers (R13).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bot.domain.ledger import FULL_SHARE, ManagedClient
from bot.domain.rulebook import AmountRule, Ban, Measure


@dataclass(frozen=True, slots=True)
class FloorSums:
    """Sums over the clients at or above one floor (R1), in parts."""

    counted: int = 0
    excluded: int = 0
    sums: Mapping[Measure, int] = field(default_factory=dict)
    largest: Mapping[Measure, int] = field(default_factory=dict)
    """The largest manager's part of a single client (R12)."""


_NOTHING = FloorSums()


@dataclass(frozen=True, slots=True)
class LoanShare:
    """Normal-class loans and all five classes, in parts (R5)."""

    normal: int = 0
    total: int = 0

    @property
    def full(self) -> bool:
        """All of it is normal."""
        return self.normal == self.total

    def above(self, other: "LoanShare") -> bool:
        """A higher share, by cross-multiplication; both have loans."""
        return self.normal * other.total > other.normal * self.total

    @property
    def share(self) -> Fraction | None:
        """None where there is no loan."""
        return Fraction(self.normal, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything counted for one manager at one as-of date."""

    manager: str
    floors: Mapping[int, FloorSums] = field(default_factory=dict)
    """By floor, in 分."""
    loans_now: LoanShare = LoanShare()
    loans_then: LoanShare = LoanShare()
    """The same clients and parts at last 12-31."""
    faults: Mapping[Ban, int] = field(default_factory=dict)
    """The largest amount of the year of each forbidden kind, 分; above zero breaks the rule (R18)."""

    def at(self, floor: int) -> FloorSums:
        """The sums over one floor; empty where the manager has no client with a row."""
        return self.floors.get(floor, _NOTHING)


def client_amount(measure: Measure, client: ManagedClient) -> int:
    """The whole client's amount in 分 or cents: deposits, loans, settlement, or what is new of the deposits (R9)."""
    figures = client.figures
    match measure:
        case Measure.DEPOSITS:
            return figures.deposit_avg
        case Measure.NET_DEPOSITS:
            return figures.deposit_avg - figures.agreement_avg
        case Measure.LOANS:
            return figures.loan_avg
        case Measure.SETTLEMENT:
            return figures.settlement_usd
        case Measure.NEW_DEPOSITS:
            return figures.deposit_avg - (client.last_year_deposits or 0)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one client brings into one sum."""

    client: ManagedClient
    amount: int
    """The whole client's, 分 or cents."""
    part: Fraction
    """The manager's part of it, 分 or cents (R11)."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The clients behind one figure: those counted add up to `total`; those left out are below the floor."""

    rule: AmountRule
    counted: tuple[Contribution, ...]
    left_out: tuple[Contribution, ...]

    @property
    def total(self) -> Fraction:
        """分 or cents; equal to the set-based sum, which a test holds."""
        return sum((c.part for c in self.counted), Fraction(0))


def break_down(rule: AmountRule, clients: Iterable[ManagedClient]) -> Breakdown:
    """The clients of a manager, counted and left out of `rule`, largest part first."""
    lines = [
        Contribution(client, amount, Fraction(amount * client.share, FULL_SHARE))
        for client in clients
        for amount in [client_amount(rule.measure, client)]
    ]
    lines.sort(key=lambda line: (-line.part, line.client.figures.client))
    floor = rule.floor.amount.minor
    counted = tuple(line for line in lines if line.client.figures.deposit_avg >= floor)
    left_out = tuple(line for line in lines if line.client.figures.deposit_avg < floor)
    return Breakdown(rule, counted, left_out)
