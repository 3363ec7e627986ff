"""What every test may have: a store on a real file or a real PostgreSQL, the shipped rulebook, a clock."""

import os
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url

from bot.config import FixedClock, Settings
from bot.storage.unit_of_work import Store
from bot.wiring import Parts, build

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)

settings.register_profile(
    "ladder", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("ladder")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this session's own (LADDER_TEST_POSTGRES names another)."""
    if address := os.environ.get("LADDER_TEST_POSTGRES"):
        yield address
        return
    from tests.postgres import run_server

    with run_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database on each engine: a file, and a database of its own on the server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ladder.sqlite3'}"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"ladder_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    own = make_url(server).set(drivername="postgresql+psycopg", database=name)
    yield own.render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


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
