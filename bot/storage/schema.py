"""Brings a store's schema to the program's: a fresh database needs no step of its own.

Alembic is only imported when there is something to do, since it takes longer to import than an answer takes.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from bot.errors import StoreUnavailable
from bot.storage.engine import is_sqlite

HEAD = "0008"
"""The newest migration; a test compares it with the folder."""
_LOCK = 7_301_442
"""PostgreSQL's advisory lock while migrating."""


def ensure_schema(engine: Engine) -> None:
    """Upgrades to HEAD, once for all processes. StoreUnavailable for a schema that a newer program made."""
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if not is_sqlite(connection):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = revision(connection)
        if found is not None and found > HEAD:
            raise StoreUnavailable(reason="newer_schema", found=found, expected=HEAD)
        if found != HEAD:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The migration that the store is at, None for a fresh one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
