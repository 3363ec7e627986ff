"""培训 as it holds now."""

from datetime import date

from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from bot.domain.training_hours import Attended
from bot.domain.training_sessions import Session, in_order
from bot.storage.tables import AttendanceRow, SessionRow

_TABLE = SessionRow.__table__  # type: ignore[attr-defined]
_ATTENDANCE = AttendanceRow.__table__  # type: ignore[attr-defined]
_CURRENT = select(_TABLE).where(_TABLE.c.until_batch.is_(None))
_BETWEEN = _CURRENT.where(_TABLE.c.day >= bindparam("first"), _TABLE.c.day <= bindparam("last"))
_BY_ID = _CURRENT.where(_TABLE.c.id == bindparam("id"))
_ATTENDED = (
    select(*(_ATTENDANCE.c[name] for name in ("session", "hours", "result")))
    .add_columns(*(_TABLE.c[name] for name in ("topic", "day", "category")))
    .join(_TABLE, _TABLE.c.id == _ATTENDANCE.c.session)
    .where(_ATTENDANCE.c.until_batch.is_(None), _TABLE.c.until_batch.is_(None))
    .where(_ATTENDANCE.c.manager == bindparam("person"))
)


class SqlSessions:
    """Implements `services.ports.SessionReader`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, session_id: str) -> Session | None:
        """By 编号."""
        return next(iter(self._sessions(_BY_ID, id=session_id)), None)

    def between(self, first: date, last: date) -> list[Session]:
        """Of those days, both included, by time."""
        return in_order(self._sessions(_BETWEEN, first=first, last=last))

    def attended(self, person: str) -> list[Attended]:
        """What 签到 says of somebody, by day."""
        rows = self._connection.execute(_ATTENDED, {"person": person}).mappings()
        return sorted((Attended(**row) for row in rows), key=lambda one: (one.day, one.session))

    def _sessions(self, statement: Select[tuple[object, ...]], **values: object) -> list[Session]:
        return [session(row) for row in self._connection.execute(statement, values).mappings()]


def session(row: RowMapping) -> Session:
    """A stored row as a value."""
    return Session(
        id=row["id"],
        topic=row["topic"],
        category=row["category"],
        grades=frozenset(g for g in (row["grades"] or "").split(",") if g),
        day=row["day"],
        start=row["start"],
        end=row["end"],
        place=row["place"],
        trainer=row["trainer"],
        seats=row["seats"],
        hours=row["hours"],
    )
