"""`make bench-appraisal`: a whole trial, its results and its audit entry committed, beside the best SQL for the figures
alone; on SQLite. The aims: at most three times as long, 400 MB at the peak, the same cost a manager at any size."""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import FixedClock, Settings
from bot.domain.access import Asker
from bot.domain.people import Person, Role
from bot.services.appraisal_outcomes import Step
from bot.wiring import build
from tests.bench import filling
from tests.bench.whole_bank import alone, by_hand

SIZES = (500, 2_000, 20_000)
CLERK = Person("HR", "经办", roles=frozenset({Role.HR_CLERK}))


def trial(url: str) -> tuple[float, float, float]:
    """(seconds, seconds until the first progress, peak in MB)."""
    clock = FixedClock(datetime(2026, 10, 9, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
    parts = build(Settings(database_url=url), clock)
    step = Step(asker=Asker(CLERK, CLERK.id), period="2026Q3", via="bench")
    parts.appraisals.open(step)
    first: list[float] = []
    began = time.perf_counter()
    parts.appraisals.trial(step, lambda _: first.append(time.perf_counter() - began))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts.store.close()
    return seconds, first[0] if first else seconds, peak


def lines(sizes: Sequence[int], clients: int) -> Iterator[str]:
    """As they come."""
    for managers in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'bank.sqlite3'}"
            parts = build(Settings(database_url=url))
            with parts.store.write() as view:
                filling.fill(view.connection, managers, clients)
                view.connection.exec_driver_sql(
                    "INSERT INTO managers (since_batch, origin_batch, id, name, roles) VALUES (1, 1, 'HR', '经办', 'hr_clerk')"
                )
            parts.store.close()
            hand = alone(by_hand, url)
            seconds, first, peak = alone(trial, url)
        yield (
            f"{managers:>6} x {clients}: trial {seconds:.2f} s, {peak:.0f} MB, first progress {first:.2f} s,"
            f" {seconds / managers * 1e6:.0f} µs each; figures by hand in SQL {hand.seconds:.2f} s   x{seconds / hand.seconds:.2f}"
        )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.appraisal")
    parser.add_argument("--managers", type=int, nargs="+", default=SIZES)
    parser.add_argument("--clients", type=int, default=200)
    asked = parser.parse_args()
    for told in lines(asked.managers, asked.clients):
        print(told, flush=True)


if __name__ == "__main__":
    main()
