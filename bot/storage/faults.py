"""What databases say when they cannot, as errors with words for people.

The drivers' own sentences may hold addresses, passwords and values of rows: only the kind of fault leaves here.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreUnavailable

_SQLITE = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_FULL: "full",
    # What a full disk or a limit on file sizes comes to while the log is written.
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
_POSTGRES = {
    "53100": "full",
    "55P03": "busy",
    "25006": "read_only",
    "42501": "read_only",
    "XX001": "damaged",
    "XX002": "damaged",
}


@contextmanager
def in_words() -> Iterator[None]:
    """StoreUnavailable for what the database cannot do; a mistake of ours in a statement stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, psycopg.Error) as fault:  # the drivers' own where rows are staged
        said = fault.orig if isinstance(fault, DBAPIError) else fault
        reason = _reason(said)
        if reason is None:
            raise
        raise StoreUnavailable(reason=reason, kind=type(said).__name__) from None
    except OSError as fault:
        raise StoreUnavailable(reason="read_only", kind=type(fault).__name__) from None


def _reason(fault: BaseException | None) -> str | None:
    """SQLite's primary code, PostgreSQL's SQLSTATE; an OperationalError without either is a lost connection."""
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    if isinstance(fault, psycopg.Error):
        known = _POSTGRES.get(fault.sqlstate or "")
        return known or ("unreachable" if isinstance(fault, psycopg.OperationalError) else None)
    return None
