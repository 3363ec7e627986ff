"""Transactions: readers that wait for nobody, writers one at a time, plain values out of both."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from bot.errors import StoreUnavailable
from bot.storage.appraisal_checks import SqlAppraisalChecks
from bot.storage.appraisals import SqlAppraisals
from bot.storage.audit import Chain
from bot.storage.batches import Batches
from bot.storage.checks import SqlChecks
from bot.storage.engine import BUSY_SECONDS, is_sqlite, open_engine
from bot.storage.faults import in_words
from bot.storage.history import History
from bot.storage.inbox import StoredInbox
from bot.storage.kept_questions import SqlKeptQuestions
from bot.storage.ledger_reader import SqlLedger
from bot.storage.links import SqlLinks
from bot.storage.memories import SqlMemories
from bot.storage.outbox import SqlOutbox
from bot.storage.outbox_turns import SqlTurns
from bot.storage.past import SqlPast
from bot.storage.pending import SqlPending
from bot.storage.people import SqlPeople
from bot.storage.remains import Remains
from bot.storage.reviews import SqlReviews
from bot.storage.schema import ensure_schema
from bot.storage.session_feedback import SqlFeedback
from bot.storage.signups import SqlSignups
from bot.storage.talk import Talk
from bot.storage.training_sessions import SqlSessions
from bot.storage.wishes import SqlWishes

_WRITERS = 7_301_443
"""PostgreSQL's advisory lock of the writers: batches and the audit chain are numbered without a hole."""


class View:
    """One consistent view: the repositories over one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ledger = SqlLedger(connection)
        self.people = SqlPeople(connection)
        self.past = SqlPast(connection)
        self.signups = SqlSignups(connection)
        self.feedback = SqlFeedback(connection)
        self.links = SqlLinks(connection)
        self.sessions = SqlSessions(connection)
        self.audit = Chain(connection)
        self.batches = Batches(connection)
        self.checks = SqlChecks(connection)
        self.reviews = SqlReviews(connection)
        self.pending = SqlPending(connection)
        self.kept_questions = SqlKeptQuestions(connection)
        self.history = History(connection)
        self.remains = Remains(connection)
        self.appraisals = SqlAppraisals(connection)
        self.appraisal_checks = SqlAppraisalChecks(connection)
        self.outbox = SqlOutbox(connection)
        self.turns = SqlTurns(connection)
        self.wishes = SqlWishes(connection)


class Store:
    """A store at an address; implements `services.ports.UnitOfWork`."""

    def __init__(self, url: str, wait_seconds: float = BUSY_SECONDS) -> None:
        """`wait_seconds`: how long a writer waits for the one before; then StoreUnavailable, reason busy."""
        self._wait_seconds = wait_seconds
        self._writer = threading.Lock()
        with in_words():
            self.engine: Engine = open_engine(url, wait_seconds)
            ensure_schema(self.engine)
        self._talk = Talk(self.engine, wait_seconds)
        self.inbox = StoredInbox(self._talk, self.engine.dialect.name)

    @property
    def talk_engine(self) -> Engine:
        """Where the tables of conversations are."""
        return self._talk.engine

    @contextmanager
    def read(self) -> Iterator[View]:
        """One snapshot; nothing is kept of it."""
        options = {} if is_sqlite(self.engine) else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**options) as connection:
            yield View(connection)

    @contextmanager
    def write(self, wait: float | None = None) -> Iterator[View]:
        """One transaction: commits at the end, rolls back on any exception. Writers wait for each other, for `wait`
        seconds at most (None: as the store was opened).

        StoreUnavailable where the database does not take it: locked for too long, full, read-only, damaged, gone.
        """
        seconds = self._wait_seconds if wait is None else wait
        with in_words(), self._turn(seconds), self._connected(seconds) as connection, connection.begin():
            if not is_sqlite(connection):
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(seconds * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
            yield View(connection)

    @contextmanager
    def send(self) -> Iterator[View]:
        """A short transaction over the outbox. On PostgreSQL it waits for no other writer, since it numbers nothing;
        SQLite has one writer a file. StoreUnavailable as in `write`."""
        if is_sqlite(self.engine):
            with self.write() as view:
                yield view
            return
        with in_words(), self.engine.begin() as connection:
            yield View(connection)

    @contextmanager
    def talk(self) -> Iterator[SqlMemories]:
        """What conversations remember, in a short transaction that no import delays. StoreUnavailable as in `write`."""
        with in_words(), self._talk.begin() as connection:
            yield SqlMemories(connection)

    @contextmanager
    def _turn(self, seconds: float) -> Iterator[None]:
        """One writer of this process at a time."""
        if not self._writer.acquire(timeout=seconds):
            raise StoreUnavailable(reason="busy")
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _connected(self, seconds: float) -> Iterator[Connection]:
        """A connection that waits so long for a writer of another process."""
        with self.engine.connect().execution_options(write=True) as connection:
            driver: Any = connection.connection.driver_connection if is_sqlite(connection) else None
            if driver is None or seconds == self._wait_seconds:
                yield connection
                return
            driver.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
            try:
                yield connection
            finally:
                driver.execute(f"PRAGMA busy_timeout = {int(self._wait_seconds * 1000)}")

    def close(self) -> None:
        """Gives the connections back."""
        self._talk.close()
        self.engine.dispose()
