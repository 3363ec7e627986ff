"""Who has a seat in a session, who waits for one, and how the waiting list moves up. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.training_sessions import Session

ACCEPT = timedelta(hours=24)
"""How long a seat is held for whoever has moved up, from when they can be told; at most until the session begins."""


class SignupState(StrEnum):
    """What somebody's name on the list of a session means."""

    SIGNED = "signed"
    WAITING = "waiting"
    OFFERED = "offered"
    """Moved up: the seat is held until `until`."""
    LEFT = "left"
    """请假, or an offer refused."""
    LAPSED = "lapsed"
    """An offer that nobody answered in time."""


SEATED = (SignupState.SIGNED, SignupState.OFFERED)
CONCERNED = (*SEATED, SignupState.WAITING)
"""Whoever is told when the session moves or is called off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signup:
    """One name on the list of one session."""

    session: str
    person: str
    state: SignupState
    at: datetime
    """When it was put there: the order of those who wait."""
    until: datetime | None = None
    told: str = ""
    """What the person has been told last (`notice_of`)."""


def left(session: Session, signups: Iterable[Signup]) -> int | None:
    """Seats that nobody has; None where as many may come as will. Never below nought: a session may lose seats."""
    if session.seats is None:
        return None
    return max(0, session.seats - sum(one.state in SEATED for one in signups))


def settled(session: Session, signups: Sequence[Signup], now: datetime, held_until: datetime) -> list[Signup]:
    """What has changed by now: offers that have lapsed, and the first of those who wait, offered what is free.

    `held_until`: how long whoever moves up now has to accept. Nobody does once the session has begun."""
    lapsed = {
        one.person: replace(one, state=SignupState.LAPSED, until=None)
        for one in signups
        if one.state is SignupState.OFFERED and one.until is not None and one.until <= now
    }
    if session.begun(now):
        return list(lapsed.values())
    standing = [lapsed.get(one.person, one) for one in signups]
    waiting = queue(standing)
    free = left(session, standing)
    until = min(held_until, session.begins(now))
    moved = [replace(one, state=SignupState.OFFERED, until=until) for one in waiting[:free]]
    return [*lapsed.values(), *moved]


def queue(signups: Iterable[Signup]) -> list[Signup]:
    """Those who wait, first come first."""
    return sorted((o for o in signups if o.state is SignupState.WAITING), key=lambda o: (o.at, o.person))


def joined(session: Session, signups: Sequence[Signup], person: str, now: datetime) -> Signup:
    """Somebody's name put down: a seat where one is free or held for them, else a place in the queue, which whoever
    waits already keeps. Who waits is not passed."""
    mine = next((one for one in signups if one.person == person), None)
    if mine and mine.state in (SignupState.SIGNED, SignupState.WAITING):
        return mine
    if mine and mine.state is SignupState.OFFERED:
        return replace(mine, state=SignupState.SIGNED, until=None)
    free = left(session, signups)
    seated = free is None or (free > 0 and not queue(signups))
    state = SignupState.SIGNED if seated else SignupState.WAITING
    return Signup(session=session.id, person=person, state=state, at=now, told=mine.told if mine else "")


def notice_of(session: Session | None, signup: Signup, cancelled: bool) -> str:
    """What somebody on the list should know: another text than they were told last means that they are to be told."""
    if signup.state not in CONCERNED:
        return "lapsed" if signup.state is SignupState.LAPSED else ""
    if session is None or cancelled:
        return "cancelled"
    when = f"{session.day}|{session.clock}|{session.place or ''}"
    return f"offered|{when}" if signup.state is SignupState.OFFERED else when
