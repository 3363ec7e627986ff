"""报名, 候补, 请假: who presses is looked up anew, the list is settled, and whoever moves up is found to be told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from bot.domain.access import Asker, Matter, may
from bot.domain.people import Person
from bot.domain.reminder_hours import Wishes, next_moment
from bot.domain.signups import (
    ACCEPT,
    CONCERNED,
    SEATED,
    Signup,
    SignupState,
    joined,
    left,
    notice_of,
    queue,
    settled,
)
from bot.domain.training_sessions import Session, overlapping
from bot.domain.workdays import Workdays
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, Reading, UnitOfWork, Writing
from bot.services.session_feedback import to_ask
from bot.services.session_telling import planned


class SignupAction(StrEnum):
    """What a button under a session does."""

    JOIN = "join"
    """报名, 候补, 接受: which of them it comes to is the list's to say."""
    LEAVE = "leave"


class NotPossible(StrEnum):
    """Why nothing was done."""

    GONE = "gone"
    BEGUN = "begun"
    CANCELLED = "cancelled"
    OTHER_GRADE = "other_grade"
    NOT_ON_LIST = "not_on_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedUp(Outcome):
    """What became of a press: where the person stands now, or why nothing changed. Theirs alone."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    session: Session | None
    state: SignupState | None = None
    place: int = 0
    """In the queue, from 1."""
    conflicts: tuple[Session, ...] = ()
    refused: NotPossible | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAsked(Outcome):
    """HR would call a session off: what that does, before it is done; or that it is."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.LEDGER

    session: Session | None
    seated: int = 0
    waiting: int = 0
    done: bool = False


class SignUps:
    """Every change in one transaction with what it lets happen."""

    def __init__(self, store: UnitOfWork, clock: Clock, zone: ZoneInfo, workdays: Workdays) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone
        self._workdays = workdays

    def press(self, asker: Asker, session_id: str, action: SignupAction, now: datetime | None = None) -> Outcome:
        """Decided by the store as it is now, whatever message the button stands in; the same press twice changes
        nothing more."""
        now = now or self._clock.now()
        with self._store.write() as view:
            person = view.people.get(asker.person.id) if asker.person else None
            if person is None or not may(Asker(person, asker.label), Matter.SESSIONS):
                return Denied(unlinked=asker.staff is None)
            session = view.sessions.get(session_id)
            refused = _refused(view, session, person, action, now)
            if session is None or refused:
                return SignedUp(session=session, refused=refused)
            self._settle(view, session, now)
            mine = self._change(view, session, person, action, now)
            self._settle(view, session, now)
            self._tell(view, session.id, session, now)
            return _outcome(view, session, person, mine.state, now)

    def sweep(self, now: datetime | None = None) -> None:
        """Held seats that have lapsed go on, and what an import has changed is planned to be told. Every list."""
        now = now or self._clock.now()
        with self._store.write() as view:
            for session_id in sorted({one.session for one in view.signups.all()}):
                session = view.sessions.get(session_id)
                if session and session_id not in view.signups.cancelled():
                    self._settle(view, session, now)
                self._tell(view, session_id, session, now)
            view.outbox.plan(to_ask(view, now), now)

    def _tell(self, view: Writing, session_id: str, session: Session | None, now: datetime) -> None:
        """A row for everybody who does not know yet, in the transaction that makes it so."""
        if session and session.over(now):
            return
        cancelled = session_id in view.signups.cancelled()
        of_list = [(one, notice_of(session, one, cancelled)) for one in view.signups.of_session(session_id)]
        news = [(one, text) for one, text in of_list if text and text != one.told]
        view.outbox.plan([planned(session, one, text, now) for one, text in news], now)
        view.signups.put(replace(one, told=text) for one, text in news)

    def cancel(self, asker: Asker, session_id: str, *, confirmed: bool, now: datetime | None = None) -> Outcome:
        """HR's alone: first what it does, then, confirmed, it is done and recorded."""
        now = now or self._clock.now()
        if not may(asker, Matter.LEDGER) or asker.staff is None:
            return Denied(unlinked=asker.staff is None)
        with self._store.write() as view:
            session = view.sessions.get(session_id)
            if session is None:
                return CancelAsked(session=None)
            signups = view.signups.of_session(session_id)
            seated = sum(one.state in SEATED for one in signups)
            done = session_id in view.signups.cancelled()
            if confirmed and not done:
                view.signups.cancel(session_id, asker.staff.id, now)
                view.audit.record(now, asker.staff.id, "cancelled_session", None, {"session": session_id})
                self._tell(view, session_id, session, now)
            waiting = len(queue(signups))
        return CancelAsked(session=session, seated=seated, waiting=waiting, done=done or confirmed)

    def _held_until(self, now: datetime) -> datetime:
        """A day from when they can be told: nobody is written to at night or on a holiday."""
        return (next_moment(now, self._zone, self._workdays, Wishes()) or now) + ACCEPT

    def _settle(self, view: Writing, session: Session, now: datetime) -> None:
        view.signups.put(settled(session, view.signups.of_session(session.id), now, self._held_until(now)))

    def _change(self, view: Writing, session: Session, person: Person, action: SignupAction, now: datetime) -> Signup:
        signups = view.signups.of_session(session.id)
        if action is SignupAction.JOIN:
            mine = joined(session, signups, person.id, now)
            # They see it in the answer to their own press.
            mine = replace(mine, told=notice_of(session, mine, False))
        else:
            before = next(one for one in signups if one.person == person.id)
            mine = replace(before, state=SignupState.LEFT, until=None)
        view.signups.put([mine])
        return mine


def _refused(
    view: Reading, session: Session | None, person: Person, action: SignupAction, now: datetime
) -> NotPossible | None:
    """Why it cannot be done; leaving is possible whatever one's grade has become."""
    if session is None:
        return NotPossible.GONE
    if session.id in view.signups.cancelled():
        return NotPossible.CANCELLED
    if session.begun(now):
        return NotPossible.BEGUN
    if action is SignupAction.JOIN:
        return None if session.fits(person.grade) or person.grade is None else NotPossible.OTHER_GRADE
    mine = [one for one in view.signups.of_session(session.id) if one.person == person.id]
    return None if mine and mine[0].state in CONCERNED else NotPossible.NOT_ON_LIST


def _outcome(view: Reading, session: Session, person: Person, state: SignupState, now: datetime) -> SignedUp:
    waiting = [one.person for one in queue(view.signups.of_session(session.id))]
    place = waiting.index(person.id) + 1 if person.id in waiting else 0
    others = () if state is SignupState.LEFT else conflicts(view, session, person.id)
    return SignedUp(session=session, state=state, place=place, conflicts=tuple(others))


def conflicts(view: Reading, session: Session, person: str) -> Sequence[Session]:
    """Other sessions that the person has a seat in at the same time."""
    cancelled = view.signups.cancelled()
    held = [one.session for one in view.signups.of_person(person) if one.state in SEATED]
    return overlapping(session, [s for key in held if key not in cancelled and (s := view.sessions.get(key))])


def seats_left(view: Reading, session: Session) -> int | None:
    """None where as many may come as will."""
    return left(session, view.signups.of_session(session.id))


class Planning(Protocol):
    """What the timetable calls to plan."""

    def plan(self, now: datetime) -> int: ...


class SweptFirst:
    """Lists are swept before each planning: seats lapse though nobody presses anything."""

    def __init__(self, sign_ups: SignUps, planner: Planning) -> None:
        self._sign_ups = sign_ups
        self._planner = planner

    def plan(self, now: datetime) -> int:
        """As the planner."""
        self._sign_ups.sweep(now)
        return self._planner.plan(now)
