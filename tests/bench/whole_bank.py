"""All six grades for a whole bank of managers with 200 clients each, this year and last: beside hand-written SQL.

`python -m tests.bench.whole_bank 500 2000 20000` (or `make bench-bank`); `make bench` takes the first two sizes.
Every side runs in a process of its own, one process a side and by turns, so that the peaks of memory are its own.
Before anything is timed, every figure and every decision of the two is compared.
"""

import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from bot.config import FixedClock, Settings
from bot.domain.period import Period
from bot.domain.standing import Standing
from bot.services.looking import standing_of
from bot.services.standings import branch_standings
from bot.storage.tables import AttributionRow, FiguresRow, ManagerRow, RateRow
from bot.wiring import Parts, build
from tests.bench import bank_sql, filling
from tests.bench.timing import compare
from tests.conftest import NOW

CLIENTS = 200
SHORT, FULL = (500, 2_000), (500, 2_000, 20_000)
PERIOD = Period.parse("2026Q3")
Spent = tuple[float, float]
"""Seconds, and the peak of the process in MB."""


@contextmanager
def opened(url: str) -> Iterator[Parts]:
    """The program over that store."""
    parts = build(Settings(_env_file=None, database_url=url), FixedClock(NOW))
    yield parts
    parts.store.close()


def ours(url: str) -> Spent:
    """Every standing with its whole reason tree, dropped as it comes."""
    with opened(url) as parts:
        rulebook = parts.shelf.on(PERIOD.as_of)
        assert parts.store
        start = time.perf_counter()
        with parts.store.read() as view:
            judged = sum(1 for _ in branch_standings(view, rulebook, PERIOD))
        return _spent(start, judged)


def by_hand(url: str) -> Spent:
    """The statement through the bare driver."""
    rows = _by_hand(url)
    start = time.perf_counter()
    return _spent(start, sum(1 for _ in rows))


def _by_hand(url: str) -> Iterator[tuple[Any, ...]]:
    from bot.loading.rulebooks import load_shelf

    rulebook = load_shelf().on(PERIOD.as_of)
    if url.startswith("sqlite"):
        bare = sqlite3.connect(url.removeprefix("sqlite:///"))
        return _when_asked(lambda: bare.execute(bank_sql.statement(rulebook, "sqlite")))
    connection = psycopg.connect(url.replace("+psycopg", ""))
    return _when_asked(lambda: connection.execute(bank_sql.statement(rulebook, "postgresql").encode()))


def _when_asked(run: Callable[[], Any]) -> Iterator[tuple[Any, ...]]:
    """Runs when the first row is asked for, so that what was opened before is not timed."""
    yield from run()


def duck(managers: int) -> Spent:
    """DuckDB over the same rows in tables of its own, one thread, in memory: a peer, not a baseline."""
    import duckdb

    from bot.loading.rulebooks import load_shelf

    bare = duckdb.connect(config={"threads": 1})
    for table in (ManagerRow, FiguresRow, AttributionRow, RateRow):
        columns = ", ".join(f"{name} {column.type}" for name, column in table.__table__.columns.items())  # type: ignore[attr-defined]
        bare.execute(f"CREATE TABLE {table.__tablename__} ({columns})")
    for sql in filling.rows("duckdb", managers, CLIENTS):
        bare.execute(sql)
    start = time.perf_counter()
    return _spent(start, len(bare.execute(bank_sql.statement(load_shelf().on(PERIOD.as_of), "duckdb")).fetchall()))


def agree(url: str) -> tuple[int, int]:
    """How many managers and figures were compared, each exactly. AssertionError at the first that differs."""
    figures = managers = 0
    with opened(url) as parts, parts.store.read() as view:
        rulebook = parts.shelf.on(PERIOD.as_of)
        standings = branch_standings(view, rulebook, PERIOD)
        for standing, (who, *row) in zip(standings, _by_hand(url), strict=True):
            expected = _as_row(standing)
            assert (standing.person.id, expected) == (who, [None if v is None else int(v) for v in row])
            managers += 1
            figures += len(expected)
    return managers, figures


def _as_row(standing: Standing) -> list[int | None]:
    """As the statement gives it: sums before any rate, a single client or 0, then the six answers."""
    row: list[int | None] = []
    for finding in standing.grades.values():
        for amount in (*finding.indicators.parts, finding.pass_line):
            parts = amount.parts
            assert parts is not None
            is_converted = not isinstance(parts, int)
            row += [
                int(parts / bank_sql.RATE) if is_converted else int(parts),
                amount.single.parts if amount.single else 0,
            ]
    return row + [finding.verdict.as_bool for finding in standing.grades.values()]


def _spent(start: float, rows: int) -> Spent:
    assert rows
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(run: Callable[..., Any], *arguments: Any) -> Any:
    """In a fresh process."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(run, arguments)


def one_of(url: str) -> float:
    """Milliseconds of one manager's standing, the median of a hundred."""
    with opened(url) as parts:
        rulebook = parts.shelf.on(PERIOD.as_of)

        def standing() -> object:
            with parts.store.read() as view:
                person = view.people.get("M00050")
                assert person is not None
                return standing_of(view, rulebook, person, PERIOD)

        return compare(standing, lambda: None, turns=100).ours * 1000


def measure(url: str, managers: int, rounds: int) -> str:
    """Fills the store, compares, then times by turns."""
    with opened(url) as parts, parts.store.write() as view:
        filling.fill(view.connection, managers, CLIENTS)
    compared, values = alone(agree, url)
    left, right = [], []
    for _ in range(rounds):
        left.append(alone(ours, url))
        right.append(alone(by_hand, url))
    seconds, baseline = (statistics.median(s for s, _ in side) for side in (left, right))
    ratio = statistics.median(a / b for (a, _), (b, _) in zip(left, right, strict=True))
    peak, bare_peak = (max(mb for _, mb in side) for side in (left, right))
    one = alone(one_of, url)
    return (
        f"{make_url(url).get_backend_name():<10} {managers:>6} managers: {seconds:7.2f} s, {peak:4.0f} MB"
        f"   by hand in SQL {baseline:7.2f} s, {bare_peak:4.0f} MB   x{ratio:.2f}   {seconds / managers * 1e6:5.0f} µs each"
        f"   one manager {one:.2f} ms   ({compared} managers, {values} values agree)"
    )


def lines(sizes: tuple[int, ...], rounds: int) -> Iterator[str]:
    """As they come: the largest takes minutes."""
    from tests.conftest import database
    from tests.postgres import run_server

    yield f"all six grades, {CLIENTS} clients each, this year and last (aims: x1.3, 300 MB, even µs each, one manager flat)"
    for managers in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield measure(f"sqlite:///{Path(folder) / 'bank.sqlite3'}", managers, rounds)
        seconds, peak = alone(duck, managers)
        yield f"duckdb     {managers:>6} managers: {seconds:7.2f} s, {peak:4.0f} MB, its tables in memory, one thread, the same SQL"
    with run_server() as server:
        for managers in sizes:
            with database(server) as url:
                yield measure(url, managers, rounds)


if __name__ == "__main__":
    for told in lines(tuple(map(int, sys.argv[1:])) or FULL, rounds=3):
        print(told, flush=True)
