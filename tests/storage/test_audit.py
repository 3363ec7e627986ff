"""The audit chain shows what was changed, taken out, or put in."""

import pytest

from bot.storage.unit_of_work import Store
from tests.conftest import NOW


def filled(own_store: Store) -> None:
    with own_store.write() as view:
        for subject in ("1001", "1002", "1003", "1004"):
            view.audit.record(NOW, "2001", "looked", subject, {"what": "standing"})
    with own_store.engine.connect().execution_options(write=True) as connection, connection.begin():
        for statement in (
            ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
            if own_store.engine.dialect.name == "sqlite"
            else ["DROP TRIGGER audit_no_change ON audit"]
        ):
            connection.exec_driver_sql(statement)


def test_a_chain_as_written_holds(own_store: Store) -> None:
    filled(own_store)
    with own_store.read() as view:
        assert view.audit.verify() is None
        assert [entry["subject"] for entry in view.audit.entries("1002")] == ["1002"]


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET subject = '9999' WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("UPDATE audit SET at = at + 1 WHERE number = 3", 3),
        ("UPDATE audit SET previous = digest WHERE number = 4", 4),
    ],
)
def test_a_chain_that_was_touched_is_found_at_its_place(own_store: Store, statement: str, broken_at: int) -> None:
    filled(own_store)
    with own_store.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql(statement)
    with own_store.read() as view:
        assert view.audit.verify() == broken_at
