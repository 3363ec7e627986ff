"""What a batch that has been applied and not yet committed changes, by set: nothing of the file is needed for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from bot.domain.review import Jump, Move, Review, Some, Sums, Totals
from bot.storage.tables import AttributionRow, FiguresRow, ManagerRow

_FIGURES = FiguresRow.__table__  # type: ignore[attr-defined]
_ATTRIBUTION = AttributionRow.__table__  # type: ignore[attr-defined]
_PEOPLE = ManagerRow.__table__  # type: ignore[attr-defined]
_SHOWN = 20
"""Of each kind; the count says how many there are."""
_MOST_DATES = 8
_TEN = 10


def _now(table: Any) -> Any:
    return table.c.until_batch.is_(None)


def _was(table: Any, batch: int) -> Any:
    """In force before the batch."""
    return and_(table.c.since_batch < batch, or_(table.c.until_batch.is_(None), table.c.until_batch == batch))


class SqlReviews:
    """Implements `services.ports.Reviews`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, batch: int, today: date, files: Sequence[Sums] = ()) -> Review:
        """Compares the rows in force now with those in force before the batch."""
        told = {sums.as_of: sums for sums in files}
        dates = sorted(told)[-_MOST_DATES:] or self._dates(batch)
        totals = tuple(replace(self._totals(batch, day), files=told.get(day)) for day in dates)
        jumped, jumps = self._jumps(batch, totals)
        moved, moves = self._moves(batch, today)
        return Review(
            totals=totals,
            new=self._some(self._new(batch)),
            gone=self._gone(dates[-1]) if dates else Some(0, ()),
            jumped=jumped,
            jumps=jumps,
            moved=moved,
            moves=moves,
            without_clients=self._some(self._without_clients(batch, today)),
        )

    def _dates(self, batch: int) -> list[date]:
        """The newest as-of dates that the batch says something of, in order."""
        found = select(_FIGURES.c.as_of).where(_FIGURES.c.since_batch == batch).distinct()
        return sorted(self._connection.execute(found).scalars())[-_MOST_DATES:]

    def _totals(self, batch: int, day: date) -> Totals:
        after = self._sums(_now(_FIGURES), day)
        before = self._sums(_was(_FIGURES, batch), day)
        if not before.clients:
            earlier = select(func.max(_FIGURES.c.as_of)).where(_was(_FIGURES, batch), _FIGURES.c.as_of < day)
            last = self._connection.execute(earlier).scalar()
            return Totals(after, self._sums(_was(_FIGURES, batch), last) if last else None)
        return Totals(after, before)

    def _sums(self, condition: Any, day: date) -> Sums:
        deposits, loans = (func.coalesce(cast(func.sum(c), BigInteger), 0) for c in _AMOUNTS)
        row = self._connection.execute(
            select(func.count(), deposits, loans).select_from(_FIGURES).where(condition, _FIGURES.c.as_of == day)
        ).one()
        return Sums(day, *(int(value) for value in row))

    def _new(self, batch: int) -> Select[Any]:
        mine = select(_FIGURES.c.client.label("key")).where(_FIGURES.c.since_batch == batch)
        before = select(_FIGURES.c.client).where(_was(_FIGURES, batch))
        return select(mine.except_(before).subquery().c.key)

    def _gone(self, newest: date) -> Some:
        """Against the newest earlier date that the store has; a file never takes a row of its own date away."""
        earlier = select(func.max(_FIGURES.c.as_of)).where(_now(_FIGURES), _FIGURES.c.as_of < newest)
        last = self._connection.execute(earlier).scalar()
        if last is None:
            return Some(0, ())
        there = _FIGURES.alias("there")
        still = select(there.c.client).where(_now(there), there.c.as_of == newest, there.c.client == _FIGURES.c.client)
        return self._some(
            select(_FIGURES.c.client.label("key")).where(_now(_FIGURES), _FIGURES.c.as_of == last, ~still.exists())
        )

    def _jumps(self, batch: int, totals: Sequence[Totals]) -> tuple[tuple[Jump, ...], int]:
        """The largest, and how many there are: counted where they lie, since a wrong unit makes one of every row."""
        compared = [(t.after.as_of, t.before.as_of) for t in totals if t.before]
        parts = [_jumped(batch, day, base, name) for day, base in compared for name in ("deposit_avg", "loan_avg")]
        if not parts:
            return (), 0
        every = union_all(*parts).subquery()
        count = self._connection.execute(select(func.count()).select_from(every)).scalar_one()
        largest = select(every).order_by(every.c.size.desc(), every.c.client).limit(_SHOWN)
        rows = self._connection.execute(largest).all() if count else []
        return tuple(Jump(as_of, client, name, was, now) for as_of, client, name, was, now, _ in rows), int(count)

    def _moves(self, batch: int, today: date) -> tuple[tuple[Move, ...], int]:
        """The first, and how many there are."""
        touched = select(_ATTRIBUTION.c.client).where(
            or_(_ATTRIBUTION.c.since_batch == batch, _ATTRIBUTION.c.until_batch == batch)
        )
        held = and_(_in_force(today), _ATTRIBUTION.c.client.in_(touched))
        was, now = and_(held, _was(_ATTRIBUTION, batch)), and_(held, _now(_ATTRIBUTION))
        if self._connection.execute(select(_ATTRIBUTION.c.client).where(was).limit(1)).first() is None:
            return (), 0
        moved = self._some(_moved(was, now))
        mine = _ATTRIBUTION.c.client.in_(moved.first)
        before, after = self._held(and_(was, mine)), self._held(and_(now, mine))
        return tuple(Move(client, before[client], after.get(client, ())) for client in moved.first), moved.count

    def _held(self, condition: Any) -> dict[str, tuple[str, ...]]:
        rows = self._connection.execute(select(_ATTRIBUTION.c.client, _ATTRIBUTION.c.manager).where(condition))
        found: dict[str, tuple[str, ...]] = {}
        for client, manager in rows:
            found[client] = tuple(sorted({*found.get(client, ()), manager}))
        return found

    def _without_clients(self, batch: int, today: date) -> Select[Any]:
        """Only where the batch touched people or their clients at all."""
        holds = select(_ATTRIBUTION.c.client).where(
            _ATTRIBUTION.c.manager == _PEOPLE.c.id, _now(_ATTRIBUTION), _in_force(today)
        )
        tables = (_PEOPLE.alias("people"), _ATTRIBUTION.alias("clients"))
        touched = [
            select(table.c.version).where(or_(table.c.since_batch == batch, table.c.until_batch == batch)).exists()
            for table in tables
        ]
        in_post = or_(_PEOPLE.c.status.is_(None), _PEOPLE.c.status.is_(True))
        graded = and_(_now(_PEOPLE), _PEOPLE.c.grade.is_not(None), in_post)
        return select(_PEOPLE.c.id.label("key")).where(graded, ~holds.exists(), or_(*touched))

    def _some(self, keys: Select[Any]) -> Some:
        count = self._connection.execute(select(func.count()).select_from(keys.subquery())).scalar_one()
        if not count:
            return Some(0, ())
        first: Sequence[str] = self._connection.execute(keys.order_by("key").limit(_SHOWN)).scalars().all()
        return Some(int(count), tuple(first))


_AMOUNTS = (_FIGURES.c.deposit_avg, _FIGURES.c.loan_avg)


def _jumped(batch: int, day: date, base: date, name: str) -> Select[Any]:
    """Rows of the batch whose amount is ten times, or a tenth, of the client's on the base date before it."""
    new, old = _FIGURES.alias(), _FIGURES.alias()
    now, was = new.c[name], old.c[name]
    size = case((was > now, was), else_=now).label("size")
    told = (new.c.as_of, new.c.client, literal(name).label("measure"), was.label("was"), now.label("now"), size)
    tenfold = or_(and_(was > 0, now >= was * _TEN), and_(now > 0, was >= now * _TEN))
    same = and_(old.c.client == new.c.client, old.c.as_of == base, _was(old, batch))
    return (
        select(*told).select_from(new.join(old, same)).where(new.c.since_batch == batch, _now(new), new.c.as_of == day)
    ).where(tenfold)


def _moved(was: Any, now: Any) -> Select[Any]:
    """Clients that had managers, and not the same ones as now."""
    pairs = select(_ATTRIBUTION.c.client, _ATTRIBUTION.c.manager)
    gone = pairs.where(was).except_(pairs.where(now)).subquery()
    come = pairs.where(now).except_(pairs.where(was)).subquery()
    changed = union(select(gone.c.client), select(come.c.client)).subquery()
    had = select(_ATTRIBUTION.c.client).where(was)
    return select(changed.c.client.label("key")).where(changed.c.client.in_(had))


def _in_force(day: date) -> Any:
    return and_(_ATTRIBUTION.c.starts <= day, or_(_ATTRIBUTION.c.ends.is_(None), _ATTRIBUTION.c.ends >= day))
