"""What is to be told later: a row of the outbox, and what each try at sending it makes of it. No clock, no store.

Slack has no key by which it would know a message again. So a row is committed as `sending` before the one post; where
the outcome is unknown a grace time passes, and the direct message is looked through for the row's mark before another.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATER = ".later"
"""Ends the occurrence of a row that the person has asked for: 稍后提醒."""
AGAIN = ".again"
"""Ends the occurrence of a row that HR has sent once more."""


class State(StrEnum):
    """Where a row stands; `due` and `sending` are still to come to an end."""

    DUE = "due"
    SENDING = "sending"
    """Posted, or about to be: nobody knows until it is settled or looked for."""
    SENT = "sent"
    FAILED = "failed"
    """Slack will not have it, or the person is not on Slack: HR sees it."""
    UNKNOWN = "unknown"
    """It may have been sent and cannot be looked for: HR decides."""
    EXPIRED = "expired"
    """Nothing to tell any more: too late, the condition has gone, or HR took it back."""


OPEN = (State.DUE, State.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to be told to one person, once: (kind, person, period, occurrence) is its key."""

    kind: str
    person: str
    period: str
    occurrence: str
    due_at: datetime
    expires_at: datetime

    @property
    def asked_for(self) -> bool:
        """By the person, or by HR: no week's budget counts it."""
        return self.occurrence.endswith((LATER, AGAIN))

    @property
    def mark(self) -> str:
        """What the message's metadata bears: the same for each try, and says nothing to anybody."""
        key = "\0".join(("outbox", self.kind, self.person, self.period, self.occurrence))
        return hashlib.sha256(key.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Notice):
    """A row."""

    number: int
    state: State
    attempts: int
    token: int
    """Raised by each claim: whoever holds an older one writes nothing any more."""
    next_at: datetime
    look: bool = False
    """An earlier try, or an earlier life of the store, may have sent it."""
    planned_at: datetime
    reason: str | None = None
    sent_at: datetime | None = None
    ts: str | None = None
    recipient: str | None = None
    """The Slack user, once it was sent."""
    acted_at: datetime | None = None


class Result(StrEnum):
    """What one try came to."""

    SENT = "sent"
    RATE_LIMITED = "rate_limited"
    """Nothing was done; `wait` says how long nothing may be called."""
    BARRED = "barred"
    """The token is refused: nothing can be sent to anybody."""
    GONE = "gone"
    """The person has no account that may be written to."""
    REFUSED = "refused"
    UNREACHED = "unreached"
    """Slack did not answer before the post: nothing was sent by this try."""
    UNSURE = "unsure"
    """The post went off and nobody knows whether Slack took it."""
    BLIND = "blind"
    """It may have been sent, and Slack does not let us look."""
    HELD = "held"
    """Not now: `until`."""
    NOTHING = "nothing"
    """There is nothing to tell any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A result with what belongs to it; `detail` is a code, never a word of the message."""

    result: Result
    detail: str | None = None
    wait: timedelta = timedelta()
    until: datetime | None = None
    ts: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Spans of time. A lease is longer than a look and a post together may take."""

    lease: timedelta = timedelta(seconds=60)
    grace: timedelta = timedelta(seconds=70)
    """Before a post of unknown outcome is looked for: the client's time-out and a minute."""
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=15)
    most_tries: int = 8
    at_once: int = 8
    """Rows of one claim: a commit for each would cost as much as the sending's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is written of a row."""

    state: State
    next_at: datetime
    attempts: int
    reason: str | None = None
    sent_at: datetime | None = None
    ts: str | None = None
    recipient: str | None = None


_ENDS = {
    Result.SENT: State.SENT,
    Result.GONE: State.FAILED,
    Result.REFUSED: State.FAILED,
    Result.BLIND: State.UNKNOWN,
    Result.NOTHING: State.EXPIRED,
}


def settle(entry: Entry, tried: Tried, now: datetime, policy: Policy) -> Change:
    """What a try makes of the row."""
    if state := _ENDS.get(tried.result):
        return Change(
            state=state,
            next_at=now,
            attempts=entry.attempts,
            reason=tried.detail,
            sent_at=now if state is State.SENT else None,
            ts=tried.ts,
            recipient=tried.recipient,
        )
    match tried.result:
        case Result.HELD:
            return _held(entry, tried.until or now, now)
        case Result.RATE_LIMITED | Result.BARRED:
            return _again(entry, now + tried.wait, entry.attempts, tried)
        case Result.UNREACHED:
            return _unreached(entry, tried, now, policy)
    return _unsure(entry, tried, now, policy)


def backoff(attempts: int, policy: Policy) -> timedelta:
    """Doubling from the first wait to the longest."""
    wait: timedelta = policy.first_wait * 2 ** min(max(attempts - 1, 0), 20)
    return min(policy.longest_wait, wait)


def _held(entry: Entry, until: datetime, now: datetime) -> Change:
    """Past its end there is no point in waiting."""
    if until >= entry.expires_at:
        return Change(state=State.EXPIRED, next_at=now, attempts=entry.attempts, reason="no_moment_left")
    return Change(state=State.DUE, next_at=until, attempts=entry.attempts)


def _unreached(entry: Entry, tried: Tried, now: datetime, policy: Policy) -> Change:
    attempts = entry.attempts + 1
    if attempts < policy.most_tries:
        return _again(entry, now + backoff(attempts, policy), attempts, tried)
    state = State.UNKNOWN if entry.look else State.FAILED
    return Change(state=state, next_at=now, attempts=attempts, reason=tried.detail)


def _unsure(entry: Entry, tried: Tried, now: datetime, policy: Policy) -> Change:
    """To be looked for; also the last try's, whose end the look tells."""
    attempts = entry.attempts + 1
    wait = max(policy.grace, backoff(attempts, policy))
    return Change(state=State.SENDING, next_at=now + wait, attempts=attempts, reason=tried.detail)


def _again(entry: Entry, at: datetime, attempts: int, tried: Tried) -> Change:
    """What may have been sent stays `sending`, so that it is looked for."""
    state = State.SENDING if entry.look else State.DUE
    return Change(state=state, next_at=at, attempts=attempts, reason=tried.detail)
