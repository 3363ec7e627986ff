"""加日历: a session as a calendar file, and a private address from which a calendar fetches all of one's own."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.access import Asker, Matter, may
from bot.domain.signups import SignupState
from bot.domain.training_sessions import Session, in_order
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A session as a calendar holds it."""

    session: Session
    sequence: int
    """How often it has changed: calendars take the higher one."""
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedShown(Outcome):
    """The address, once: only its digest is kept. None where it was revoked, or the bot has no public address."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    address: str | None
    revoked: bool = False


class Calendars:
    """`base`: where the bot is reached from outside (LADDER_PUBLIC_URL), None where it is not."""

    def __init__(self, store: UnitOfWork, clock: Clock, base: str | None) -> None:
        self._store = store
        self._clock = clock
        self._base = base.rstrip("/") if base else None

    def entry(self, asker: Asker, session_id: str) -> Entry | None:
        """One session, for any member of staff; None where there is none."""
        if not may(asker, Matter.SESSIONS):
            return None
        with self._store.read() as view:
            session = view.sessions.get(session_id)
            return _entry(view, session) if session else None

    def feed(self, token: str) -> list[Entry] | None:
        """All that the owner of the address has a seat in; None for an address that is nobody's, or nobody's any more
        (revoked, or its owner has left)."""
        with self._store.read() as view:
            owner = view.signups.feed_owner(_digest(token))
            person = view.people.get(owner) if owner else None
            if person is None or not person.active:
                return None
            seats = [o.session for o in view.signups.of_person(person.id) if o.state is SignupState.SIGNED]
            sessions = in_order(s for key in seats if (s := view.sessions.get(key)))
            return [_entry(view, session) for session in sessions]

    def offer(self, asker: Asker, now: datetime | None = None) -> Outcome:
        """A new address; the one before is no longer any."""
        person = asker.staff
        if person is None:
            return Denied(unlinked=True)
        if self._base is None:
            return FeedShown(address=None)
        token = secrets.token_urlsafe(24)
        with self._store.write() as view:
            view.signups.set_feed(person.id, _digest(token), now or self._clock.now())
        return FeedShown(address=f"{self._base}/calendar/{token}.ics")

    def revoke(self, asker: Asker) -> Outcome:
        """No address any more."""
        person = asker.staff
        if person is None:
            return Denied(unlinked=True)
        with self._store.write() as view:
            view.signups.set_feed(person.id, None, self._clock.now())
        return FeedShown(address=None, revoked=True)


def _entry(view: Reading, session: Session) -> Entry:
    cancelled = session.id in view.signups.cancelled()
    return Entry(session=session, sequence=view.signups.sequence(session.id), cancelled=cancelled)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
