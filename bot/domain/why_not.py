"""Why not a grade: the fewest conditions that must change, the smallest change of each, what one alone holds up."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.judge import AmountFinding, AtLeastFinding, Finding, GradeFinding, QualityFinding
from bot.domain.ledger import FULL_SHARE, ManagedClient
from bot.domain.measures import LoanShare
from bot.domain.routes import Need, RoutePlan, Weights, need_of, plan_routes
from bot.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The answer for one grade."""

    plan: RoutePlan
    failing: tuple[Finding, ...]
    """The grade's conditions that fail, the indicators as one."""
    fewest: tuple[Finding, ...]
    """The fewest single conditions that must change: of the indicators, the cheapest route's."""
    needs: tuple[Need, ...]
    """Those of `fewest` that are amounts, with the least raise of each."""
    waiting: tuple[Finding, ...]
    """Open conditions that decide."""
    to_normal: int | None
    """分 of the loans outside 正常 that must become normal for the share to rise (R5); None: it does not fail."""

    @property
    def holds(self) -> bool:
        """The grade is met: there is nothing to say."""
        return not self.failing and not self.waiting

    @property
    def but_for(self) -> Finding | None:
        """The one condition without which the grade would be met."""
        return self.failing[0] if len(self.failing) == 1 and not self.waiting else None


def explain_why_not(grade: GradeFinding, clients: Sequence[ManagedClient], weights: Weights | None = None) -> WhyNot:
    """Reads the reason tree that the judge kept; `clients` as for `plan_routes`."""
    plan = plan_routes(grade, clients, weights)
    failing = tuple(f for f in grade.findings if f.verdict is Verdict.FAILED)
    fewest = tuple(leaf for finding in failing for leaf in _leaves(finding, plan))
    amounts = [leaf for leaf in fewest if isinstance(leaf, AmountFinding)]
    return WhyNot(
        plan=plan,
        failing=failing,
        fewest=fewest,
        needs=tuple(need for leaf in amounts if (need := need_of(leaf, clients, weights or {}))),
        waiting=tuple(f for f in grade.findings if f.verdict is Verdict.OPEN and f.decides),
        to_normal=_to_normal(grade.quality),
    )


def _leaves(finding: Finding, plan: RoutePlan) -> tuple[Finding, ...]:
    if isinstance(finding, AtLeastFinding):
        best = plan.routes[0]
        return (*(need.finding for need in best.needs), *best.waiting)
    return (finding,)


def _to_normal(quality: QualityFinding | None) -> int | None:
    if quality is None or not any(p.name == "normal_share" and p.verdict is Verdict.FAILED for p in quality.parts):
        return None
    parts = _lacking(quality.loans_now, quality.loans_then)
    return -(-parts // FULL_SHARE)


def _lacking(now: LoanShare, then: LoanShare) -> int:
    """The fewest parts to move into normal so that the share is higher than then, or whole as it was then."""
    if then.full:
        return now.total - now.normal
    return (then.normal * now.total - now.normal * then.total) // then.total + 1
