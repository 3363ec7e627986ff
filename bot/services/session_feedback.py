"""After a session: two questions to whoever was in it, by buttons; counts for HR and the trainer, no names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.domain.access import Asker, Matter, may
from bot.domain.outbox import Entry, Notice
from bot.domain.people import Person
from bot.domain.reminders import Occasion
from bot.domain.signups import SignupState
from bot.domain.training_sessions import Session
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, Reading, UnitOfWork

KIND = "session_feedback"
FEWEST = 3
"""Answers below which no counts are shown: they would say who said it."""
_ASKED_WITHIN = timedelta(days=2)
_OPEN_FOR = timedelta(days=7)


class FeedbackQuestion(StrEnum):
    """What is asked."""

    USEFUL = "useful"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAsked(Outcome):
    """The two questions."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTaken(Outcome):
    """Thanks; or why not: the session is none that the person was in, or is not over."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    session: Session | None
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSummed(Outcome):
    """Counts by question and answer; too few are not shown."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.LEDGER

    session: Session | None
    counts: Mapping[tuple[str, int], int]
    people: int
    fewest: int = FEWEST


def present(view: Reading, session: Session) -> set[str]:
    """Who was in it: by 签到 where HR has imported it, else whoever had a seat."""
    seated = {o.person for o in view.signups.of_session(session.id) if o.state is SignupState.SIGNED}
    return set(view.sessions.attendees(session.id)) or seated


def to_ask(view: Reading, now: datetime) -> list[Notice]:
    """A row for everybody who was in a session that has just ended; its key asks once."""
    cancelled = view.signups.cancelled()
    ended = view.sessions.between((now - _ASKED_WITHIN).date(), now.date())
    return [
        Notice(
            kind=KIND, person=person, period=s.id, occurrence="after", due_at=now, expires_at=s.ends(now) + _OPEN_FOR
        )
        for s in ended
        if s.over(now) and s.id not in cancelled
        for person in sorted(present(view, s))
    ]


class FeedbackTelling:
    """Implements `services.reminding.Telling`."""

    def concerns(self, view: Reading, occasion: Occasion) -> Iterator[Person]:
        """Nobody: the sweep of sessions plans the rows."""
        yield from ()

    def tell(self, view: Reading, entry: Entry, person: Person, now: datetime) -> Outcome | None:
        """None where it turned out that the person was not there."""
        session = view.sessions.get(entry.period)
        return FeedbackAsked(session=session) if session and person.id in present(view, session) else None


class Feedback:
    """Takes answers, and sums them."""

    def __init__(self, store: UnitOfWork, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def give(self, asker: Asker, session_id: str, question: FeedbackQuestion, answer: int) -> Outcome:
        """Of whoever was in it, once it is over; a second answer replaces the first."""
        now, person = self._clock.now(), asker.staff
        if person is None:
            return Denied(unlinked=True)
        with self._store.write() as view:
            session = view.sessions.get(session_id)
            taken = session is not None and session.over(now) and person.id in present(view, session)
            if taken:
                view.feedback.put(session_id, person.id, str(question), answer, now)
        return FeedbackTaken(session=session if taken else None, taken=taken)

    def summary(self, asker: Asker, session_id: str) -> Outcome:
        """For HR, and for the one member of staff who bears the trainer's name."""
        with self._store.read() as view:
            session = view.sessions.get(session_id)
            if not (may(asker, Matter.LEDGER) or (session and _trains(view, asker, session))):
                return Denied(unlinked=asker.staff is None)
            counts = view.feedback.counts(session_id)
        people = max((sum(n for (q, _), n in counts.items() if q == asked) for asked in FeedbackQuestion), default=0)
        return FeedbackSummed(session=session, counts=counts if people >= FEWEST else {}, people=people)


def _trains(view: Reading, asker: Asker, session: Session) -> bool:
    """A name that two people bear is nobody's."""
    named = [p.id for p in view.people.everyone() if p.active and p.name == session.trainer]
    return asker.staff is not None and named == [asker.staff.id]
