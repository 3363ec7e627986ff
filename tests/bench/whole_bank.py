"""All six grades for a whole bank of managers with 200 clients each, this year and last: beside hand-written SQL.

`python -m tests.bench.whole_bank [--managers 500 2000 20000] [--stores sqlite postgresql duckdb]` (or `make
bench-bank MANAGERS=… STORES=…`); `make bench` takes the first two sizes. Every side runs in a process of its own, one
process a side and by turns, so that the peaks of memory are its own. Before anything is timed, every figure and every
decision of the two is compared. At the end of each store a table: what a manager costs, and how long one manager's
standing takes, by the size of the bank.
"""

import argparse
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

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
STORES = ("sqlite", "duckdb", "postgresql")


class Spent(NamedTuple):
    """Of one process; a database server's own is not counted."""

    seconds: float
    cpu: float
    """Seconds of processor time."""
    peak: float
    """MB."""

    def told(self) -> str:
        """7.31 s (6.90 s cpu) in 120 MB."""
        return f"{self.seconds:6.2f} s ({self.cpu:5.2f} s cpu) in {self.peak:4.0f} MB"


class Row(NamedTuple):
    """A line of the table behind a store's figures."""

    managers: int
    each: float
    """Microseconds a manager by the clock, of all."""
    cpu_each: float
    one: float
    """Milliseconds of one manager's standing."""


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
        clocks = _clocks()
        with parts.store.read() as view:
            judged = sum(1 for _ in branch_standings(view, rulebook, PERIOD))
        return _spent(clocks, judged)


def by_hand(url: str) -> Spent:
    """The statement through the bare driver."""
    rows = _by_hand(url)
    clocks = _clocks()
    return _spent(clocks, sum(1 for _ in rows))


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
    clocks = _clocks()
    return _spent(clocks, len(bare.execute(bank_sql.statement(load_shelf().on(PERIOD.as_of), "duckdb")).fetchall()))


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


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _spent(clocks: tuple[float, float], rows: int) -> Spent:
    assert rows
    seconds, cpu = (now - then for now, then in zip(_clocks(), clocks, strict=True))
    return Spent(seconds, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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


def measure(url: str, managers: int, rounds: int) -> tuple[str, Row]:
    """Fills the store, compares, then times by turns."""
    with opened(url) as parts, parts.store.write() as view:
        filling.fill(view.connection, managers, CLIENTS)
    compared, values = alone(agree, url)
    pairs = [(alone(ours, url), alone(by_hand, url)) for _ in range(rounds)]
    left, right = (_median(side) for side in zip(*pairs, strict=True))
    ratio, cpu_ratio = (statistics.median(a[i] / b[i] for a, b in pairs) for i in (0, 1))
    by_cpu = f", by cpu x{cpu_ratio:.2f}" if url.startswith("sqlite") else ""
    line = (
        f"{make_url(url).get_backend_name():<10} {managers:>6} managers: {left.told()}"
        f"   by hand in SQL {right.told()}   x{ratio:.2f}{by_cpu}   ({compared} managers, {values} values agree)"
    )
    return line, Row(managers, left.seconds / managers * 1e6, left.cpu / managers * 1e6, alone(one_of, url))


def _median(side: Sequence[Spent]) -> Spent:
    return Spent(*(statistics.median(s[i] for s in side) for i in (0, 1)), max(s.peak for s in side))


def table(store: str, rows: list[Row]) -> Iterator[str]:
    """Linear is a cost a manager that does not grow, flat one manager's time that does not; beside the smallest bank."""
    first = rows[0]
    for row in rows:
        yield (
            f"{store:<10} {row.managers:>6} managers: {row.each:6.0f} µs each (x{row.each / first.each:.2f}),"
            f" {row.cpu_each:6.0f} µs of cpu (x{row.cpu_each / first.cpu_each:.2f});"
            f" one manager {row.one:.2f} ms (x{row.one / first.one:.2f})"
        )


def _on_sqlite(sizes: Sequence[int], rounds: int) -> Iterator[str]:
    rows = []
    for managers in sizes:
        with tempfile.TemporaryDirectory() as folder:
            line, row = measure(f"sqlite:///{Path(folder) / 'bank.sqlite3'}", managers, rounds)
        rows.append(row)
        yield line
    yield from table("sqlite", rows)


def _on_postgres(sizes: Sequence[int], rounds: int) -> Iterator[str]:
    from tests.conftest import database
    from tests.postgres import run_server

    rows = []
    with run_server() as server:
        for managers in sizes:
            with database(server) as url:
                line, row = measure(url, managers, rounds)
            rows.append(row)
            yield line
    yield from table("postgresql", rows)


def _on_duckdb(sizes: Sequence[int], rounds: int) -> Iterator[str]:
    for managers in sizes:
        spent = alone(duck, managers)
        yield f"duckdb     {managers:>6} managers: {spent.told()}, its tables in memory, one thread, the same SQL"


def lines(sizes: Sequence[int], rounds: int, stores: Sequence[str] = STORES) -> Iterator[str]:
    """As they come: the largest takes minutes."""
    yield f"all six grades, {CLIENTS} clients each, this year and last (aims: x1.3, 300 MB, even µs each, one manager flat)"
    on = {"sqlite": _on_sqlite, "duckdb": _on_duckdb, "postgresql": _on_postgres}
    for store in stores:
        yield from on[store](sizes, rounds)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.whole_bank")
    parser.add_argument("--managers", type=int, nargs="+", default=FULL)
    parser.add_argument("--stores", nargs="+", choices=STORES, default=STORES)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for told in lines(asked.managers, asked.rounds, asked.stores):
        print(told, flush=True)


if __name__ == "__main__":
    main()
