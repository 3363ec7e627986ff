"""The outbox: planned in the transaction that decides it, claimed by lease, settled by whoever holds the token.

A claim's transaction is short and takes no lock but its rows': on PostgreSQL rows that another process is claiming are
passed by. A claimed row comes up again by itself when its lease and a grace time are over.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, func, or_, select, text, update

from bot.domain.outbox import OPEN, Change, Entry, Notice, Policy, State
from bot.storage.engine import is_sqlite
from bot.storage.tables import OutboxRow

_TABLE = OutboxRow.__table__  # type: ignore[attr-defined]
_COLUMNS = ("kind", "person", "period", "occurrence", "state")
_MOMENTS = ("due_at", "next_at", "expires_at", "planned_at")
_NAMES = ", ".join((*_COLUMNS, *_MOMENTS, "token", "attempts"))
_CHUNK = 5_000
_OPEN_STATES = [str(state) for state in OPEN]


def _planning(taken: str) -> Any:
    # One statement for thousands of rows: one by one they would take seconds on PostgreSQL.
    return text(
        f"INSERT INTO outbox ({_NAMES}) SELECT {taken} ON CONFLICT (kind, person, period, occurrence) DO NOTHING"
    )


_ON_SQLITE = _planning(
    ", ".join(f"value ->> '{name}'" for name in (*_COLUMNS, *_MOMENTS)) + ", 0, 0 FROM json_each(:rows) WHERE true"
)
_ON_POSTGRESQL = _planning(
    f"{', '.join((*_COLUMNS, *_MOMENTS))}, 0, 0 FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS planned("
    f"{', '.join(f'{name} text' for name in _COLUMNS)}, {', '.join(f'{name} bigint' for name in _MOMENTS)})"
)


_COME_UP = (
    select(_TABLE)
    .where(_TABLE.c.state.in_(_OPEN_STATES), _TABLE.c.next_at <= bindparam("now"))
    .order_by(_TABLE.c.expires_at, _TABLE.c.number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASED: dict[str, Any] = {"lease_until": bindparam("lease"), "next_at": bindparam("again")}
_TAKE = (
    update(_TABLE)
    .where(_TABLE.c.number.in_(bindparam("numbers", expanding=True)))
    .values(state=State.SENDING.value, token=_TABLE.c.token + 1, **_LEASED)
)
_OURS = and_(
    _TABLE.c.number == bindparam("ours"), _TABLE.c.token == bindparam("held"), _TABLE.c.state == State.SENDING.value
)
_HOLD = update(_TABLE).where(_OURS).values(**_LEASED)
_SETTLED = ("next_at", "attempts", "reason", "sent_at", "ts", "recipient")
_SETTLE = (
    update(_TABLE)
    .where(_OURS)
    .values(state=bindparam("new_state"), lease_until=None, **{name: bindparam(f"new_{name}") for name in _SETTLED})
)
# Built once: making a statement anew takes longer than running it.


class SqlOutbox:
    """Implements `services.ports.Outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, notices: Iterable[Notice], now: datetime) -> int:
        """How many of them are new: what has the key of a row is that row already."""
        rest = iter(notices)
        statement = _ON_SQLITE if is_sqlite(self._connection) else _ON_POSTGRESQL
        added = 0
        while chunk := list(islice(rest, _CHUNK)):
            rows = json.dumps([_planned(notice, now) for notice in chunk], ensure_ascii=False)
            made = self._connection.execute(statement.execution_options(preserve_rowcount=True), {"rows": rows})
            added += made.rowcount
        return added

    def claim(self, now: datetime, policy: Policy, watermark: datetime | None = None) -> list[Entry]:
        """The rows with the nearest ends among those that have come up, ours until the lease is over. `watermark`: what
        was due by then may have been sent by an earlier life of the store."""
        found = self._connection.execute(_COME_UP, {"now": now, "most": policy.at_once}).mappings().all()
        if not found:
            return []
        lease = now + policy.lease
        taken = {"numbers": [row["number"] for row in found], "lease": lease, "again": lease + policy.grace}
        self._connection.execute(_TAKE, taken)
        held = [{**row, "state": State.SENDING.value, "token": row["token"] + 1} for row in found]
        return [_entry(ours, look=_sent_before(row, watermark)) for ours, row in zip(held, found, strict=True)]

    def hold(self, entry: Entry, now: datetime, policy: Policy) -> bool:
        """Another lease, before a post that comes late; False where somebody else has claimed the row since."""
        lease = now + policy.lease
        values = {"lease": lease, "again": lease + policy.grace, "ours": entry.number, "held": entry.token}
        return self._connection.execute(_HOLD, values).rowcount == 1

    def settle(self, entry: Entry, change: Change) -> bool:
        """Writes what became of a claimed row; False where somebody else has claimed it since."""
        values = {f"new_{name}": getattr(change, name) for name in _SETTLED}
        values |= {"new_state": change.state.value, "ours": entry.number, "held": entry.token}
        return self._connection.execute(_SETTLE, values).rowcount == 1

    def settle_beside(self, number: int, like: Entry, now: datetime, change: Change) -> bool:
        """A row that another message has told as well (a digest): only one that nobody has claimed."""
        values = {"state": change.state.value, "sent_at": change.sent_at, "ts": change.ts}
        where = and_(_TABLE.c.number == number, _TABLE.c.person == like.person, _TABLE.c.state == State.DUE.value)
        values |= {"recipient": change.recipient, "reason": "digest", "next_at": now}
        return self._connection.execute(update(_TABLE).where(where).values(**values)).rowcount == 1

    def withdraw(self, number: int, reason: str, now: datetime) -> bool:
        """Takes back what nobody has begun to send."""
        where = and_(_TABLE.c.number == number, _TABLE.c.state == State.DUE.value)
        values = {"state": State.EXPIRED.value, "reason": reason, "next_at": now}
        return self._connection.execute(update(_TABLE).where(where).values(**values)).rowcount == 1

    def act(self, number: int, now: datetime) -> None:
        """The person has pressed something below it."""
        first = and_(_TABLE.c.number == number, _TABLE.c.acted_at.is_(None))
        self._connection.execute(update(_TABLE).where(first).values(acted_at=now))

    def get(self, number: int) -> Entry | None:
        """One row."""
        return next(iter(self._entries(select(_TABLE).where(_TABLE.c.number == number))), None)

    def rows(self, state: State | None = None, limit: int | None = None) -> list[Entry]:
        """The newest first."""
        found = select(_TABLE).order_by(_TABLE.c.number.desc()).limit(limit)
        return self._entries(found.where(_TABLE.c.state == state.value) if state else found)

    def counts(self) -> dict[State, int]:
        """How many rows stand in each state."""
        found = select(_TABLE.c.state, func.count()).group_by(_TABLE.c.state)
        return {State(state): count for state, count in self._connection.execute(found)}

    def sent_since(self, person: str, kinds: Sequence[str], since: datetime) -> int:
        """How many messages of these kinds the person was sent; of a digest's rows one counts."""
        told = or_(_TABLE.c.reason.is_(None), _TABLE.c.reason != "digest")
        of_person = and_(_TABLE.c.person == person, _TABLE.c.sent_at >= since, _TABLE.c.kind.in_(list(kinds)), told)
        return self._connection.execute(select(func.count()).where(of_person)).scalar_one()

    def next_at(self) -> datetime | None:
        """When the next row comes up."""
        found = select(func.min(_TABLE.c.next_at)).where(_TABLE.c.state.in_(_OPEN_STATES))
        moment: datetime | None = self._connection.execute(found).scalar()
        return moment

    def _entries(self, statement: Select[Any]) -> list[Entry]:
        return [_entry(row) for row in self._connection.execute(statement).mappings()]


def _sent_before(row: RowMapping, watermark: datetime | None) -> bool:
    return row["state"] == State.SENDING or (watermark is not None and row["due_at"] <= watermark)


def _planned(notice: Notice, now: datetime) -> dict[str, str | int]:
    keys = {name: getattr(notice, name) for name in ("kind", "person", "period", "occurrence")}
    moments = {"due_at": notice.due_at, "next_at": notice.due_at, "expires_at": notice.expires_at, "planned_at": now}
    return {**keys, "state": State.DUE.value, **{name: _micros(at) for name, at in moments.items()}}


def _micros(at: datetime) -> int:
    """As the columns keep it (`tables.Instant`)."""
    return (at - datetime.fromtimestamp(0, at.tzinfo)) // timedelta(microseconds=1)


def _entry(row: Mapping[str, Any] | RowMapping, look: bool = False) -> Entry:
    left_out = ("state", "look")
    values = {name: row[name] for name in Entry.__dataclass_fields__ if name not in left_out}
    return Entry(**values, state=State(row["state"]), look=look)
