"""The ledger's figures by set: one statement sums for one manager or for all, in whole numbers on both databases.

Rows are grouped by manager, share and *band* (how many floors the client's deposits reach), so that the sums over
every floor come from one pass; multiplying by the share happens in Python, where integers do not end at 64 bits.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from heapq import merge
from itertools import groupby
from operator import add, itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Integer,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
)

from bot.domain.ledger import Fault, Figures, LedgerState, ManagedClient
from bot.domain.measures import FloorSums, LoanShare, Measures
from bot.domain.rulebook import Ban, Measure
from bot.storage.tables import FAULTY, AttributionRow, BatchRow, FiguresRow, RateRow

_FIGURES = FiguresRow.__table__  # type: ignore[attr-defined]
_ATTRIBUTION = AttributionRow.__table__  # type: ignore[attr-defined]
_RATES = RateRow.__table__  # type: ignore[attr-defined]
_BATCHES = BatchRow.__table__  # type: ignore[attr-defined]

_NOW = _FIGURES.alias("f")
_LAST = _FIGURES.alias("l")
_HELD = _ATTRIBUTION.alias("a")


def _in_force(day: Any) -> Any:
    """R11: from 起始日 to 截止日, both included."""
    return and_(
        _HELD.c.client == _NOW.c.client,
        _HELD.c.until_batch.is_(None),
        _HELD.c.starts <= day,
        or_(_HELD.c.ends.is_(None), _HELD.c.ends >= day),
    )


_AS_OF: BindParameter[date] = bindparam("as_of")
_LAST_YEAR_END: BindParameter[date] = bindparam("last_year_end")
_SAME_LAST_YEAR = and_(_LAST.c.client == _NOW.c.client, _LAST.c.as_of == _LAST_YEAR_END, _LAST.c.until_batch.is_(None))
_CLIENTS = _NOW.join(_HELD, _in_force(_AS_OF)).outerjoin(_LAST, _SAME_LAST_YEAR)
# An outer join is not reordered: SQLite then reads figures, attribution and last year side by side in the order of
# clients. Driven by managers it would jump through the whole file for each client, six times as long. The clients
# without a manager come out as one group more, under no name.
_EVERY_CLIENT = _NOW.outerjoin(_HELD, _in_force(_AS_OF)).outerjoin(_LAST, _SAME_LAST_YEAR)
_CURRENT = and_(_NOW.c.as_of == _AS_OF, _NOW.c.until_batch.is_(None))
_THEN = func.coalesce(_LAST.c.deposit_avg, 0)
_FIVE_NOW, _FIVE_THEN = (
    t.c.loan_normal + t.c.loan_special + t.c.loan_substandard + t.c.loan_doubtful + t.c.loan_loss for t in (_NOW, _LAST)
)
_SUMS = {
    Measure.DEPOSITS: _NOW.c.deposit_avg,
    Measure.NET_DEPOSITS: _NOW.c.deposit_avg - _NOW.c.agreement_avg,
    Measure.LOANS: _NOW.c.loan_avg,
    Measure.SETTLEMENT: _NOW.c.settlement_usd,
    Measure.NEW_DEPOSITS: _NOW.c.deposit_avg - _THEN,
}
_WIDTH = len(_SUMS)
_BAD = _NOW.c.loan_substandard + _NOW.c.loan_doubtful + _NOW.c.loan_loss
_BANS = {Ban.BAD_LOANS: _BAD, Ban.OVERDUE_INTEREST: _NOW.c.overdue_interest, Ban.ADVANCES: _NOW.c.advances}


def _sum(column: Any) -> Any:
    """Whole 64 bits: PostgreSQL would answer with a Decimal. Past them either database raises, none rounds."""
    return cast(func.sum(column), BigInteger)


_FIRST = itemgetter(0)
_BYTE_ORDER = {"sqlite": "BINARY", "postgresql": "C"}
"""What each database calls the order in which Python sorts text."""


@lru_cache(maxsize=16)
def _summing(floors: tuple[int, ...], one: bool, byte_order: str) -> Select[Any]:
    """The statement for these floors, of one manager (`:manager`) or of all, in the order of their numbers."""
    # Written out, not bound: PostgreSQL would not know a bound expression again under GROUP BY.
    reached = (f"CASE WHEN f.deposit_avg >= {floor:d} THEN 1 ELSE 0 END" for floor in floors)
    band = literal_column(" + ".join(reached) or "0", Integer).label("band")
    columns = [
        bindparam("manager", type_=Text).label("manager") if one else _HELD.c.manager,
        _HELD.c.share,
        band,
        func.count().label("clients"),
        *(_sum(column).label(f"sum_{measure}") for measure, column in _SUMS.items()),
        *(func.max(column).label(f"max_{measure}") for measure, column in _SUMS.items()),
        _sum(_NOW.c.loan_normal),
        _sum(_FIVE_NOW),
        _sum(func.coalesce(_LAST.c.loan_normal, 0)),
        _sum(func.coalesce(_FIVE_THEN, 0)),
    ]
    statement = select(*columns).where(_CURRENT)
    if one:
        mine = statement.select_from(_CLIENTS).where(_HELD.c.manager == bindparam("manager"))
        return mine.group_by(_HELD.c.share, text("band"))
    everyone = statement.select_from(_EVERY_CLIENT).group_by(_HELD.c.manager, _HELD.c.share, text("band"))
    return everyone.order_by(_HELD.c.manager.collate(byte_order))


def _faulty(one: bool) -> Select[Any]:
    """R18: the attribution in force on the date of each row, not on the as-of date.

    For all, the few rows of the partial index lead; for one manager, the clients (an outer join is not reordered)."""
    columns = [_HELD.c.manager, *(func.max(column) for column in _BANS.values())]
    if not one:
        return select(*columns).select_from(_FAULTY_HELD).where(_FAULTY_ROWS).group_by(_HELD.c.manager)
    mine = _HELD.outerjoin(_NOW, and_(_in_force(_NOW.c.as_of), _FAULTY_ROWS))
    statement = (
        select(*columns).select_from(mine).where(_HELD.c.manager == bindparam("manager"), _HELD.c.until_batch.is_(None))
    )
    return statement.group_by(_HELD.c.manager).having(func.count(_NOW.c.client) > 0)


def _faulty_text() -> str:
    """The partial index's own condition, so that both databases use it."""
    condition = str(FAULTY)
    for name in ("until_batch", "loan_substandard", "loan_doubtful", "loan_loss", "overdue_interest", "advances"):
        condition = condition.replace(name, f"f.{name}")
    return condition


_FAULTY_HELD = _NOW.join(_HELD, _in_force(_NOW.c.as_of))
# Through a function that changes nothing: a range of dates by index would seem narrow to SQLite, and is the whole year.
_FAULTY_ROWS = and_(
    func.coalesce(_NOW.c.as_of, _NOW.c.as_of).between(bindparam("year_start"), _AS_OF), text(_faulty_text())
)
_FAULTY = {one: _faulty(one) for one in (True, False)}
_FAULTS = (
    select(_NOW.c.as_of, _NOW.c.client, _NOW.c.client_name, _BAD, _NOW.c.overdue_interest, _NOW.c.advances)
    .select_from(_FAULTY_HELD)
    .where(_FAULTY_ROWS, _HELD.c.manager == bindparam("manager"))
)
_STATE = select(
    select(1).where(_CURRENT).exists(),
    select(1).where(_LAST.c.as_of == _LAST_YEAR_END, _LAST.c.until_batch.is_(None)).exists(),
    select(_RATES.c.usd_cny).where(_RATES.c.as_of == _AS_OF, _RATES.c.until_batch.is_(None)).scalar_subquery(),
    select(func.max(_BATCHES.c.id)).scalar_subquery(),
)
_LINES = (
    select(_NOW, _HELD.c.share, _LAST.c.deposit_avg.label("last_year_deposits"))
    .select_from(_CLIENTS)
    .where(_CURRENT, _HELD.c.manager == bindparam("manager"))
)
# Every date up to the as-of date, of the clients held on the as-of date: what a trend is read from.
_HISTORY = (
    select(_NOW, _HELD.c.share, literal_column("NULL", Integer).label("last_year_deposits"))
    .select_from(_NOW.join(_HELD, _in_force(_AS_OF)))
    .where(_NOW.c.as_of <= _AS_OF, _NOW.c.until_batch.is_(None), _HELD.c.manager == bindparam("manager"))
)
_LATEST = select(func.max(_FIGURES.c.as_of)).where(_FIGURES.c.until_batch.is_(None), _FIGURES.c.as_of <= _AS_OF)


class SqlLedger:
    """Implements `services.ports.LedgerReader`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest_as_of(self, on_or_before: date) -> date | None:
        """The newest as-of date with any figures."""
        return self._connection.execute(_LATEST, {"as_of": on_or_before}).scalar()

    def state(self, as_of: date) -> LedgerState:
        """What there is for that date at all (R3, R10, R19)."""
        row = self._connection.execute(_STATE, _dates(as_of)).one()
        return LedgerState(as_of, bool(row[0]), bool(row[1]), row[2], row[3])

    def measures(self, as_of: date, floors: Sequence[int], manager: str | None = None) -> Iterator[Measures]:
        """One manager's sums, or those of everyone with a client or a fault, by number as text; managers without
        either are not named. Read as they come: a bank's sums are never all in memory."""
        one = manager is not None
        asked = {**_dates(as_of), **({"manager": manager} if one else {})}
        faults = {row[0]: row for row in self._connection.execute(_FAULTY[one], asked)}
        statement = _summing(tuple(floors), one, _BYTE_ORDER[self._connection.dialect.name])
        rows = (row for row in self._connection.execute(statement, asked) if row[0] is not None)
        named = ((who,) for who in sorted(faults))
        for who, group in groupby(merge(rows, named, key=_FIRST), key=_FIRST):
            yield _measures(who, tuple(floors), [row for row in group if len(row) > 1], faults.get(who))

    def clients(self, as_of: date, manager: str) -> list[ManagedClient]:
        """By client number as text."""
        rows = self._connection.execute(_LINES, {**_dates(as_of), "manager": manager}).mappings()
        return sorted(map(_client, rows), key=lambda line: line.figures.client)

    def history(self, as_of: date, manager: str) -> list[ManagedClient]:
        """The rows of every date up to `as_of`, of the clients and parts held on it, by date and client number."""
        rows = self._connection.execute(_HISTORY, {"as_of": as_of, "manager": manager}).mappings()
        return sorted(map(_client, rows), key=lambda line: (line.figures.as_of, line.figures.client))

    def faults(self, as_of: date, manager: str) -> list[Fault]:
        """By date and client."""
        rows = self._connection.execute(_FAULTS, {**_dates(as_of), "manager": manager})
        return sorted((Fault(*row) for row in rows), key=lambda fault: (fault.as_of, fault.client))


def _client(row: RowMapping) -> ManagedClient:
    """A stored row as a value."""
    figures = Figures(**{name: row[name] for name in Figures.__dataclass_fields__})
    return ManagedClient(figures, row["share"], row["last_year_deposits"], row["since_batch"])


def _dates(as_of: date) -> dict[str, date]:
    """The three dates that figures are read at."""
    return {"as_of": as_of, "year_start": date(as_of.year, 1, 1), "last_year_end": date(as_of.year - 1, 12, 31)}


def _measures(manager: str, floors: tuple[int, ...], rows: list[Any], fault: Any) -> Measures:
    """Bands added up to floors: a client in band b is counted at the b lowest floors, and left out of the others."""
    clients = [0] * (len(floors) + 1)
    sums = [[0] * _WIDTH for _ in clients]
    largest = [[0] * _WIDTH for _ in clients]
    loans = [0] * 4
    for _, share, band, count, *amounts in rows:
        clients[band] += count
        parts = [amount * share for amount in amounts]
        sums[band] = list(map(add, sums[band], parts[:_WIDTH]))
        largest[band] = list(map(max, largest[band], parts[_WIDTH : 2 * _WIDTH]))
        loans = list(map(add, loans, parts[2 * _WIDTH :]))
    for band in range(len(floors) - 1, 0, -1):
        clients[band] += clients[band + 1]
        sums[band] = list(map(add, sums[band], sums[band + 1]))
        largest[band] = list(map(max, largest[band], largest[band + 1]))
    everyone = clients[0] + clients[1]
    by_floor = {
        floor: FloorSums(
            clients[band],
            everyone - clients[band],
            dict(zip(_SUMS, sums[band], strict=True)),
            dict(zip(_SUMS, largest[band], strict=True)),
        )
        for band, floor in enumerate(floors, start=1)
    }
    faults = dict(zip(_BANS, fault[1:], strict=True)) if fault else {}
    return Measures(manager, by_floor, LoanShare(*loans[:2]), LoanShare(*loans[2:]), faults)
