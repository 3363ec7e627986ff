"""The sums of one manager over client lines, as the store's statement makes them: for lines that are only supposed.

What the store holds is summed by the store, set-based. A what-if has lines that no table holds, so they are summed
here; a property holds both against each other over random branches.
"""

from collections.abc import Iterable, Sequence

from bot.domain.ledger import ManagedClient
from bot.domain.measures import FloorSums, LoanShare, Measures, client_amount
from bot.domain.rulebook import Measure


def tally(clients: Iterable[ManagedClient], floors: Sequence[int], stored: Measures) -> Measures:
    """Sums in parts over `floors` (分). Last year's loans and the year's faults stay as `stored`: nothing supposed of
    this year changes them (R5, R18)."""
    lines = [(line, _parts(line)) for line in clients]
    normal = sum(line.figures.loan_normal * line.share for line, _ in lines)
    total = sum(line.figures.all_loans * line.share for line, _ in lines)
    return Measures(
        manager=stored.manager,
        floors={floor: _over(floor, lines) for floor in floors},
        loans_now=LoanShare(normal, total),
        loans_then=stored.loans_then,
        faults=stored.faults,
    )


_Line = tuple[ManagedClient, dict[Measure, int]]


def _parts(line: ManagedClient) -> dict[Measure, int]:
    return {measure: client_amount(measure, line) * line.share for measure in Measure}


def _over(floor: int, lines: Sequence[_Line]) -> FloorSums:
    """R1: the clients at or above the floor, by their whole deposits (R12)."""
    counted = [parts for line, parts in lines if line.figures.deposit_avg >= floor]
    return FloorSums(
        counted=len(counted),
        excluded=len(lines) - len(counted),
        sums={measure: sum(parts[measure] for parts in counted) for measure in Measure},
        largest={measure: max((0, *(parts[measure] for parts in counted))) for measure in Measure},
    )
