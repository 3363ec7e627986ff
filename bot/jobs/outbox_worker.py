"""Sends what is due: claim, look where needed, word it as things stand now, hold, post once, settle."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.domain.outbox import Entry, Policy, Result, Tried, settle
from bot.jobs.crash import Reach, go_on
from bot.services.letters import Letters, Recipient
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
        self._claimed: deque[Entry] = deque()
        self._claimed_at = clock.now()

    async def step(self) -> Worked:
        """One row to wherever it gets."""
        if not self._claimed:
            self._claimed_at = self._clock.now()
            self._claimed.extend(await self._in_thread(self._claim, self._claimed_at))
            self._reach("after_claim")
        if not self._claimed:
            return IDLE
        entry = self._claimed.popleft()
        tried = await self._try(entry)
        if tried is None:
            log.warning("claimed by another meanwhile", number=entry.number)
            return Worked(entry=entry)
        await self._in_thread(self._settle, entry, tried)
        self._reach("after_commit")
        return Worked(entry=entry, tried=tried)

    async def release(self) -> None:
        """Gives back what was claimed and not begun, for whoever comes next."""
        while self._claimed:
            await self._in_thread(self._settle, self._claimed.popleft(), Tried(result=Result.BARRED))

    async def _try(self, entry: Entry) -> Tried | None:
        """None where the claim was lost."""
        recipient = await self._letters.reach(entry.person)
        if isinstance(recipient, Tried):
            return recipient
        return await self._look(entry, recipient) or await self._post(entry, recipient)

    async def _look(self, entry: Entry, recipient: Recipient) -> Tried | None:
        """None where it is to be posted."""
        if not entry.look:
            return None
        self._reach("in_look")
        found = await self._letters.look(recipient, entry.mark, min(entry.due_at, entry.planned_at))
        if found is None and entry.attempts >= self._policy.most_tries:
            return Tried(result=Result.REFUSED, detail="no_answer")
        return found

    async def _post(self, entry: Entry, recipient: Recipient) -> Tried | None:
        now = self._clock.now()
        page = await self._in_thread(self._wording, entry, recipient.zone, now)
        if isinstance(page, Tried):
            return page
        if not await self._still_ours(entry):
            return None
        tried = await self._letters.post(recipient, page, entry.mark)
        self._reach("answer_read")
        return tried

    async def _still_ours(self, entry: Entry) -> bool:
        """Nobody else can claim the row before its lease is over: what took long is held anew. False also where this
        process was frozen since, for then somebody else may be posting."""
        held_at, half = self._claimed_at, self._policy.lease / 2
        if self._clock.now() >= held_at + half:
            held_at = self._clock.now()
            if not await self._in_thread(self._hold, entry, held_at):
                return False
        return self._clock.now() < held_at + half

    def _claim(self, now: datetime) -> list[Entry]:
        with self._store.send() as view:
            return view.outbox.claim(now, self._policy, view.turns.watermark())

    def _hold(self, entry: Entry, now: datetime) -> bool:
        with self._store.send() as view:
            return view.outbox.hold(entry, now, self._policy)

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
