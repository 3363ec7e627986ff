"""The schema on both engines."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.errors import StoreUnavailable
from bot.storage import schema
from bot.storage.tables import METADATA
from bot.storage.unit_of_work import Store
from tests.conftest import NOW


def test_the_program_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "bot/storage/migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_a_fresh_database_gets_the_tables_that_the_program_describes(empty_url: str) -> None:
    store = Store(empty_url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []
    store.close()


def test_opening_a_store_twice_changes_nothing(store: Store) -> None:
    again = Store(store.engine.url.render_as_string(hide_password=False))
    with again.read() as view:
        assert view.people.everyone() == []
    again.close()


def test_a_store_of_a_newer_program_is_refused_not_touched(own_store: Store) -> None:
    with own_store.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable):
        Store(own_store.engine.url.render_as_string(hide_password=False))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_audit_chain_cannot_be_rewritten_by_hand(store: Store, statement: str) -> None:
    with store.write() as view:
        view.audit.record(NOW, "2001", "looked", "1001", {"what": "standing"})
    connection = store.engine.connect().execution_options(write=True)
    with connection, pytest.raises(DatabaseError, match="only grows"):
        connection.execute(text(statement))
    with store.read() as view:
        assert len(view.audit.entries()) == 1
        assert view.audit.verify() is None
