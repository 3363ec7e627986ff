"""Backups and how they come back, while the bot runs.

A backup is one SQLite file of our tables, from either database: it can be opened, checked and read as a store, and
brought back into either. It is made beside its place, compared with what it was made from, and only then put there.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from bot.errors import BackupRefused, BotError
from bot.storage.audit import Chain
from bot.storage.engine import is_sqlite
from bot.storage.plain_rows import TABLES, fingerprint, read_rows, write_rows
from bot.storage.tables import AuditRow
from bot.storage.unit_of_work import Store

_PRIVATE = 0o600
_GUARDED = "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_schema = current_schema()"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup or a restore came to."""

    rows: int
    """Of all tables."""
    before: Path | None = None
    """Where what a restore replaced is kept; None where the store was empty."""


def back_up(store: Store, file: Path) -> Copied:
    """One snapshot of the store, compared with it row by row; readable by its owner alone.

    Raises:
        BackupRefused: the file cannot be written, or is the store itself.
    """
    if _is_store(store, file):
        raise BackupRefused(reason="same_file", file=str(file))
    try:
        with _beside(file) as part:
            with store.read() as view:
                _copy(view.connection, part)
                wanted = fingerprint(view.connection)
            if _checked(part) != wanted:
                raise BackupRefused(reason="differs", file=str(file))
            part.replace(file)
    except (OSError, sqlite3.Error, DatabaseError) as fault:
        raise BackupRefused(reason="not_written", file=str(file), kind=type(fault).__name__) from None
    return Copied(sum(count for count, _ in wanted.values()))


def restore(store: Store, file: Path) -> Copied:
    """All of the backup in place of all of the store, in one transaction; what was there is kept beside the file.

    Raises:
        BackupRefused: the file is not a whole backup, or comes from a newer program; then nothing has changed.
    """
    if _is_store(store, file):
        raise BackupRefused(reason="same_file", file=str(file))
    with _opened(file) as source, source.read() as old:
        wanted = fingerprint(old.connection)
        if old.audit.verify() is not None:
            raise BackupRefused(reason="damaged", file=str(file))
        kept = _keep_present(store, file)
        with store.write() as view:
            _replace(old.connection, view.connection)
            if fingerprint(view.connection) != wanted:
                raise BackupRefused(reason="differs", file=str(file))
            view.turns.forget()
    return Copied(sum(count for count, _ in wanted.values()), kept)


def holds_anything(store: Store) -> bool:
    """Whether a restore would replace something: a batch, or any entry of the log."""
    with store.read() as view:
        recorded = select(AuditRow.number).limit(1)  # type: ignore[call-overload]
        return view.batches.newest() is not None or view.connection.execute(recorded).first() is not None


def _copy(source: Connection, part: Path) -> None:
    """SQLite's own backup where it is SQLite's; else a new store file filled from the snapshot."""
    if is_sqlite(source):
        source.exec_driver_sql("SELECT 1 FROM alembic_version").close()
        driver: Any = source.connection.driver_connection
        target = sqlite3.connect(part)
        try:
            driver.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()
        return
    copy = Store(f"sqlite:///{part}")
    try:
        with copy.write() as view:
            for table in TABLES:
                write_rows(view.connection, table.name, read_rows(source, table.name))
        with copy.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
    finally:
        copy.close()


def _checked(file: Path) -> dict[str, tuple[int, int]]:
    """Its fingerprint; BackupRefused for a file that is not sound or whose audit chain is broken."""
    with _opened(file) as store, store.read() as view:
        if Chain(view.connection).verify() is not None:
            raise BackupRefused(reason="damaged", file=str(file))
        return fingerprint(view.connection)


@contextmanager
def _opened(file: Path) -> Iterator[Store]:
    """A working copy of a backup, at this program's schema: the backup itself is never written to."""
    if not file.is_file():
        raise BackupRefused(reason="missing", file=str(file))
    with tempfile.TemporaryDirectory(prefix="ladder-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        shutil.copyfile(file, copy)
        try:
            _refuse_unsound(copy)
            store = Store(f"sqlite:///{copy}")
        except (sqlite3.DatabaseError, DatabaseError):
            raise BackupRefused(reason="damaged", file=str(file)) from None
        except BotError as error:
            reason = "newer" if error.facts.get("reason") == "newer_schema" else "damaged"
            raise BackupRefused(reason=reason, file=str(file)) from None
        try:
            yield store
        finally:
            store.close()


def _refuse_unsound(file: Path) -> None:
    """sqlite3.DatabaseError unless it is a sound file that our migrations have made."""
    connection = sqlite3.connect(file)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("integrity_check")
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()


def _replace(source: Connection, target: Connection) -> None:
    """Every row of ours; the guards of the audit chain and of finalised runs sleep for this transaction alone."""
    if is_sqlite(target):
        found = target.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        asleep, awake = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
    else:
        names = ", ".join(table.name for table in TABLES)
        guarded = target.exec_driver_sql(_GUARDED).scalars().all()
        asleep = [f"LOCK TABLE {names} IN EXCLUSIVE MODE", *(f"ALTER TABLE {t} DISABLE TRIGGER USER" for t in guarded)]
        awake = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
    for statement in asleep:
        target.exec_driver_sql(statement)
    for table in TABLES:
        target.exec_driver_sql(f"DELETE FROM {table.name}")  # noqa: S608
        write_rows(target, table.name, read_rows(source, table.name))
    for statement in awake:
        target.exec_driver_sql(statement)


def _keep_present(store: Store, file: Path) -> Path | None:
    """A backup of what is about to be replaced, under a name that is free."""
    if not holds_anything(store):
        return None
    names = (file.with_name(f"{file.name}.before-restore{n or ''}") for n in range(10_000))
    kept = next(name for name in names if not name.exists())
    back_up(store, kept)
    return kept


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A new private file in the same folder, gone again where it is not put in its place."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    os.fchmod(handle, _PRIVATE)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for left in part.parent.glob(f"{part.name}*"):
            left.unlink(missing_ok=True)


def _is_store(store: Store, file: Path) -> bool:
    database = store.engine.url.database
    return is_sqlite(store.engine) and database is not None and file.exists() and file.samefile(database)
