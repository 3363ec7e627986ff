"""A whole life of the outbox in milliseconds: the real worker and the real SQL over a fake clock and a fake Slack.

Everything random comes from one seed: who runs next, how long a call takes, what Slack does, who freezes, where the power
goes, when an old backup comes back. `python -m tests.jobs.simulator --seeds 100000` (make simulate SEEDS=…); a seed
that fails replays alone with `--first N --seeds 1`.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from bot.domain.outbox import OPEN, Notice, Policy, Result, State, Tried
from bot.jobs.outbox_worker import OutboxWorker
from bot.services.letters import Recipient
from bot.storage.outbox import SqlOutbox
from bot.storage.outbox_turns import SqlTurns
from bot.storage.tables import METADATA

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGINS = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)
POLICY = Policy()
LAG = 50.0
LONGEST = timedelta(days=1)
MOST_TROUBLE = 6
"""Faults, freezes and crashes of one life: a row gives up after eight tries."""
PAGE: Any = object()


class PowerCut(Exception):
    """The process is gone."""


@dataclass
class Pause:
    """What a coroutine waits for."""

    seconds: float

    def __await__(self) -> Generator[float, None, None]:
        yield self.seconds


class View:
    """As `storage.unit_of_work.View`, of the outbox alone."""

    def __init__(self, connection: Any) -> None:
        self.outbox, self.turns = SqlOutbox(connection), SqlTurns(connection)


class MemoryStore:
    """The real tables and statements over a database in memory."""

    def __init__(self) -> None:
        self.engine: Engine = create_engine("sqlite://", poolclass=StaticPool)

        @event.listens_for(self.engine, "connect")
        def _connected(connection: Any, _: object) -> None:
            connection.isolation_level = None

        @event.listens_for(self.engine, "begin")
        def _begun(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN")

        METADATA.create_all(self.engine, tables=[METADATA.tables[n] for n in ("outbox", "outbox_turns")])
        self.raw: sqlite3.Connection = self.engine.raw_connection().driver_connection  # type: ignore[assignment]

    @contextmanager
    def send(self) -> Iterator[View]:
        with self.engine.begin() as connection:
            yield View(connection)

    def empty(self) -> None:
        for name in ("outbox", "outbox_turns"):
            self.raw.execute(f"DELETE FROM {name}")

    def copy(self) -> dict[str, list[Any]]:
        return {name: self.raw.execute(f"SELECT * FROM {name}").fetchall() for name in ("outbox", "outbox_turns")}

    def bring_back(self, copy: dict[str, list[Any]]) -> None:
        self.empty()
        for name, rows in copy.items():
            for row in rows:
                self.raw.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)


@dataclass
class Life:
    """One seed."""

    store: MemoryStore
    seed: int
    policy: Policy = POLICY
    now: datetime = BEGINS
    posts: list[tuple[str, datetime]] = field(default_factory=list)
    trouble: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.lag = self.chance.choice((0.0, 5.0, LAG))
        self.queue: list[tuple[datetime, int, int]] = []
        self.lives: dict[int, Coroutine[Any, Any, None]] = {}
        self.born = 0

    # What the worker sees as its clock, its threads, its Slack.

    def clock_now(self) -> datetime:
        return self.now

    async def in_thread(self, work: Callable[..., Any], *values: Any) -> Any:
        await Pause(self._freeze())
        found = work(*values)
        await Pause(self._freeze())
        return found

    def reach(self, _: str) -> None:
        if self._troubled(0.04):
            raise PowerCut

    async def reach_person(self) -> Recipient | Tried:
        await Pause(self.chance.random())
        if self._troubled(0.08):
            return self.chance.choice((_UNREACHED, _LIMITED))
        return Recipient("U1", SHANGHAI)

    async def look(self, mark: str, since: datetime) -> Tried | None:
        await Pause(self.chance.random() * 5)
        if self._troubled(0.15):
            return self.chance.choice((_UNREACHED, _LIMITED))
        seen = [at for posted, at in self.posts if posted == mark and since - timedelta(minutes=10) <= at]
        visible = [at for at in seen if at + timedelta(seconds=self.lag) <= self.now]
        return Tried(result=Result.SENT, ts="1.1", recipient="U1") if visible else None

    async def post(self, mark: str) -> Tried:
        await Pause(self.chance.random() * 4)
        troubled = self._troubled(0.4)
        kind = self.chance.choice(("limited", "lost", "taken")) if troubled else "good"
        if kind == "limited":
            return _LIMITED
        if kind != "lost":
            self.posts.append((mark, self.now))
        await Pause(self.chance.random() * 5)
        return Tried(result=Result.SENT, ts="1.1", recipient="U1") if kind == "good" else _UNSURE

    # The course of things.

    def live(self, rows: int) -> None:
        """To the end of all rows. AssertionError where one is lost, doubled or stuck."""
        notices = [_notice(n) for n in range(rows)]
        with self.store.send() as view:
            view.turns.lead("a", self.now, self.now + timedelta(seconds=15))
            view.outbox.plan(notices, self.now)
        for _ in range(self.chance.choice((1, 2, 3))):
            self._begin(0.0)
        backup: dict[str, list[Any]] | None = None
        try:
            while self._open():
                assert self.now - BEGINS < LONGEST, "stuck"
                self._next()
                if self._troubled(0.01):
                    backup = self.store.copy()
                elif backup and self._troubled(0.05):
                    self._bring_back(backup, notices)
                    backup = None
            self._check(notices)
        finally:
            self._end_all()

    def _next(self) -> None:
        at, _, number = heappop(self.queue)
        self.now = max(self.now, at)
        life = self.lives.get(number)
        if life is None:
            return
        try:
            if self._troubled(0.01):
                raise PowerCut
            seconds = life.send(None)
            heappush(self.queue, (self.now + timedelta(seconds=seconds), self.chance.randrange(1 << 30), number))
        except PowerCut:
            life.close()
            del self.lives[number]
            self._begin(self.chance.random() * 200)

    def _begin(self, seconds: float) -> None:
        self.born += 1
        self.lives[self.born] = self._work()
        heappush(self.queue, (self.now + timedelta(seconds=seconds), self.chance.randrange(1 << 30), self.born))

    async def _work(self) -> None:
        worker = OutboxWorker(
            store=self.store,  # type: ignore[arg-type]
            letters=_Letters(self),
            wording=lambda *_: PAGE,
            clock=_Clock(self),
            in_thread=self.in_thread,
            policy=self.policy,
            reach=self.reach,
        )
        while True:
            worked = await worker.step()
            await Pause(1.0 if worked.entry else 10.0)

    def _bring_back(self, backup: dict[str, list[Any]], notices: list[Notice]) -> None:
        """All processes end, the old rows come back, and some time later others begin."""
        self._end_all()
        self.now += timedelta(seconds=90)
        self.store.bring_back(backup)
        with self.store.send() as view:
            view.turns.forget()
            view.turns.lead("b", self.now, self.now)
            view.outbox.plan(notices, self.now)
        self._begin(0.0)

    def _end_all(self) -> None:
        for life in self.lives.values():
            life.close()
        self.lives.clear()

    def _open(self) -> bool:
        marks = ", ".join(f"'{state}'" for state in OPEN)
        return bool(self.store.raw.execute(f"SELECT 1 FROM outbox WHERE state IN ({marks}) LIMIT 1").fetchone())

    def _check(self, notices: list[Notice]) -> None:
        posted = [mark for mark, _ in self.posts]
        times = [posted.count(notice.mark) for notice in notices]
        with self.store.send() as view:
            states = {row.state for row in view.outbox.rows()}
        assert times == [1] * len(notices), f"posted {times}"
        assert states == {State.SENT}, states

    def _freeze(self) -> float:
        return self.chance.random() * 400 if self._troubled(0.03) else 0.001

    def _troubled(self, likely: float) -> bool:
        if self.trouble >= MOST_TROUBLE or self.chance.random() >= likely:
            return False
        self.trouble += 1
        return True


_UNREACHED = Tried(result=Result.UNREACHED, detail="timeout")
_LIMITED = Tried(result=Result.RATE_LIMITED, wait=timedelta(seconds=3))
_UNSURE = Tried(result=Result.UNSURE, detail="timeout")


@dataclass
class _Clock:
    life: Life

    def now(self) -> datetime:
        return self.life.now


@dataclass
class _Letters:
    life: Life

    async def reach(self, _: str) -> Recipient | Tried:
        return await self.life.reach_person()

    async def look(self, _: Recipient, mark: str, since: datetime) -> Tried | None:
        return await self.life.look(mark, since)

    async def post(self, _: Recipient, __: Any, mark: str) -> Tried:
        return await self.life.post(mark)


def _notice(number: int) -> Notice:
    return Notice(
        kind="simulated",
        person=str(number),
        period="2026Q4",
        occurrence="1",
        due_at=BEGINS,
        expires_at=BEGINS + timedelta(days=30, seconds=number),
    )


def simulate(first: int, count: int, policy: Policy = POLICY) -> list[tuple[int, str]]:
    """The seeds that failed, each with what was wrong."""
    store = MemoryStore()
    failed = []
    for seed in range(first, first + count):
        store.empty()
        try:
            Life(store, seed, policy).live(rows=2)
        except AssertionError as wrong:
            failed.append((seed, str(wrong)))
    return failed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=100_000)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    began = time.monotonic()
    failed = simulate(asked.first, asked.seeds)
    print(f"{asked.seeds} seeds from {asked.first}: {len(failed)} failed ({time.monotonic() - began:.1f} s)")
    for seed, wrong in failed[:20]:
        print(f"  {seed}: {wrong}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
