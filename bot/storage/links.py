"""Slack users linked to staff by HR."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.services.ports import Link
from bot.storage.tables import LinkRow

_TABLE = LinkRow.__table__  # type: ignore[attr-defined]
_BY_USER = select(_TABLE).where(_TABLE.c.team_id == bindparam("team"), _TABLE.c.user_id == bindparam("user"))


class SqlLinks:
    """Implements `services.ports.LinkStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, team_id: str, user_id: str) -> Link | None:
        """Team id and user id together: a user id alone is not unique on Slack."""
        row = self._connection.execute(_BY_USER, {"team": team_id, "user": user_id}).mappings().first()
        return Link(**row) if row else None

    def of_person(self, person_id: str) -> list[Link]:
        """Every link to that person."""
        rows = self._connection.execute(select(_TABLE).where(_TABLE.c.person == person_id)).mappings()
        return [Link(**row) for row in rows]

    def put(self, link: Link) -> None:
        """Makes or replaces the link; the audit chain keeps what was before."""
        self._connection.execute(
            delete(_TABLE).where(_TABLE.c.team_id == link.team_id, _TABLE.c.user_id == link.user_id)
        )
        self._connection.execute(
            insert(_TABLE).values(
                team_id=link.team_id,
                user_id=link.user_id,
                person=link.person,
                linked_by=link.linked_by,
                linked_at=link.linked_at,
            )
        )
