"""What conversations write: deliveries taken in, and what was last spoken of. None of it may wait for an import.

SQLite has one writer a file, and a large import is that writer for seconds: so there these two tables stand in a file
of their own beside the store's. On PostgreSQL a short transaction waits for nobody.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property

from sqlalchemy import Connection, Engine, make_url

from bot.storage.engine import is_sqlite, open_engine
from bot.storage.tables import METADATA

_TABLES = [METADATA.tables[name] for name in ("inbox", "conversations")]
_SUFFIX = "-talk"
"""Behind the name of the store's file."""


class Talk:
    """Short transactions over the tables of conversations."""

    def __init__(self, main: Engine, wait_seconds: float) -> None:
        """Nothing is opened or made before it is needed."""
        self._main = main
        self._wait_seconds = wait_seconds
        self._writer = threading.Lock() if is_sqlite(main) else nullcontext()

    @cached_property
    def engine(self) -> Engine:
        """The store's own on PostgreSQL; on SQLite over the file beside it."""
        if not is_sqlite(self._main):
            return self._main
        engine = open_engine(beside(self._main.url.render_as_string(hide_password=False)), self._wait_seconds)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            METADATA.create_all(connection, tables=_TABLES)
        return engine

    @cached_property
    def _writing(self) -> Engine:
        return self.engine.execution_options(write=True)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: commits at the end, rolls back on any exception."""
        with self._writer, self._writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Gives the connections back."""
        if "engine" in self.__dict__:
            self.engine.dispose()


def beside(url: str) -> str:
    """The address of the file beside an SQLite store's."""
    address = make_url(url)
    return address.set(database=f"{address.database}{_SUFFIX}").render_as_string(hide_password=False)
