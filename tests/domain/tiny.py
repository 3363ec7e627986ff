"""A tiny world: bounds and floors of a few 分, so that every way to raise something can be tried."""

from datetime import date

from bot.domain.judge import AmountFinding, Facts, judge_amount
from bot.domain.ledger import FULL_SHARE, Figures, LedgerState, ManagedClient
from bot.domain.measures import Measures
from bot.domain.money import Money
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.rulebook import AmountRule, Floor, Measure
from bot.domain.tally import tally

AS_OF = date(2026, 9, 30)
STATE = LedgerState(AS_OF, has_figures=True, has_last_year=True, usd_cny="7", batch=1)


def client(
    number: str, deposits: int, *, agreement: int = 0, loans: int = 0, last_year: int | None = None
) -> ManagedClient:
    """A client held whole."""
    figures = Figures(AS_OF, number, None, deposits, agreement, loans, 0, loans, 0, 0, 0, 0, 0, 0)
    return ManagedClient(figures, FULL_SHARE, last_year, 1)


def rule(measure: Measure, bound: int, floor: int, single: int | None = None) -> AmountRule:
    """An amount rule in 分."""
    return AmountRule(
        key=f"tiny.{measure}",
        clause="tiny",
        measure=measure,
        bound=Money(bound),
        floor=Floor(Money(floor), "tiny"),
        single=None if single is None else Money(single),
    )


def judged(asked: AmountRule, clients: list[ManagedClient]) -> AmountFinding:
    """What the one judge finds of it."""
    measures = tally(clients, (asked.floor.amount.minor,), Measures("1"))
    return judge_amount(asked, Facts(Person("1", "甲"), Period.at(AS_OF), STATE, measures))
