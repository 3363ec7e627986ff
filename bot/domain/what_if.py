"""What-if: changes to a manager's clients that nobody has imported, judged by the one judge, and saved nowhere.

An amount changes the daily average of the as-of date. One that lies in the account from a day on (a balance, or a
sentence with a date) changes the average of the whole year by its days (R24: that day counts).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.balance import average_of
from bot.domain.judge import Facts
from bot.domain.ledger import FULL_SHARE, Figures, ManagedClient
from bot.domain.rulebook import Measure, Rulebook
from bot.domain.standing import Standing, judge_standing
from bot.domain.tally import tally

_FIELD = {Measure.DEPOSITS: "deposit_avg", Measure.LOANS: "loan_avg", Measure.SETTLEMENT: "settlement_usd"}


class FallsBelowNought(Exception):
    """More is taken from a client than it has. Told in private, as no BotError is: it speaks of a client's figures."""

    def __init__(self, client: str, number: str) -> None:
        super().__init__()
        self.client, self.number = client, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `client`: a client number, or for a client that the manager does not have, the name it was given."""

    client: str
    measure: Measure
    """DEPOSITS, LOANS or SETTLEMENT."""
    amount: int
    """分 or cents of the whole client; below nought for less. With `becomes`, what it comes to instead."""
    becomes: bool = False
    since: date | None = None
    """The day from which the amount lies there; None: it is an average already."""

    @property
    def delta_of_average(self) -> int:
        """What it does to the year's daily average; a part of a 分 is left away, so that nothing is met by rounding."""
        return self.amount if self.since is None else average_of(self.amount, self.since)


@dataclass(frozen=True, slots=True)
class Changed:
    """A client before and after; `before` None for a new one."""

    before: ManagedClient | None
    after: ManagedClient


@dataclass(frozen=True, slots=True)
class Supposed:
    """Both standings, and the clients that differ."""

    before: Standing
    after: Standing
    changed: tuple[Changed, ...]


def suppose(rulebook: Rulebook, facts: Facts, clients: Sequence[ManagedClient], changes: Iterable[Change]) -> Supposed:
    """The standing with all `changes` made one after the other. FallsBelowNought where a client has less than goes."""
    after = apply(clients, changes, facts.period.as_of)
    then = {line.figures.client: line for line in clients}
    changed = tuple(Changed(then.get(key), line) for key, line in after.items() if line is not then.get(key))
    measures = tally(after.values(), rulebook.floors(), facts.measures)
    return Supposed(
        before=judge_standing(rulebook, facts),
        after=judge_standing(rulebook, replace(facts, measures=measures)),
        changed=changed,
    )


def apply(clients: Iterable[ManagedClient], changes: Iterable[Change], as_of: date) -> dict[str, ManagedClient]:
    """The lines with the changes made, by client number; new clients last, under the name given to them."""
    lines = {line.figures.client: line for line in clients}
    for change in changes:
        line = lines.get(change.client) or _new(change.client, as_of)
        lines[change.client] = replace(line, figures=_figures(line.figures, change))
    return lines


def _figures(figures: Figures, change: Change) -> Figures:
    field = _FIELD[change.measure]
    held: int = getattr(figures, field)
    value = change.amount if change.becomes else held + change.delta_of_average
    if value < 0:
        raise FallsBelowNought(client=figures.client_name or figures.client, number=figures.client)
    if change.measure is Measure.DEPOSITS:
        # Agreement deposits are part of the deposits and cannot be more than they are.
        return replace(figures, deposit_avg=value, agreement_avg=min(figures.agreement_avg, value))
    if change.measure is Measure.LOANS:
        return replace(figures, loan_avg=value)
    return replace(figures, settlement_usd=value)


def _new(name: str, as_of: date) -> ManagedClient:
    """A client that comes this year: all of it is the manager's, and new (R9)."""
    nothing = dict.fromkeys(_AMOUNTS, 0)
    return ManagedClient(Figures(as_of=as_of, client=name, client_name=name, **nothing), FULL_SHARE, None, 0)


_AMOUNTS = (
    *("deposit_avg", "agreement_avg", "loan_avg", "settlement_usd"),
    *("loan_normal", "loan_special", "loan_substandard", "loan_doubtful", "loan_loss"),
    *("overdue_interest", "advances"),
)
