"""The cheapest route to a grade: every way to have k of its n indicators, and what all of them need besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from bot.domain.judge import AmountFinding, Finding, GradeFinding, TenureFinding
from bot.domain.least_raise import DEPOSIT_MEASURES, LeastRaise, least_raise
from bot.domain.ledger import ManagedClient
from bot.domain.rulebook import Measure
from bot.domain.verdict import Verdict

Weights = Mapping[Measure, Fraction]
"""How hard HR holds a measure to be; 1 where it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One amount that is not reached yet."""

    finding: AmountFinding
    gap: Fraction
    """Of the sum, in the bound's minor units."""
    single_gap: Fraction
    """Of the single client."""
    least: LeastRaise
    effort: Fraction
    """The least raise ÷ the bound, times the weight."""

    @property
    def gap_ratio(self) -> Fraction:
        """The gap ÷ the bound."""
        return self.gap / self.finding.rule.bound.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One choice of indicators."""

    parts: tuple[AmountFinding, ...]
    needs: tuple[Need, ...]
    """Of the parts that fail; none: this route is reached."""
    waiting: tuple[AmountFinding, ...]
    """Parts that are open, whose effort nobody knows."""

    @property
    def effort(self) -> Fraction:
        """The sum of what its needs cost."""
        return sum((need.effort for need in self.needs), Fraction(0))

    @property
    def one_deposit_counts_twice(self) -> bool:
        """Two of its needs are of deposits: the same money serves both."""
        return sum(need.finding.rule.measure in DEPOSIT_MEASURES for need in self.needs) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """All routes to one grade, cheapest first, dominated ones folded; and what every one of them needs too."""

    grade: GradeFinding
    routes: tuple[Route, ...]
    folded: int
    """How many of the C(n, k) ask all that a shown one asks, and more."""
    pass_line: Need | None
    beside: tuple[Finding, ...]
    """What else is not met: the quality rule, tenure, education, exam, breach, report."""

    @property
    def full_on(self) -> TenureFinding | None:
        """The tenure that is not full yet, which no money shortens."""
        return next((f for f in self.beside if isinstance(f, TenureFinding) and f.verdict is Verdict.FAILED), None)


def plan_routes(grade: GradeFinding, clients: Sequence[ManagedClient], weights: Weights | None = None) -> RoutePlan:
    """Every route over k of n (article 11 two); `clients` are the manager's with a row on the as-of date."""
    weights = weights or {}
    amounts = (*grade.indicators.parts, grade.pass_line)
    needs = {f.rule.key: need for f in amounts if (need := need_of(f, clients, weights))}
    chosen = combinations(grade.indicators.parts, grade.indicators.rule.needed)
    every = [_route(parts, needs) for parts in chosen]
    routes = fold(every)
    others = (*((grade.quality,) if grade.quality else ()), *grade.conditions)
    return RoutePlan(
        grade=grade,
        routes=routes,
        folded=len(every) - len(routes),
        pass_line=needs.get(grade.pass_line.rule.key),
        beside=tuple(f for f in others if f.verdict is not Verdict.MET),
    )


def need_of(finding: AmountFinding, clients: Sequence[ManagedClient], weights: Weights) -> Need | None:
    """What one amount lacks; None where it is met or open."""
    if finding.verdict is not Verdict.FAILED or finding.gap is None:
        return None
    least = least_raise(finding, clients)
    if least is None:
        return None
    single = finding.single
    value = single.value if single else None
    single_gap = Fraction(0) if single is None or value is None else max(Fraction(0), single.bound.minor - value)
    weight = weights.get(finding.rule.measure, Fraction(1))
    effort = weight * least.total / finding.rule.bound.minor
    return Need(finding=finding, gap=finding.gap, single_gap=single_gap, least=least, effort=effort)


def _route(parts: Iterable[AmountFinding], needs: Mapping[str, Need]) -> Route:
    parts = tuple(parts)
    return Route(
        parts=parts,
        needs=tuple(needs[part.rule.key] for part in parts if part.rule.key in needs),
        waiting=tuple(part for part in parts if part.verdict is Verdict.OPEN),
    )


def fold(routes: Iterable[Route]) -> tuple[Route, ...]:
    """Leaves out a route that asks all that another asks: a set of unmet parts that holds a smaller one."""
    kept: list[tuple[frozenset[str], Route]] = []
    for asks, route in sorted(((_asks(route), route) for route in routes), key=lambda found: len(found[0])):
        if not any(other <= asks for other, _ in kept):
            kept.append((asks, route))
    return tuple(route for _, route in sorted(kept, key=lambda found: _order(found[1])))


def _asks(route: Route) -> frozenset[str]:
    return frozenset(part.rule.key for part in route.parts if part.verdict is not Verdict.MET)


def _order(route: Route) -> tuple[int, Fraction, tuple[str, ...]]:
    """Known efforts first, then the least, then in the order of the clauses."""
    return len(route.waiting), route.effort, tuple(part.rule.key for part in route.parts)
