"""The least that must be raised for one amount condition: the gap, the single client's, and the cliffs counted in.

For deposits a client under the floor may be lifted onto it: that costs what it lacks and brings it in whole (R1), so it
can be cheaper than the gap. Which clients to lift is a knapsack; it is searched by branch and bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from bot.domain.judge import AmountFinding
from bot.domain.ledger import FULL_SHARE, ManagedClient
from bot.domain.measures import client_amount
from bot.domain.rulebook import Measure

DEPOSIT_MEASURES = frozenset({Measure.DEPOSITS, Measure.NET_DEPOSITS, Measure.NEW_DEPOSITS})
"""What a deposit more raises; a loan or a settlement lifts no client over a floor of deposits."""

_MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Lift:
    """One client to raise on its own: onto the floor, or to the single client's bound."""

    client: ManagedClient | None
    """None: a new client."""
    by: int
    """分 of the whole client."""

    @property
    def share(self) -> int:
        """The manager's, in basis points; all of a new client."""
        return self.client.share if self.client else FULL_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastRaise:
    """What to raise, in minor units of whole clients."""

    lifts: tuple[Lift, ...] = ()
    direct: int = 0
    """Beyond the lifts: at clients that count already, or with a new client."""
    exact: bool = True
    """False where the search was cut short: then this much suffices, and less may."""

    @property
    def total(self) -> int:
        """The lifts and the rest."""
        return sum(lift.by for lift in self.lifts) + self.direct


def least_raise(finding: AmountFinding, clients: Sequence[ManagedClient]) -> LeastRaise | None:
    """None where the finding is open. Nothing to raise: all nought.

    Clients are the manager's with a row on the as-of date. A settlement bound in yuan is raised in yuan (R3).
    """
    if finding.parts is None or finding.gap is None:
        return None
    single = finding.single
    lacking = single.bound.minor * FULL_SHARE - (single.parts or 0) if single else 0
    if finding.rule.measure not in DEPOSIT_MEASURES:
        gap = max(finding.gap, Fraction(lacking, FULL_SHARE))
        return LeastRaise(direct=_ceil(gap))
    missing = finding.rule.bound.minor * FULL_SHARE - _ceil(Fraction(finding.parts))
    search = _Search(finding, clients)
    return search.best(max(0, missing), lacking > 0)


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


@dataclass(frozen=True, slots=True)
class _Item:
    """A client under the floor: lifting costs `cost`, and brings `gain` parts."""

    line: ManagedClient
    cost: int
    gain: int

    @property
    def bonus(self) -> int:
        """What it brings beyond the money, in parts."""
        return self.gain - self.cost * FULL_SHARE


@dataclass(slots=True)
class _Search:
    """Branch and bound over the clients to lift; costs in minor units, gains and what is missing in parts."""

    finding: AmountFinding
    clients: Sequence[ManagedClient]
    nodes: int = 0
    found: tuple[int, tuple[Lift, ...], int] | None = None
    """The cheapest so far: its total, its lifts, what is raised beside them."""
    items: list[_Item] = field(default_factory=list)

    @property
    def floor(self) -> int:
        """分."""
        return self.finding.rule.floor.amount.minor

    def best(self, missing: int, needs_single: bool) -> LeastRaise:
        """The cheapest way over every client that may become the single one, where one is needed."""
        self.items = self._liftable()
        if not needs_single:
            self._choose((), 0, missing)
        # With nothing counted yet, a first client that counts may be worth a lift that brings no more than it costs.
        if needs_single or (missing > 0 and not self._counting()):
            for lift, gain in sorted(self._firsts(), key=lambda found: found[0].by):
                self._choose((lift,), lift.by, missing - gain)
        _, lifts, direct = self.found or (0, (), 0)
        return LeastRaise(lifts=lifts, direct=direct, exact=self.nodes < _MOST_NODES)

    def _liftable(self) -> list[_Item]:
        """Only those that bring more than they cost, the most for the least first."""
        below = [line for line in self.clients if line.figures.deposit_avg < self.floor]
        items = [_Item(line, self.floor - line.figures.deposit_avg, self._gain(line, self.floor)) for line in below]
        helpful = [item for item in items if item.bonus > 0]
        return sorted(helpful, key=lambda item: Fraction(-item.bonus, item.cost))

    def _gain(self, line: ManagedClient, deposits: int) -> int:
        """Parts that come into the sum when the client's deposits become `deposits`, at or above the floor."""
        amount = client_amount(self.finding.rule.measure, line)
        raised = amount + deposits - line.figures.deposit_avg
        counted = amount if line.figures.deposit_avg >= self.floor else 0
        return (raised - counted) * line.share

    def _counting(self) -> list[ManagedClient]:
        return [line for line in self.clients if line.figures.deposit_avg >= self.floor]

    def _firsts(self) -> list[tuple[Lift, int]]:
        """Every client as the single one: how much more it needs, and what that brings. A new client as well."""
        single = self.finding.single
        bound = single.bound.minor if single else 0
        found = [(self._to_single(line, bound), line) for line in self.clients]
        known = [(Lift(line, by), self._gain(line, line.figures.deposit_avg + by)) for by, line in found]
        fresh = max(bound, self.floor)
        return [*known, (Lift(None, fresh), fresh * FULL_SHARE)]

    def _to_single(self, line: ManagedClient, bound: int) -> int:
        part = client_amount(self.finding.rule.measure, line) * line.share
        by = max(0, -((part - bound * FULL_SHARE) // line.share))
        return max(by, self.floor - line.figures.deposit_avg)

    def _choose(self, lifts: tuple[Lift, ...], cost: int, missing: int) -> None:
        """Tries every set of lifts beside those chosen already, leaving out what cannot become cheaper."""
        chosen = {id(lift.client) for lift in lifts}
        self._branch([item for item in self.items if id(item.line) not in chosen], 0, lifts, cost, missing)

    def _branch(self, items: list[_Item], at: int, lifts: tuple[Lift, ...], cost: int, missing: int) -> None:
        self.nodes += 1
        direct = self._direct(lifts, missing)
        if self.found is None or cost + direct < self.found[0]:
            self.found = (cost + direct, lifts, direct)
        done = missing <= 0 or at == len(items) or self.nodes >= _MOST_NODES
        if done or not self._may_gain(items, at, cost, missing):
            return
        item = items[at]
        self._branch(items, at + 1, (*lifts, Lift(item.line, item.cost)), cost + item.cost, missing - item.gain)
        self._branch(items, at + 1, lifts, cost, missing)

    def _may_gain(self, items: list[_Item], at: int, cost: int, missing: int) -> bool:
        """Whether the rest, lifted by fractions, could still be cheaper: the usual bound of a knapsack."""
        best = self.found[0] if self.found else 0
        for item in items[at:]:
            if missing <= 0 or cost >= best:
                break
            if item.gain >= missing:
                cost += item.cost * missing // item.gain
                missing = 0
            else:
                cost, missing = cost + item.cost, missing - item.gain
        return cost + max(0, missing) // FULL_SHARE < best

    def _direct(self, lifts: tuple[Lift, ...], missing: int) -> int:
        """The rest, at the counting client with the largest share, or at a new one that reaches the floor."""
        if missing <= 0:
            return 0
        whole = -(-missing // FULL_SHARE)
        share = max((*(line.share for line in self._counting()), *(lift.share for lift in lifts)), default=0)
        fresh = max(whole, self.floor)
        return min(fresh, -(-missing // share)) if share else fresh
