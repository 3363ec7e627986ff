"""How people want to be reminded, and when they are away."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from bot.domain.reminder_hours import Leave, Wishes
from bot.storage.tables import LeaveRow, ReminderWishesRow

_WISHES = ReminderWishesRow.__table__  # type: ignore[attr-defined]
_LEAVES = LeaveRow.__table__  # type: ignore[attr-defined]


class SqlWishes:
    """Implements `services.ports.WishesStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: str) -> Wishes:
        """The usual ones where the person has set none."""
        row = self._connection.execute(select(_WISHES).where(_WISHES.c.person == person)).mappings().first()
        days = select(_LEAVES.c.starts, _LEAVES.c.ends).where(_LEAVES.c.person == person).order_by(_LEAVES.c.starts)
        leaves = tuple(Leave(starts, ends) for starts, ends in self._connection.execute(days))
        if row is None:
            return Wishes(leaves=leaves)
        return Wishes(paused=row["paused"], hour=row["hour"], every_days=row["every_days"], leaves=leaves)

    def put(self, person: str, wishes: Wishes) -> None:
        """In place of what was set; the leaves stay."""
        self._connection.execute(delete(_WISHES).where(_WISHES.c.person == person))
        values = {"paused": wishes.paused, "hour": wishes.hour, "every_days": wishes.every_days}
        self._connection.execute(insert(_WISHES).values(person=person, **values))

    def add_leave(self, person: str, starts: date, ends: date, said_by: str) -> None:
        """Both days included."""
        self._connection.execute(insert(_LEAVES).values(person=person, starts=starts, ends=ends, said_by=said_by))
