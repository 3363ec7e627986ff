"""What Slack has handed over, in commits of its own: short, and independent of what a service writes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.tables import InboxRow
from bot.storage.talk import Talk

_TABLE = InboxRow.__table__  # type: ignore[attr-defined]


_COLUMNS = ("key", "payload", "received_at", "lease_until")
_FINISH = update(_TABLE).where(_TABLE.c.key == bindparam("done")).values(finished_at=bindparam("now"), payload="")


class StoredInbox:
    """Implements `services.ports.Inbox`. Statements are built once: a slash command's ack waits for `take_in`."""

    def __init__(self, talk: Talk, dialect: str) -> None:
        self._talk = talk
        insert = sqlite_insert if dialect == "sqlite" else postgres_insert
        values: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
        # Without the option SQLAlchemy leaves the count of an INSERT at -1 on PostgreSQL.
        self._take_in = (
            insert(_TABLE)
            .values(**values)
            .on_conflict_do_nothing(index_elements=["key"])
            .execution_options(preserve_rowcount=True)
        )

    def take_in(self, key: str, payload: str, now: datetime, lease_until: datetime) -> bool:
        """The key is the primary key, so of two processes one gets True."""
        row = {"key": key, "payload": payload, "received_at": now, "lease_until": lease_until}
        with self._talk.begin() as connection:
            return connection.execute(self._take_in, row).rowcount == 1

    def renew(self, keys: Sequence[str], lease_until: datetime) -> None:
        """Only rows still unfinished."""
        unfinished = _TABLE.c.key.in_(list(keys)) & _TABLE.c.finished_at.is_(None)
        with self._talk.begin() as connection:
            connection.execute(update(_TABLE).where(unfinished).values(lease_until=lease_until))

    def finish(self, key: str, now: datetime) -> None:
        """The payload held a question, perhaps a private one: it goes."""
        with self._talk.begin() as connection:
            connection.execute(_FINISH, {"done": key, "now": now})

    def take_over(self, now: datetime, lease_until: datetime, limit: int) -> list[tuple[str, str, datetime]]:
        """Oldest first. On PostgreSQL rows that another process is taking over are passed by."""
        overdue = (
            select(_TABLE.c.key, _TABLE.c.payload, _TABLE.c.received_at)
            .where(_TABLE.c.finished_at.is_(None), _TABLE.c.lease_until <= now)
            .order_by(_TABLE.c.received_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._talk.begin() as connection:
            rows = [(row.key, row.payload, row.received_at) for row in connection.execute(overdue)]
            if rows:
                mine = _TABLE.c.key.in_([key for key, _, _ in rows])
                connection.execute(update(_TABLE).where(mine).values(lease_until=lease_until))
        return rows
