"""The timetable inside `ladder run`, and of one pass from cron: leads, plans what has come up, sends what is due."""

import asyncio
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.domain.outbox import Result
from bot.errors import StoreUnavailable
from bot.jobs.crash import Reach, go_on
from bot.jobs.outbox_worker import InThread, OutboxWorker, Pace
from bot.services.ports import Clock, UnitOfWork

log = structlog.get_logger("ladder.timetable")

LEASE = timedelta(seconds=15)
"""A leader that has not renewed for so long is taken to be dead."""
_PLAN_AGAIN = timedelta(minutes=10)
_TICK = 2.0
_LONGEST_STEP = 30.0
"""Seconds that a stop waits for the row under way."""


class Planning(Protocol):
    """`services.reminding.Planner`, as far as it is needed here."""

    def plan(self, now: datetime) -> int: ...


class Timetable:
    """One of several processes leads; the others wait for its lease to run out."""

    def __init__(
        self,
        *,
        store: UnitOfWork,
        planner: Planning,
        worker: OutboxWorker,
        pace: Pace,
        clock: Clock,
        in_thread: InThread,
        reach: Reach = go_on,
    ) -> None:
        self._store = store
        self._planner = planner
        self._worker = worker
        self._pace = pace
        self._clock = clock
        self._in_thread = in_thread
        self._reach = reach
        self._holder = secrets.token_hex(8)
        self._planned_at: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.barred: str | None = None
        """Slack's code, where it refuses the token: then nothing more is tried."""

    def start(self) -> None:
        """Goes on until `stop`."""
        self._task = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        """Between two rows, so that none is left half done; another process may lead at once."""
        self._stopping.set()
        if self._task:
            await asyncio.wait([self._task], timeout=_LONGEST_STEP)
            self._task.cancel()
        with suppress(StoreUnavailable):  # then the leases run out by themselves
            await self._worker.release()
            await self._in_thread(self._resign)

    async def once(self) -> int:
        """Plans and sends what is due now; how many rows were worked on. Waits as Slack asks, not for what is held."""
        done = 0
        if not await self._in_thread(self._lead):
            return done
        await self._plan()
        while self._goes_on and await self._in_thread(self._lead) and await self._send():
            done += 1
        await self._worker.release()
        await self._in_thread(self._resign)
        return done

    async def _go_on(self) -> None:
        while self._goes_on:
            try:
                await self._tick()
            except Exception as fault:  # noqa: BLE001 - the timetable outlives a store that is away
                log.error("timetable", fault=type(fault).__name__)
            await self._pause(_TICK)

    async def _tick(self) -> None:
        if not await self._in_thread(self._lead):
            return
        await self._plan()
        while self._goes_on and await self._send():
            if not await self._in_thread(self._lead):
                return

    async def _plan(self) -> None:
        now = self._clock.now()
        if self._planned_at and timedelta() <= now - self._planned_at < _PLAN_AGAIN:
            return
        self._reach("before_plan")
        planned = await self._in_thread(self._planner.plan, now)
        self._reach("after_plan")
        self._planned_at = now
        if planned:
            log.info("planned", rows=planned)

    async def _send(self) -> bool:
        """One row; False where nothing is due."""
        if wait := self._pace.wait(self._clock.now()):
            await self._wait(wait)
        if not self._goes_on:
            return False
        worked = await self._worker.step()
        if worked.entry is None:
            return False
        if worked.tried:
            self._pace.used(worked.tried, self._clock.now())
            if worked.tried.result is Result.BARRED:
                self.barred = worked.tried.detail
                log.error("Slack refuses the token", code=self.barred)
        return True

    async def _wait(self, seconds: float) -> None:
        """Keeps the lead meanwhile."""
        step = LEASE.total_seconds() / 3
        while seconds > 0 and self._goes_on:
            await self._pause(min(seconds, step))
            seconds -= step
            await self._in_thread(self._lead)

    async def _pause(self, seconds: float) -> None:
        """Shorter where it is to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    @property
    def _goes_on(self) -> bool:
        return self.barred is None and not self._stopping.is_set()

    def _lead(self) -> bool:
        now = self._clock.now()
        with self._store.send() as view:
            return view.turns.lead(self._holder, now, now + LEASE)

    def _resign(self) -> Any:
        with self._store.send() as view:
            view.turns.resign(self._holder, self._clock.now())
