"""Rows of any of our tables as plain values, the same from either database: whole numbers, text, None.

For copies of whole tables, which go past SQLAlchemy's types for speed.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from bot.storage.engine import is_sqlite
from bot.storage.tables import METADATA

TABLES = tuple(METADATA.sorted_tables)
_CHUNK = 5_000


def columns(table: str) -> str:
    """The columns for SQL, quoted: `end` is a word of SQL's."""
    return ", ".join(f'"{column.name}"' for column in METADATA.tables[table].columns)


def read_rows(connection: Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """Streamed; a date as its ISO text, a truth as 0 or 1, as SQLite keeps them."""
    statement = f"SELECT {columns(table)} FROM {table}"  # noqa: S608 - our own tables' names
    with connection.exec_driver_sql(statement, execution_options={"yield_per": _CHUNK}) as found:
        for row in found:
            yield tuple(_plain(value) for value in row)


def write_rows(connection: Connection, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    """By COPY on PostgreSQL, whose numbering then goes on after the highest."""
    into = f"{table} ({columns(table)})"
    if is_sqlite(connection):
        marks = ", ".join("?" for _ in METADATA.tables[table].columns)
        while chunk := list(islice(rows, _CHUNK)):
            connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", chunk)  # noqa: S608
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    (key,) = METADATA.tables[table].primary_key.columns.keys()[:1]
    sequence = connection.exec_driver_sql(f"SELECT pg_get_serial_sequence('{table}', '{key}')").scalar()
    if sequence:
        highest = f"(SELECT coalesce(max({key}), 0) + 1 FROM {table})"  # noqa: S608
        connection.exec_driver_sql(f"SELECT setval('{sequence}', {highest}, false)")


def fingerprint(connection: Connection) -> dict[str, tuple[int, int]]:
    """Rows and a sum of digests a table: whatever order a database gives its rows in, the same for the same rows."""
    return {table.name: _fingerprint(connection, table.name) for table in TABLES}


def _fingerprint(connection: Connection, table: str) -> tuple[int, int]:
    count = total = 0
    for row in read_rows(connection, table):
        count += 1
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest())
    return count, total % (1 << 128)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
