"""What every test may have: a store on a real file or a real PostgreSQL, the shipped rulebook, a clock."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from bot.config import FixedClock, Settings
from bot.storage.tables import METADATA
from bot.storage.unit_of_work import Store
from bot.wiring import Parts, build

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)

settings.register_profile(
    "ladder", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("ladder")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are no name of a test once names are left as they are written (pyproject.toml)."""
    return repr(val)[:30] if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own (LADDER_TEST_POSTGRES names another)."""
    if address := os.environ.get("LADDER_TEST_POSTGRES"):
        yield address
        return
    from tests.postgres import run_server

    with run_server() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables, to be copied: migrating takes longer than most tests do."""
    path = tmp_path_factory.mktemp("store") / "migrated.sqlite3"
    Store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def shared_database(postgres: str) -> Iterator[str]:
    """The address of a database of the server with our tables: emptied for each test, since making one takes longer."""
    with database(postgres) as address:
        Store(address).close()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a store runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of its own with our tables and nothing in them: a file, or one on the server."""
    if engine_name == "sqlite":
        return copied(request.getfixturevalue("migrated_file"), tmp_path / "ladder.sqlite3")
    return empty(request.getfixturevalue("shared_database"))


@pytest.fixture
def own_store(empty_url: str) -> Iterator[Store]:
    """A store on a database of its own, for tests that alter its tables."""
    opened = Store(empty_url)
    yield opened
    opened.close()


@pytest.fixture
def empty_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with database(request.getfixturevalue("postgres")) as address:
        yield address


@contextmanager
def database(server: str) -> Iterator[str]:
    """A new database on the server, dropped at the end."""
    name = f"ladder_{uuid.uuid4().hex[:12]}"
    on_server(server, f"CREATE DATABASE {name}")
    yield address_of(server, name)
    on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def copied(migrated: Path, path: Path) -> str:
    """The address of a copy of an SQLite store."""
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


def empty(address: str) -> str:
    """Takes every row of a PostgreSQL store; the audit chain's guard is asleep for a replica."""
    tables = ", ".join(table.name for table in METADATA.sorted_tables)
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
    return address


def on_server(server: str, statement: str) -> None:
    """Outside any transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def address_of(server: str, name: str) -> str:
    """The store's address of a database on the server."""
    own = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return own.render_as_string(hide_password=False)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with our tables and nothing in them."""
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def joined(database_url: str) -> Iterator[Parts]:
    """The parts over an empty store, the clock standing at NOW."""
    parts = build(Settings(database_url=database_url), FixedClock(NOW))
    yield parts
    parts.store.close()
