"""What somebody on a session's list is told, by the outbox: a seat is held, the session has moved or is called off."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.domain.access import Matter
from bot.domain.outbox import Entry, Notice
from bot.domain.people import Person
from bot.domain.reminders import Occasion
from bot.domain.signups import Signup, notice_of
from bot.domain.training_sessions import Session
from bot.services.outcomes import Outcome
from bot.services.ports import Reading

KIND = "session_change"
_GOES_OUT_WITHIN = timedelta(days=14)


def planned(session: Session | None, signup: Signup, text: str, now: datetime) -> Notice:
    """A row for one text: told once, however often it is planned. `text`: of `notice_of`."""
    ends = session.ends(now) if session else now
    return Notice(
        kind=KIND,
        person=signup.person,
        period=signup.session,
        occurrence=_digest(signup, text),
        due_at=now,
        expires_at=max(ends, now + timedelta(days=1)) if session else now + _GOES_OUT_WITHIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNotice(Outcome):
    """To somebody on a list, unasked."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    signup: Signup
    session: Session | None
    what: str
    """offered, changed, cancelled or lapsed."""


class SessionTelling:
    """Implements `services.reminding.Telling`: a row's period is the session, its occurrence what is to be said."""

    def concerns(self, view: Reading, occasion: Occasion) -> Iterator[Person]:
        """Nobody: a press, an import and the timetable's sweep plan the rows."""
        yield from ()

    def tell(self, view: Reading, entry: Entry, person: Person, now: datetime) -> Outcome | None:
        """None where something else has become true meanwhile, which has a row of its own."""
        session = view.sessions.get(entry.period)
        signup = next((o for o in view.signups.of_session(entry.period) if o.person == person.id), None)
        if signup is None:
            return None
        text = notice_of(session, signup, entry.period in view.signups.cancelled())
        if not text or _digest(signup, text) != entry.occurrence:
            return None
        until = signup.until.astimezone(now.tzinfo) if signup.until else None
        return SessionNotice(signup=replace(signup, until=until), session=session, what=what_of(text))


def what_of(text: str) -> str:
    """offered, cancelled, lapsed, or changed for a time and place."""
    word = text.partition("|")[0]
    return word if word in ("offered", "cancelled", "lapsed") else "changed"


def _digest(signup: Signup, text: str) -> str:
    """The moment of the offer too: a second one of the same seat is told again."""
    until = signup.until.isoformat() if signup.until else ""
    return hashlib.sha256(f"{text}|{until}".encode()).hexdigest()[:16]
