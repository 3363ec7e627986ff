"""The ledger's figures by set: one statement sums for one manager or for all, in whole numbers on both databases.

Rows are grouped by manager, share and *band* (how many floors the client's deposits reach), so that the sums over
every floor come from one pass; multiplying by the share happens in Python, where integers do not end at 64 bits.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
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
    Subquery,
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
from bot.storage.known_then import KNOWN, as_known
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
_LOANS = ("normal_now", "five_now", "normal_then", "five_then")
_BAD = _NOW.c.loan_substandard + _NOW.c.loan_doubtful + _NOW.c.loan_loss
_BANS = {Ban.BAD_LOANS: _BAD, Ban.OVERDUE_INTEREST: _NOW.c.overdue_interest, Ban.ADVANCES: _NOW.c.advances}


def _sum(column: Any) -> Any:
    """Whole 64 bits: PostgreSQL would answer with a Decimal. Past them either database raises, none rounds."""
    return cast(func.sum(column), BigInteger)


_FIRST = itemgetter(0)
_BYTE_ORDER = {"sqlite": None, "postgresql": "C"}
"""The collation in which each database sorts text as Python does; None where that is how it sorts anyway."""


def _lines(floors: tuple[int, ...], one: bool) -> Subquery:
    """A line a client: its manager, share and band, and its amounts, each computed once for its sum and its maximum.

    OFFSET 0 keeps it a subquery of its own: SQLite then sorts these dozen numbers rather than every column that they
    are made of, which is a fifth of the time."""
    # Written out, not bound: PostgreSQL would not know a bound expression again under GROUP BY.
    reached = (f"CASE WHEN f.deposit_avg >= {floor:d} THEN 1 ELSE 0 END" for floor in floors)
    columns = [
        bindparam("manager", type_=Text).label("manager") if one else _HELD.c.manager,
        _HELD.c.share,
        literal_column(" + ".join(reached) or "0", Integer).label("band"),
        *(column.label(measure) for measure, column in _SUMS.items()),
        _NOW.c.loan_normal.label("normal_now"),
        _FIVE_NOW.label("five_now"),
        func.coalesce(_LAST.c.loan_normal, 0).label("normal_then"),
        func.coalesce(_FIVE_THEN, 0).label("five_then"),
    ]
    mine = (_CURRENT, _HELD.c.manager == bindparam("manager")) if one else (_CURRENT,)
    return select(*columns).select_from(_CLIENTS if one else _EVERY_CLIENT).where(*mine).offset(0).subquery("line")


@lru_cache(maxsize=16)
def _summing(floors: tuple[int, ...], singles: tuple[Measure, ...], one: bool, byte_order: str | None) -> Select[Any]:
    """The statement for these floors and largest clients, of one manager (`:manager`) or of all, in the order of their
    numbers; a manager's highest band first."""
    line = _lines(floors, one)
    keys = (line.c.manager, line.c.band, line.c.share)
    statement = select(
        *keys,
        func.count(),
        *(_sum(line.c[name]) for name in (*_SUMS, *_LOANS)),
        *(func.max(line.c[measure]) for measure in singles),
    ).group_by(*keys)
    if one:
        return statement.order_by(line.c.band.desc())
    manager = line.c.manager.collate(byte_order) if byte_order else line.c.manager
    return statement.order_by(manager, line.c.band.desc())


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

    def __init__(self, connection: Connection, known: int | None = None) -> None:
        """`known`: as when that batch was the newest; None: as it is now."""
        self._connection = connection
        self._known = known

    def _run(self, statement: Select[Any], asked: Mapping[str, Any]) -> Any:
        if self._known is None:
            return self._connection.execute(statement, asked)
        return self._connection.execute(as_known(statement), {**asked, KNOWN: self._known})

    def latest_as_of(self, on_or_before: date) -> date | None:
        """The newest as-of date with any figures."""
        found: date | None = self._run(_LATEST, {"as_of": on_or_before}).scalar()
        return found

    def state(self, as_of: date) -> LedgerState:
        """What there is for that date at all (R3, R10, R19)."""
        row = self._run(_STATE, _dates(as_of)).one()
        return LedgerState(as_of, bool(row[0]), bool(row[1]), row[2], self._known or row[3])

    def measures(
        self,
        as_of: date,
        floors: Sequence[int],
        manager: str | None = None,
        singles: Sequence[Measure] = tuple(Measure),
    ) -> Iterator[Measures]:
        """One manager's sums, or those of everyone with a client or a fault, by number as text; managers without
        either are not named. Read as they come: a bank's sums are never all in memory."""
        one = manager is not None
        asked = {**_dates(as_of), **({"manager": manager} if one else {})}
        faults = {row[0]: row for row in self._run(_FAULTY[one], asked)}
        order = _BYTE_ORDER[self._connection.dialect.name]
        rows = self._run(_summing(tuple(floors), tuple(singles), one, order), asked)
        shape = _Shape(tuple(floors), tuple(singles))
        waiting = sorted(faults, reverse=True)
        for who, group in groupby(rows, key=_FIRST):
            if who is None:
                continue
            while waiting and waiting[-1] < who:
                yield shape.measures(waiting[-1], (), faults[waiting.pop()])
            if waiting and waiting[-1] == who:
                waiting.pop()
            yield shape.measures(who, group, faults.get(who))
        for who in reversed(waiting):
            yield shape.measures(who, (), faults[who])

    def clients(self, as_of: date, manager: str) -> list[ManagedClient]:
        """By client number as text."""
        rows = self._run(_LINES, {**_dates(as_of), "manager": manager}).mappings()
        return sorted(map(_client, rows), key=lambda line: line.figures.client)

    def history(self, as_of: date, manager: str) -> list[ManagedClient]:
        """The rows of every date up to `as_of`, of the clients and parts held on it, by date and client number."""
        rows = self._run(_HISTORY, {"as_of": as_of, "manager": manager}).mappings()
        return sorted(map(_client, rows), key=lambda line: (line.figures.as_of, line.figures.client))

    def faults(self, as_of: date, manager: str) -> list[Fault]:
        """By date and client."""
        rows = self._run(_FAULTS, {**_dates(as_of), "manager": manager})
        return sorted((Fault(*row) for row in rows), key=lambda fault: (fault.as_of, fault.client))


def _client(row: RowMapping) -> ManagedClient:
    """A stored row as a value."""
    figures = Figures(**{name: row[name] for name in Figures.__dataclass_fields__})
    return ManagedClient(figures, row["share"], row["last_year_deposits"], row["since_batch"])


def _dates(as_of: date) -> dict[str, date]:
    """The three dates that figures are read at."""
    return {"as_of": as_of, "year_start": date(as_of.year, 1, 1), "last_year_end": date(as_of.year - 1, 12, 31)}


class _Shape:
    """What the rows of the summing statement are, and how they become measures."""

    def __init__(self, floors: tuple[int, ...], singles: tuple[Measure, ...]) -> None:
        self._floors = floors
        self._singles = singles
        self._nought = [0] * (_WIDTH + len(_LOANS)), [0] * len(singles)

    def measures(self, manager: str, rows: Iterable[Any], fault: Any) -> Measures:
        """`rows` from the highest band down. A client in band b is counted at the b lowest floors, and left out of
        the others, so what has been added up when a band ends is the sum over its floor."""
        counted, (sums, largest) = 0, self._nought
        over: list[tuple[int, list[int], list[int]]] = [(0, sums, largest)] * (len(self._floors) + 1)
        for _, band, share, count, *amounts in rows:
            parts = [amount * share for amount in amounts]
            counted += count
            sums = list(map(add, sums, parts))
            largest = list(map(max, largest, parts[len(sums) :]))
            over[: band + 1] = [(counted, sums, largest)] * (band + 1)
        by_floor = {
            floor: FloorSums(
                n, counted - n, dict(zip(_SUMS, added, strict=False)), dict(zip(self._singles, most, strict=True))
            )
            for floor, (n, added, most) in zip(self._floors, over[1:], strict=True)
        }
        loans = sums[_WIDTH:]
        faults = dict(zip(_BANS, fault[1:], strict=True)) if fault else {}
        return Measures(manager, by_floor, LoanShare(*loans[:2]), LoanShare(*loans[2:]), faults)
