"""Who leads among several processes, by a lease in the database; and what a gap in the leading means."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, text, update

from bot.storage.tables import Instant, OutboxTurnRow

_TABLE = OutboxTurnRow.__table__  # type: ignore[attr-defined]
_LEADER, _WATERMARK = "leader", "watermark"
_PUT = text(
    "INSERT INTO outbox_turns (name, holder, until) VALUES (:name, :holder, :until)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
).bindparams(bindparam("until", type_=Instant()))
GAP = timedelta(seconds=60)
"""A restart takes seconds. After a longer silence the store may be an older copy of itself, brought back."""


class SqlTurns:
    """Implements `services.ports.Turns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lead(self, holder: str, now: datetime, until: datetime) -> bool:
        """Takes or keeps the lead; False while another holds it. After a gap the watermark is set to now."""
        row = self._connection.execute(select(_TABLE).where(_TABLE.c.name == _LEADER).with_for_update()).first()
        if row is None or row.until < now - GAP:
            self._put(_WATERMARK, holder, now)
        if row is not None and row.holder != holder and row.until > now:
            return False
        self._put(_LEADER, holder, until)
        return True

    def resign(self, holder: str, now: datetime) -> None:
        """Lets another lead at once."""
        mine = (_TABLE.c.name == _LEADER) & (_TABLE.c.holder == holder)
        self._connection.execute(update(_TABLE).where(mine).values(until=now))

    def watermark(self) -> datetime | None:
        """What was due by then may have been sent by an earlier life of the store: it is looked for."""
        return self._connection.execute(select(_TABLE.c.until).where(_TABLE.c.name == _WATERMARK)).scalar()

    def forget(self) -> None:
        """A backup has been brought back: whoever leads next sets the watermark."""
        self._connection.execute(delete(_TABLE).where(_TABLE.c.name == _LEADER))

    def _put(self, name: str, holder: str, until: datetime) -> None:
        self._connection.execute(_PUT, {"name": name, "holder": holder, "until": until})
