"""Which batches an earlier state of the ledger ends with, and readers of that state."""

from datetime import date, datetime

from sqlalchemy import Connection

from bot.storage.known_then import FIRST_OF, KNOWN, NEWEST_BY, TOUCHED
from bot.storage.ledger_reader import SqlLedger
from bot.storage.people import SqlPeople


class SqlPast:
    """Implements `services.ports.Past`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_of(self, as_of: date) -> int | None:
        """The batch that first brought figures of that date; None where none ever has."""
        return self._connection.execute(FIRST_OF, {"as_of": as_of}).scalar()

    def newest_by(self, moment: datetime) -> int | None:
        """The newest batch before that moment."""
        return self._connection.execute(NEWEST_BY, {"moment": moment}).scalar()

    def touching(self, as_of: date, manager: str, after: int) -> list[int]:
        """The batches after that one which may have changed the manager's standing at that date, oldest first."""
        asked = {
            "as_of": as_of,
            "year_start": date(as_of.year, 1, 1),
            "last_year_end": date(as_of.year - 1, 12, 31),
            "manager": manager,
            KNOWN: after,
        }
        return sorted(int(row[0]) for row in self._connection.execute(TOUCHED, asked))

    def ledger(self, batch: int) -> SqlLedger:
        """The ledger as it was when that batch was the newest."""
        return SqlLedger(self._connection, batch)

    def people(self, batch: int) -> SqlPeople:
        """The staff as they were known then."""
        return SqlPeople(self._connection, batch)
