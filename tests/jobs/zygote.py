"""Forks workers that have everything imported: `kill -9` a thousand times would else be a thousand slow starts.

Reads one job a line (JSON) from standard input, runs its workers side by side, and answers with their exit codes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.config import FixedClock, Settings
from bot.domain.outbox import Notice
from bot.domain.reminders import Kind
from bot.jobs.crash import crash_at
from bot.services.outcomes import NoGrade
from bot.services.reminding import Calendar
from bot.slack import messenger
from bot.slack.messenger import open_session, web_client
from bot.wiring import Parts, build
from bot.wiring.reminders import timetable, traced
from bot.wiring.slack import build_app  # noqa: F401 - imported before the first fork

KIND = Kind(key="soak", name="soak", counts=False, obligatory=True)


class Saying:
    """A telling with nothing private in it."""

    def concerns(self, view: Any, occasion: Any) -> Any:
        return iter(())

    def tell(self, view: Any, entry: Any, person: Any, now: datetime) -> NoGrade:
        return NoGrade(own=True)


class Round:
    """Plans the rows of one round, with the points of a plan."""

    def __init__(self, parts: Parts, job: dict[str, Any], reach: Any) -> None:
        self._parts, self._job, self._reach = parts, job, reach

    def plan(self, now: datetime) -> int:
        due = datetime.fromisoformat(self._job["due"])
        notices = [
            Notice(
                kind="soak",
                person=person,
                period=self._job["round"],
                occurrence="1",
                due_at=due,
                expires_at=due + timedelta(days=30),
            )
            for person in self._job["people"]
        ]
        with self._parts.store.send() as view:
            planned = view.outbox.plan(notices, now)
            self._reach("in_plan")
        return planned


async def work(parts: Parts, job: dict[str, Any]) -> None:
    """One worker: as the leader, or as one of several that claim side by side."""
    settings, reach = parts.settings, crash_at()
    session = open_session(traced(reach))
    pool = ThreadPoolExecutor(1)
    client = web_client(job["token"], settings.slack_api_url, session)
    in_thread = partial(asyncio.get_running_loop().run_in_executor, pool)
    table: Any = timetable(parts, client, job["team"], in_thread)
    table._planner = Round(parts, job, table._reach)
    if job["led"]:
        await table.once()
    else:
        await table._plan()
        while (await table._worker.step()).entry:
            pass
    await session.close()
    pool.shutdown()


def run(job: dict[str, Any], crash: str) -> None:
    """In the child."""
    os.environ["LADDER_CRASH_AT"] = crash
    messenger.TIMEOUT = 0.4
    settings = Settings(
        _env_file=None, database_url=job["database"], SLACK_BOT_TOKEN=job["token"], SLACK_API_URL=job["api"],
        outbox_per_minute=1_000_000,
    )  # fmt: skip
    parts = build(settings, FixedClock(datetime.fromisoformat(job["now"])))
    parts.__dict__["calendar"] = Calendar(kinds={"soak": KIND}, workdays=parts.calendar.workdays, zone=settings.zone)
    parts.__dict__["tellings"] = {"soak": Saying()}
    asyncio.run(work(parts, job))
    parts.store.close()


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    for line in sys.stdin:
        job = json.loads(line)
        children = []
        for crash in job["crashes"]:
            if child := os.fork():
                children.append(child)
                continue
            code = 1
            try:
                run(job, crash)
                code = 0
            finally:
                os._exit(code)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps(codes), flush=True)


if __name__ == "__main__":
    main()
