"""The outbox beside a claim-send-mark loop written by hand, in the same run; planning 20,000; the first send after that.

`make bench-outbox`. Sending costs nothing here: what is measured is what the store and the worker cost.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import psycopg

from bot.config import SystemClock
from bot.domain.outbox import Notice, Policy, Result, Tried
from bot.jobs.outbox_worker import OutboxWorker
from bot.services.letters import Recipient
from bot.storage.unit_of_work import Store
from tests.conftest import SHANGHAI, address_of, on_server
from tests.postgres import run_server

ROWS, PLANNED = 300, 20_000
CLOCK = SystemClock(SHANGHAI)


class NoLetters:
    """Sends in no time."""

    async def reach(self, _: str) -> Recipient:
        return Recipient("U1", SHANGHAI)

    async def look(self, *_: Any) -> None:
        return None

    async def post(self, *_: Any) -> Tried:
        return Tried(result=Result.SENT, ts="1.1", recipient="U1")


def notices(count: int, name: str) -> list[Notice]:
    now = CLOCK.now()
    end = now + timedelta(days=1)
    return [
        Notice(kind="bench", person=f"{n:06}", period=name, occurrence="1", due_at=now, expires_at=end)
        for n in range(count)
    ]


def plan(store: Store, count: int, name: str) -> float:
    rows = notices(count, name)
    began = time.perf_counter()
    with store.send() as view:
        assert view.outbox.plan(rows, CLOCK.now()) == count
    return time.perf_counter() - began


def by_worker(store: Store, most: int) -> float:
    """Seconds for that many rows, as the timetable calls it."""

    async def work() -> float:
        pool = ThreadPoolExecutor(1)
        worker = OutboxWorker(
            store=store,
            letters=NoLetters(),
            wording=lambda *_: object(),  # type: ignore[arg-type, return-value]
            clock=CLOCK,
            in_thread=partial(asyncio.get_running_loop().run_in_executor, pool),
            policy=Policy(),
        )
        began = time.perf_counter()
        for _ in range(most):
            assert (await worker.step()).entry
        return time.perf_counter() - began

    return asyncio.run(work())


_CLAIM = "SELECT number FROM outbox WHERE state = 'due' AND next_at <= {0} ORDER BY expires_at, number LIMIT 1"
_TAKE = "UPDATE outbox SET state = 'sending', lease_until = {0}, token = token + 1 WHERE number = {0}"
_MARK = "UPDATE outbox SET state = 'sent', sent_at = {0}, ts = '1.1' WHERE number = {0} AND state = 'sending'"


def by_hand(store: Store, most: int) -> float:
    """The shortest loop that claims, sends and marks, each in a commit of its own, by the driver alone."""
    sqlite = store.engine.dialect.name == "sqlite"
    mark = "?" if sqlite else "%s"
    connection: Any = store.engine.raw_connection().driver_connection
    begin = "BEGIN IMMEDIATE" if sqlite else "BEGIN"
    if not sqlite:
        connection = psycopg.connect(
            str(store.engine.url.render_as_string(hide_password=False)).replace("+psycopg", ""), autocommit=True
        )
    began = time.perf_counter()
    for _ in range(most):
        now = int(datetime.now(SHANGHAI).timestamp() * 1_000_000)
        connection.execute(begin)
        claim = _CLAIM.format(mark) + ("" if sqlite else " FOR UPDATE SKIP LOCKED")
        (number,) = connection.execute(claim, (now,)).fetchone()
        connection.execute(_TAKE.format(mark), (now, number))
        connection.execute("COMMIT")
        connection.execute(begin)
        connection.execute(_MARK.format(mark), (now, number))
        connection.execute("COMMIT")
    return time.perf_counter() - began


def measure(name: str, url: str) -> None:
    store = Store(url)
    ours, hand = [], []
    for turn in range(3):
        plan(store, ROWS, f"hand{turn}")
        hand.append(by_hand(store, ROWS))
        plan(store, ROWS, f"ours{turn}")
        ours.append(by_worker(store, ROWS))
    print(
        f"{name}: outbox {ROWS / min(ours):.0f} a second, by hand {ROWS / min(hand):.0f} a second: "
        f"{min(ours) / min(hand):.2f}x (best of 3)"
    )
    print(f"{name}: {PLANNED} rows planned and committed in {plan(store, PLANNED, 'many'):.2f} s")
    store.close()
    began = time.perf_counter()
    again = Store(url)
    by_worker(again, 1)
    print(f"{name}: first send {time.perf_counter() - began:.3f} s after the store is opened, {PLANNED} pending")
    again.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, run_server() as server:
        measure("sqlite", f"sqlite:///{folder}/bench.sqlite3")
        on_server(server, "CREATE DATABASE bench_outbox")
        measure("postgresql", address_of(server, "bench_outbox"))


if __name__ == "__main__":
    main()
