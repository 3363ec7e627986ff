"""Two states of the same figures held against each other: as they were known then, and as they were corrected since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.ledger import ManagedClient
from bot.domain.people import Person

_AMOUNTS = (
    *("deposit_avg", "agreement_avg", "loan_avg", "settlement_usd"),
    *("loan_normal", "loan_special", "loan_substandard", "loan_doubtful", "loan_loss"),
    *("overdue_interest", "advances"),
)
_PERSONAL = (*("grade", "marketing_since", "probation_since", "education", "title", "exam", "breach", "report_date"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One value of one client that differs. `field`: the ledger's column, `share` (basis points), or `client` where the
    client itself came (`before` None) or went (`after` None). Amounts in 分, settlement in cents."""

    number: str
    name: str
    field: str
    before: int | None
    after: int | None


def changed_clients(before: Iterable[ManagedClient], after: Iterable[ManagedClient]) -> tuple[ChangedField, ...]:
    """Every value that differs, by client number and then in the order of the sheet."""
    then = {line.figures.client: line for line in before}
    now = {line.figures.client: line for line in after}
    return tuple(field for key in sorted(then.keys() | now.keys()) for field in _of_client(then.get(key), now.get(key)))


def _of_client(then: ManagedClient | None, now: ManagedClient | None) -> Iterator[ChangedField]:
    known = now or then
    if known is None:
        return

    def changed(field: str, before: int | None, after: int | None) -> ChangedField:
        return ChangedField(number=known.figures.client, name=known.name, field=field, before=before, after=after)

    if then is None or now is None:
        was, is_now = (line.figures.deposit_avg if line else None for line in (then, now))
        yield changed("client", was, is_now)
        return
    for field in _AMOUNTS:
        values = getattr(then.figures, field), getattr(now.figures, field)
        if values[0] != values[1]:
            yield changed(field, *values)
    if then.share != now.share:
        yield changed("share", then.share, now.share)
    if then.last_year_deposits != now.last_year_deposits:
        yield changed("last_year_deposits", then.last_year_deposits, now.last_year_deposits)


def changed_facts(before: Person, after: Person) -> tuple[str, ...]:
    """The names of the personal facts that differ."""
    return tuple(name for name in _PERSONAL if getattr(before, name) != getattr(after, name))
