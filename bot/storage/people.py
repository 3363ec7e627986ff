"""人员 as last imported."""

from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from bot.domain.people import Education, Exam, Person, Role, Title
from bot.storage.known_then import KNOWN, as_known
from bot.storage.tables import ManagerRow

_TABLE = ManagerRow.__table__  # type: ignore[attr-defined]
_CURRENT = select(_TABLE).where(_TABLE.c.until_batch.is_(None))
# Built once: making a statement anew takes longer than running it.
_BY_ID = _CURRENT.where(_TABLE.c.id == bindparam("id"))
_BY_EMAIL = _CURRENT.where(_TABLE.c.email == bindparam("email"))
_TEAM = _CURRENT.where(_TABLE.c.supervisor == bindparam("supervisor"))


class SqlPeople:
    """Implements `services.ports.PeopleReader`."""

    def __init__(self, connection: Connection, known: int | None = None) -> None:
        """`known`: as when that batch was the newest; None: as it is now."""
        self._connection = connection
        self._known = known

    def get(self, person_id: str) -> Person | None:
        """By staff number."""
        return next(iter(self._people(_BY_ID, id=person_id)), None)

    def everyone(self) -> list[Person]:
        """Sorted by number as text; in Python, since databases sort text by their own locale."""
        return sorted(self._people(_CURRENT), key=lambda person: person.id)

    def by_email(self, email: str) -> list[Person]:
        """Letter case aside: an import keeps addresses in small letters."""
        return self._people(_BY_EMAIL, email=email.lower())

    def team_of(self, supervisor: str) -> list[Person]:
        """Those whose named supervisor this is."""
        return sorted(self._people(_TEAM, supervisor=supervisor), key=lambda person: person.id)

    def _people(self, statement: Select[tuple[object, ...]], **values: str) -> list[Person]:
        if self._known is None:
            return [person(row) for row in self._connection.execute(statement, values).mappings()]
        then = self._connection.execute(as_known(statement), {**values, KNOWN: self._known})
        return [person(row) for row in then.mappings()]


def person(row: RowMapping) -> Person:
    """A stored row as a value."""
    return Person(
        id=row["id"],
        name=row["name"],
        unit=row["unit"],
        grade=row["grade"],
        grade_since=row["grade_since"],
        marketing_since=row["marketing_since"],
        probation_since=row["probation_since"],
        education=Education(row["education"]) if row["education"] else None,
        title=Title(row["title"]) if row["title"] else None,
        exam=Exam(row["exam"]) if row["exam"] else None,
        breach=row["breach"],
        report_date=row["report_date"],
        roles=frozenset(Role(role) for role in (row["roles"] or "").split(",") if role),
        supervisor=row["supervisor"],
        email=row["email"],
        active=row["status"] is not False,
    )
