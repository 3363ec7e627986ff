"""What only the store can judge of an applied batch: references, shares over time, clients without a manager."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, Select, and_, func, or_, select

from bot.services.ports import Some
from bot.storage.sheets import SHEETS

_PEOPLE, _FIGURES, _ATTRIBUTION, _SESSIONS, _ATTENDANCE = (
    SHEETS[name].table for name in ("managers", "figures", "attribution", "sessions", "attendance")
)


def _current(table: FromClause, batch: int | None) -> Any:
    """The rows in force, or only those that the batch brought."""
    now = table.c.until_batch.is_(None)
    return now if batch is None else and_(now, table.c.since_batch == batch)


class SqlChecks:
    """Implements `services.ports.LedgerChecks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unknown_people(self, batch: int | None, most: int) -> Some[tuple[str, str, tuple[str, ...]]]:
        """Managers of clients, supervisors, attendants."""
        named = (
            ("managers", _PEOPLE, _PEOPLE.c.supervisor),
            ("attribution", _ATTRIBUTION, _ATTRIBUTION.c.manager),
            ("attendance", _ATTENDANCE, _ATTENDANCE.c.manager),
        )
        staff = _PEOPLE.alias("staff")
        found: list[tuple[str, str, tuple[str, ...]]] = []
        rest = 0
        for name, table, column in named:
            keys = [table.c[key] for key in SHEETS[name].keys]
            known = select(staff.c.id).where(staff.c.id == column, staff.c.until_batch.is_(None)).exists()
            rows = select(column, *keys).where(_current(table, batch), column.is_not(None), ~known)
            first, more = self._some(rows.order_by(*keys), most)
            found += [(name, row[0], tuple(str(key) for key in row[1:])) for row in first]
            rest += more
        return Some(sorted(found), rest)

    def unknown_sessions(self, batch: int | None, most: int) -> Some[tuple[str, tuple[str, ...]]]:
        """签到 of a training that neither the file nor the store knows."""
        known = select(_SESSIONS.c.id).where(_SESSIONS.c.id == _ATTENDANCE.c.session, _SESSIONS.c.until_batch.is_(None))
        rows = select(_ATTENDANCE.c.session, _ATTENDANCE.c.manager).where(_current(_ATTENDANCE, batch), ~known.exists())
        first, rest = self._some(rows.order_by(*rows.selected_columns), most)
        return Some(sorted((row[0], (row[0], row[1])) for row in first), rest)

    def trainees_without_start(self, batch: int | None, grades: Sequence[str]) -> list[str]:
        """Also where the file lacks the column and the store has no date."""
        on_probation = _PEOPLE.c.grade.in_(list(grades)) & _PEOPLE.c.probation_since.is_(None)
        return sorted(
            self._connection.execute(select(_PEOPLE.c.id).where(_current(_PEOPLE, batch), on_probation)).scalars()
        )

    def attributions(self, batch: int | None) -> list[tuple[str, str, int, date, date | None]]:
        """All rows in force of the clients touched, since an old row and a new one may overlap; but not of those who
        have only one."""
        touched = select(_ATTRIBUTION.c.client).where(_current(_ATTRIBUTION, batch))
        every = _ATTRIBUTION.alias("every")
        shared = (
            select(every.c.client)
            .where(_current(every, None), every.c.client.in_(touched))
            .group_by(every.c.client)
            .having(func.count() > 1)
        )
        table = _ATTRIBUTION.alias("row")
        rows = select(table.c.client, table.c.manager, table.c.share, table.c.starts, table.c.ends).where(
            _current(table, None), table.c.client.in_(shared)
        )
        return [tuple(row) for row in self._connection.execute(rows)]

    def without_manager(self, batch: int, most: int) -> Some[tuple[date, str]]:
        """Figures that nobody answers for on their date."""
        held = (
            select(_ATTRIBUTION.c.client)
            .where(
                _ATTRIBUTION.c.client == _FIGURES.c.client,
                _ATTRIBUTION.c.until_batch.is_(None),
                _ATTRIBUTION.c.starts <= _FIGURES.c.as_of,
                or_(_ATTRIBUTION.c.ends.is_(None), _ATTRIBUTION.c.ends >= _FIGURES.c.as_of),
            )
            .exists()
        )
        rows = select(_FIGURES.c.as_of, _FIGURES.c.client).where(_current(_FIGURES, batch), ~held)
        first, rest = self._some(rows.order_by(_FIGURES.c.as_of, _FIGURES.c.client), most)
        return Some(sorted((row[0], row[1]) for row in first), rest)

    def without_figures(self, batch: int, most: int) -> Some[str]:
        """Clients attributed to somebody of whom the ledger has no figures on any date."""
        known = select(_FIGURES.c.client).where(
            _FIGURES.c.client == _ATTRIBUTION.c.client, _FIGURES.c.until_batch.is_(None)
        )
        rows = select(_ATTRIBUTION.c.client).where(_current(_ATTRIBUTION, batch), ~known.exists()).distinct()
        first, rest = self._some(rows.order_by(_ATTRIBUTION.c.client), most)
        return Some(sorted(row[0] for row in first), rest)

    def _some(self, rows: Select[Any], most: int) -> tuple[list[Any], int]:
        """The first rows, and how many there are beside them."""
        first = list(self._connection.execute(rows.limit(most)))
        if len(first) < most:
            return first, 0
        every = select(func.count()).select_from(rows.order_by(None).subquery())
        return first, int(self._connection.execute(every).scalar_one()) - most
