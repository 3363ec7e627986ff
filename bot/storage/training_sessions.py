"""培训 as it holds now."""

from datetime import date

from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from bot.domain.people import Exam
from bot.domain.training_hours import Attended
from bot.domain.training_sessions import EXAM, Session, in_order
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
_RESULTS = {"合格": Exam.PASSED, "不合格": Exam.FAILED}
_EXAMS = (
    select(_ATTENDANCE.c.manager, _ATTENDANCE.c.result)
    .join(_TABLE, _TABLE.c.id == _ATTENDANCE.c.session)
    .where(_ATTENDANCE.c.until_batch.is_(None), _TABLE.c.until_batch.is_(None), _TABLE.c.category == EXAM)
    .where(_ATTENDANCE.c.result.in_(tuple(_RESULTS)), _TABLE.c.day <= bindparam("as_of"))
    .order_by(_TABLE.c.day, _TABLE.c.id)
)
_EXAMS_OF = _EXAMS.where(_ATTENDANCE.c.manager == bindparam("person"))


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

    def attendees(self, session: str) -> list[str]:
        """Whom 签到 names of a session."""
        current = (_ATTENDANCE.c.session == session) & _ATTENDANCE.c.until_batch.is_(None)
        return sorted(self._connection.execute(select(_ATTENDANCE.c.manager).where(current)).scalars())

    def exams(self, as_of: date, person: str | None = None) -> dict[str, Exam]:
        """The last result of each person's mock bank exams up to that day, of 签到; none where nothing was written."""
        rows = self._connection.execute(_EXAMS if person is None else _EXAMS_OF, {"as_of": as_of, "person": person})
        return {row.manager: _RESULTS[row.result] for row in rows}

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
