"""What only the store can judge of an applied batch: references, shares over time, clients without a manager."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, FromClause, and_, or_, select

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

    def unknown_people(self, batch: int | None) -> list[tuple[str, str, tuple[str, ...]]]:
        """Managers of clients, supervisors, attendants."""
        named = (
            ("managers", _PEOPLE, _PEOPLE.c.supervisor),
            ("attribution", _ATTRIBUTION, _ATTRIBUTION.c.manager),
            ("attendance", _ATTENDANCE, _ATTENDANCE.c.manager),
        )
        staff = _PEOPLE.alias("staff")
        found = []
        for name, table, column in named:
            keys = [table.c[key] for key in SHEETS[name].keys]
            known = select(staff.c.id).where(staff.c.id == column, staff.c.until_batch.is_(None)).exists()
            rows = select(column, *keys).where(_current(table, batch), column.is_not(None), ~known)
            found += [(name, row[0], tuple(str(key) for key in row[1:])) for row in self._connection.execute(rows)]
        return sorted(found)

    def unknown_sessions(self, batch: int | None) -> list[tuple[str, tuple[str, ...]]]:
        """签到 of a training that neither the file nor the store knows."""
        known = select(_SESSIONS.c.id).where(_SESSIONS.c.id == _ATTENDANCE.c.session, _SESSIONS.c.until_batch.is_(None))
        rows = select(_ATTENDANCE.c.session, _ATTENDANCE.c.manager).where(_current(_ATTENDANCE, batch), ~known.exists())
        return sorted((row[0], (row[0], row[1])) for row in self._connection.execute(rows))

    def trainees_without_start(self, batch: int | None, grades: Sequence[str]) -> list[str]:
        """Also where the file lacks the column and the store has no date."""
        on_probation = _PEOPLE.c.grade.in_(list(grades)) & _PEOPLE.c.probation_since.is_(None)
        return sorted(
            self._connection.execute(select(_PEOPLE.c.id).where(_current(_PEOPLE, batch), on_probation)).scalars()
        )

    def attributions(self, batch: int | None) -> list[tuple[str, str, int, date, date | None]]:
        """All rows in force of the clients touched, since an old row and a new one may overlap."""
        touched = select(_ATTRIBUTION.c.client).where(_current(_ATTRIBUTION, batch))
        table = _ATTRIBUTION.alias("row")
        rows = select(table.c.client, table.c.manager, table.c.share, table.c.starts, table.c.ends).where(
            _current(table, None), table.c.client.in_(touched)
        )
        return [tuple(row) for row in self._connection.execute(rows)]

    def without_manager(self, batch: int) -> list[tuple[date, str]]:
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
        return sorted((row[0], row[1]) for row in self._connection.execute(rows))

    def without_figures(self, batch: int) -> list[str]:
        """Clients attributed to somebody of whom the ledger has no figures on any date."""
        known = select(_FIGURES.c.client).where(
            _FIGURES.c.client == _ATTRIBUTION.c.client, _FIGURES.c.until_batch.is_(None)
        )
        rows = select(_ATTRIBUTION.c.client).where(_current(_ATTRIBUTION, batch), ~known.exists()).distinct()
        return sorted(self._connection.execute(rows).scalars())
