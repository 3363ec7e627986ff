"""Names on the lists of sessions, sessions called off, and addresses of calendars."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.domain.signups import Signup, SignupState
from bot.storage.tables import CalendarFeedRow, CancelledSessionRow, SessionRow, SignupRow

_SIGNUPS = SignupRow.__table__  # type: ignore[attr-defined]
_CANCELLED = CancelledSessionRow.__table__  # type: ignore[attr-defined]
_FEEDS = CalendarFeedRow.__table__  # type: ignore[attr-defined]
_SESSIONS = SessionRow.__table__  # type: ignore[attr-defined]


class SqlSignups:
    """Implements `services.ports.SignupStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_session(self, session: str) -> list[Signup]:
        """Every name, also those who have left."""
        return self._signups(_SIGNUPS.c.session == session)

    def of_person(self, person: str) -> list[Signup]:
        """Of every session."""
        return self._signups(_SIGNUPS.c.person == person)

    def all(self) -> list[Signup]:
        """By session and person."""
        return self._signups(_SIGNUPS.c.session.is_not(None))

    def put(self, signups: Iterable[Signup]) -> None:
        """In place of what stood there of the same session and person."""
        for one in signups:
            key = (_SIGNUPS.c.session == one.session) & (_SIGNUPS.c.person == one.person)
            values = {"state": str(one.state), "at": one.at, "until": one.until, "told": one.told}
            if not self._connection.execute(update(_SIGNUPS).where(key).values(**values)).rowcount:
                self._connection.execute(insert(_SIGNUPS).values(session=one.session, person=one.person, **values))

    def cancelled(self) -> frozenset[str]:
        """Sessions called off."""
        return frozenset(self._connection.execute(select(_CANCELLED.c.session)).scalars())

    def cancel(self, session: str, by: str, at: datetime) -> None:
        """Once: who called it off first stays named."""
        if session not in self.cancelled():
            self._connection.execute(insert(_CANCELLED).values(session=session, by=by, at=at))

    def sequence(self, session: str) -> int:
        """How often the session has changed since it was put down: of a calendar entry, its SEQUENCE."""
        versions = select(func.count()).select_from(_SESSIONS).where(_SESSIONS.c.id == session)
        count = int(self._connection.execute(versions).scalar() or 0)
        return max(0, count - 1) + (session in self.cancelled())

    def feed_owner(self, digest: str) -> str | None:
        """Whose calendar stands at the address with that token's digest; None for a revoked one too."""
        found = select(_FEEDS.c.person).where(_FEEDS.c.digest == digest)
        owner: str | None = self._connection.execute(found).scalar()
        return owner

    def set_feed(self, person: str, digest: str | None, at: datetime) -> None:
        """One address a person: the one before is revoked, and None leaves none."""
        self._connection.execute(delete(_FEEDS).where(_FEEDS.c.person == person))
        if digest:
            self._connection.execute(insert(_FEEDS).values(person=person, digest=digest, at=at))

    def _signups(self, where: object) -> list[Signup]:
        rows = select(_SIGNUPS).where(where).order_by(_SIGNUPS.c.session, _SIGNUPS.c.person)  # type: ignore[arg-type]
        return [_signup(row) for row in self._connection.execute(rows).mappings()]


def _signup(row: RowMapping) -> Signup:
    return Signup(**{**row, "state": SignupState(row["state"])})
