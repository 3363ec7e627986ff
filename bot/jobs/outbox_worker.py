"""Sends what is due: claim, look where needed, word it as things stand now, hold, post once, settle."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.domain.outbox import Entry, Policy, Result, Tried, settle
from bot.jobs.crash import Reach, go_on
from bot.services.letters import Letters
from bot.services.origin import Page
from bot.services.ports import Clock, UnitOfWork

log = structlog.get_logger("ladder.outbox")

InThread = Callable[..., Awaitable[Any]]
Wording = Callable[[Entry, ZoneInfo, datetime], Page | Tried]
"""The one message of a row, as things stand now; or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What one step did; `entry` is None where nothing was due."""

    entry: Entry | None = None
    tried: Tried | None = None


IDLE = Worked()


class OutboxWorker:
    """One of any number: a row is worked on by whoever has claimed it."""

    def __init__(
        self,
        *,
        store: UnitOfWork,
        letters: Letters,
        wording: Wording,
        clock: Clock,
        in_thread: InThread,
        policy: Policy,
        reach: Reach = go_on,
    ) -> None:
        """`reach` is called at the points of `jobs.crash`: tests end the process there."""
        self._store = store
        self._letters = letters
        self._wording = wording
        self._clock = clock
        self._in_thread = in_thread
        self._policy = policy
        self._reach = reach

    async def step(self) -> Worked:
        """One row to wherever it gets."""
        entry = await self._in_thread(self._claim)
        if entry is None:
            return IDLE
        self._reach("after_claim")
        tried = await self._try(entry)
        if tried is None:
            log.warning("claimed by another meanwhile", number=entry.number)
            return Worked(entry=entry)
        await self._in_thread(self._settle, entry, tried)
        self._reach("after_commit")
        return Worked(entry=entry, tried=tried)

    async def _try(self, entry: Entry) -> Tried | None:
        """None where the claim was lost."""
        recipient = await self._letters.reach(entry.person)
        if isinstance(recipient, Tried):
            return recipient
        if entry.look:
            self._reach("in_look")
            since = min(entry.due_at, entry.planned_at)
            if found := await self._letters.look(recipient, entry.mark, since):
                return found
            if entry.attempts >= self._policy.most_tries:
                return Tried(result=Result.REFUSED, detail="no_answer")
        page = await self._in_thread(self._wording, entry, recipient.zone, self._clock.now())
        if isinstance(page, Tried):
            return page
        if not await self._in_thread(self._hold, entry):
            return None
        tried = await self._letters.post(recipient, page, entry.mark)
        self._reach("answer_read")
        return tried

    def _claim(self) -> Entry | None:
        with self._store.send() as view:
            return view.outbox.claim(self._clock.now(), self._policy, view.turns.watermark())

    def _hold(self, entry: Entry) -> bool:
        with self._store.send() as view:
            return view.outbox.hold(entry, self._clock.now(), self._policy)

    def _settle(self, entry: Entry, tried: Tried) -> None:
        now = self._clock.now()
        with self._store.send() as view:
            view.outbox.settle(entry, settle(entry, tried, now, self._policy))
            self._reach("in_commit")


class Pace:
    """So many posts a minute, evenly; Slack's own wait goes before it."""

    def __init__(self, per_minute: int) -> None:
        self._between = timedelta(minutes=1) / per_minute
        self._free: datetime | None = None

    def wait(self, now: datetime) -> float:
        """Seconds until the next call may go."""
        return max(0.0, (self._free - now).total_seconds()) if self._free else 0.0

    def used(self, tried: Tried, now: datetime) -> None:
        """After a step: what posted nothing costs nothing."""
        if tried.result is Result.RATE_LIMITED:
            self._free = now + tried.wait
        elif tried.result in (Result.SENT, Result.UNSURE, Result.REFUSED):
            # What was late is caught up, so that the rate is used; a long silence is not.
            last = self._free if self._free and self._free > now - timedelta(seconds=2) else now
            self._free = last + self._between
