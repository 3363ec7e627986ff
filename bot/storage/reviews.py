"""What a batch that has been applied and not yet committed changes, by set: nothing of the file is needed for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, and_, cast, func, or_, select

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
        jumps = [jump for t in totals if t.before for jump in self._jumps(batch, t.after.as_of, t.before.as_of)]
        moves = self._moves(batch, today)
        return Review(
            totals=totals,
            new=self._some(self._new(batch)),
            gone=self._gone(dates[-1]) if dates else Some(0, ()),
            jumped=tuple(jumps[:_SHOWN]),
            jumps=len(jumps),
            moved=tuple(moves[:_SHOWN]),
            moves=len(moves),
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

    def _jumps(self, batch: int, day: date, base: date) -> list[Jump]:
        new, old = _FIGURES.alias("new"), _FIGURES.alias("old")
        pairs = [(new.c[c.name], old.c[c.name]) for c in _AMOUNTS]
        tenfold = [or_(and_(was > 0, now >= was * _TEN), and_(now > 0, was >= now * _TEN)) for now, was in pairs]
        rows = self._connection.execute(
            select(new.c.client, *(column for pair in pairs for column in pair))
            .select_from(new.join(old, and_(old.c.client == new.c.client, old.c.as_of == base, _was(old, batch))))
            .where(new.c.since_batch == batch, _now(new), new.c.as_of == day, or_(*tenfold))
        )
        found = []
        for client, *values in rows:
            for column, now, was in zip(_AMOUNTS, values[::2], values[1::2], strict=True):
                if (was and now >= was * _TEN) or (now and was >= now * _TEN):
                    found.append(Jump(day, client, column.name, was, now))
        return sorted(found, key=lambda jump: (-max(jump.before, jump.after), jump.client))

    def _moves(self, batch: int, today: date) -> list[Move]:
        touched = select(_ATTRIBUTION.c.client).where(
            or_(_ATTRIBUTION.c.since_batch == batch, _ATTRIBUTION.c.until_batch == batch)
        )
        held = and_(_in_force(today), _ATTRIBUTION.c.client.in_(touched))
        before = self._held(and_(held, _was(_ATTRIBUTION, batch)))
        if not before:
            return []
        after = self._held(and_(held, _now(_ATTRIBUTION)))
        changed = sorted(client for client, managers in before.items() if after.get(client, ()) != managers)
        return [Move(client, before[client], after.get(client, ())) for client in changed]

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


def _in_force(day: date) -> Any:
    return and_(_ATTRIBUTION.c.starts <= day, or_(_ATTRIBUTION.c.ends.is_(None), _ATTRIBUTION.c.ends >= day))
