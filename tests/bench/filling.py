"""A bank of any size, written by SQL alone: the same rows on SQLite, PostgreSQL and DuckDB.

Clients are numbered in the order of opening, so that a manager's are scattered over the whole ledger; a fifth of them
is shared in basis points that leave parts of a 分, some lie below the floors, and a few break the quality rule.
"""

from collections.abc import Iterator
from math import gcd

from sqlalchemy import Connection

DAYS = {"2025-12-31": 9, "2026-09-30": 10}
"""As-of dates, and what a client's deposits are multiplied by: nearly all grow."""
_APART = 7919
"""How far apart a manager's clients are numbered; a prime, so that each client has one manager."""


def rows(dialect: str, managers: int, clients: int) -> Iterator[str]:
    """One INSERT a table and date."""
    count = managers * clients
    assert gcd(_APART, count) == 1
    div = "//" if dialect == "duckdb" else "/"
    client = "'C' || substr(CAST(1000000000 + i AS TEXT), 2)"
    yield (
        "INSERT INTO managers (since_batch, origin_batch, id, name, grade, marketing_since, education, title, exam,"
        f" breach) SELECT 1, 1, {_manager('i')}, '员工', 'third', {_day(dialect, '2020-01-01')},"
        " CASE WHEN i % 3 > 0 THEN 'bachelor' END, 'none', CASE WHEN i % 7 > 0 THEN 'passed' END, "
        f"{'false' if dialect != 'sqlite' else '0'} FROM {_numbers(dialect, managers)}"
    )
    for day, times in DAYS.items():
        amount = f"((i * {_big(_APART)}) % 3000017 * {100 * times})"
        yield (
            "INSERT INTO figures (since_batch, origin_batch, as_of, client, client_name, deposit_avg, agreement_avg,"
            " loan_avg, settlement_usd, loan_normal, loan_special, loan_substandard, loan_doubtful, loan_loss,"
            f" overdue_interest, advances) SELECT 1, 1, {_day(dialect, day)}, {client}, '客户', {amount},"
            f" {amount} {div} 7, {amount} {div} 2 + i % 9973, i * {_big(31)} % 100000003, {amount} {div} 3 + i % 13,"
            f" i % 11 * 100000 * {times}, CASE WHEN i % 50021 = 0 THEN 777 ELSE 0 END, 0, 0,"
            f" CASE WHEN i % 70001 = 0 THEN 5 ELSE 0 END, 0 FROM {_numbers(dialect, count)}"
        )
    owner = _manager(f"(i * {_big(_APART)} % {count}) {div} {clients}")
    yield (
        "INSERT INTO attribution (since_batch, origin_batch, client, manager, share, starts)"
        f" SELECT 1, 1, {client}, {owner}, CASE WHEN i % 5 = 0 THEN 6667 ELSE 10000 END,"
        f" {_day(dialect, '2020-01-01')} FROM {_numbers(dialect, count)}"
    )
    yield (
        "INSERT INTO rates (since_batch, origin_batch, as_of, usd_cny)"
        f" SELECT 1, 1, {_day(dialect, '2026-09-30')}, '7.1'"
    )


def fill(connection: Connection, managers: int, clients: int) -> None:
    """Into the tables of a store, with the statistics that a database in use has."""
    for statement in rows(connection.dialect.name, managers, clients):
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement)
    connection.exec_driver_sql("ANALYZE")


def _manager(number: str) -> str:
    """M00007."""
    return f"'M' || substr(CAST(1000000 + {number} AS TEXT), 3)"


def _numbers(dialect: str, count: int) -> str:
    """0 … count - 1, as the column i."""
    if dialect == "sqlite":
        return (
            f"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT i FROM n)"
        )
    series = f"generate_series(CAST(0 AS BIGINT), CAST({count - 1} AS BIGINT))"
    return f"(SELECT i FROM {series} AS s(i)) AS n"


def _day(dialect: str, day: str) -> str:
    """SQLite keeps dates as text."""
    return f"'{day}'" if dialect == "sqlite" else f"DATE '{day}'"


def _big(number: int) -> str:
    """A factor whose products may pass 32 bits."""
    return f"CAST({number} AS BIGINT)"
