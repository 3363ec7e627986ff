"""Engines for the two stores, with what SQLite needs to keep its promises.

SQLite's stock driver begins late and loses updates (4 x 50 increments gave 52): transactions are begun by us, at once
for writers and deferred for readers, who then never wait for a writer. On PostgreSQL readers take one snapshot.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

_LOOKS_FOR_CLIENTS = 140_000
"""The PostgreSQL version that can ask during a statement whether its client is still there."""
_FAILED = psycopg.pq.TransactionStatus.INERROR
BUSY_SECONDS = 30.0
"""How long a writer waits for another process's."""


def open_engine(url: str, wait_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`. The folder of an SQLite file is made."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, wait_seconds)
    return _postgresql(url)


def _postgresql(url: str) -> Engine:
    """A session whose client was killed ends within a second, and with it the writers' lock: by itself PostgreSQL would
    first finish the statement, which may take minutes."""
    engine = create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: psycopg.Connection[Any], _record: object) -> None:
        if connection.info.server_version >= _LOOKS_FOR_CLIENTS:
            # A server on a system that cannot look says so, and goes on as ever.
            with suppress(psycopg.Error):
                connection.execute("SET client_connection_check_interval = '1s'")
        if connection.info.transaction_status is _FAILED:
            connection.rollback()
        connection.commit()

    return engine


def _sqlite(url: str, wait_seconds: float) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    # Last in, first out: the connection that wrote last has the newest pages at hand, the others drop theirs.
    engine = create_engine(url, connect_args={"timeout": wait_seconds, "check_same_thread": False}, pool_use_lifo=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={int(wait_seconds * 1000)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def is_sqlite(bind: Connection | Engine) -> bool:
    """Where the two dialects part."""
    return bind.dialect.name == "sqlite"
