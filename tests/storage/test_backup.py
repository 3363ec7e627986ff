"""Backups from either database into either, while others read and write; every fault leaves all as it was."""

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import FixedClock, Settings
from bot.errors import BackupRefused
from bot.storage.backup import back_up, restore
from bot.storage.plain_rows import fingerprint
from bot.storage.unit_of_work import Store
from bot.wiring import Parts, build
from tests.conftest import NOW
from tests.house import sample
from tests.ledgers import figures, load, people


@pytest.fixture
def filled(joined: Parts) -> Iterator[Parts]:
    load(joined, *sample.LEDGERS)
    yield joined


def prints(store: Store) -> dict[str, tuple[int, int]]:
    with store.read() as view:
        return fingerprint(view.connection)


def test_a_backup_brings_everything_back_and_keeps_what_was_there(filled: Parts, tmp_path: Path) -> None:
    before = prints(filled.store)
    made = back_up(filled.store, tmp_path / "b")
    assert made.rows == sum(count for count, _ in before.values())
    load(filled, people(tmp_path, "7001"))
    later = prints(filled.store)
    back = restore(filled.store, tmp_path / "b")
    assert prints(filled.store) == before != later
    assert back.before is not None
    restore(filled.store, back.before)
    assert prints(filled.store) == later
    # Numbers go on, and the audit chain grows and is guarded as before.
    assert load(filled, people(tmp_path / "c", "7002")).accepted
    with filled.store.read() as view:
        assert view.audit.verify() is None
    with pytest.raises(Exception, match="only grows"), filled.store.write() as view:
        view.connection.exec_driver_sql("DELETE FROM audit")


def test_a_backup_goes_into_the_other_database(filled: Parts, tmp_path: Path) -> None:
    back_up(filled.store, tmp_path / "b")
    other = build(Settings(database_url=f"sqlite:///{tmp_path / 'other' / 'x.sqlite3'}"), FixedClock(NOW))
    assert restore(other.store, tmp_path / "b").before is None
    assert prints(other.store) == prints(filled.store)
    back_up(other.store, tmp_path / "c")
    restore(filled.store, tmp_path / "c")
    assert prints(other.store) == prints(filled.store)
    assert load(filled, figures(tmp_path, ("2026-12-31", "C0001", 5))).accepted
    other.store.close()


def test_only_its_owner_reads_a_backup(filled: Parts, tmp_path: Path) -> None:
    back_up(filled.store, tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".b")] == []


def test_a_backup_is_one_moment_while_others_write(filled: Parts, tmp_path: Path) -> None:
    before = prints(filled.store)
    with filled.store.write() as view:
        view.audit.record(NOW, "2001", "looked", "1001", {})
        back_up(filled.store, tmp_path / "b")
    restore(filled.store, tmp_path / "b")
    assert prints(filled.store) == before


def test_what_is_not_a_whole_backup_is_refused_and_nothing_changes(filled: Parts, tmp_path: Path) -> None:
    before = prints(filled.store)
    back_up(filled.store, tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text").write_text("not a backup", encoding="utf-8")
    (tmp_path / "empty").write_bytes(b"")
    shutil.copy(tmp_path / "b", tmp_path / "forged")
    altered(tmp_path / "forged", "DROP TRIGGER audit_no_update", "UPDATE audit SET actor = 'x'")
    shutil.copy(tmp_path / "b", tmp_path / "newer")
    altered(tmp_path / "newer", "UPDATE alembic_version SET version_num = '9999'")
    for name, reason in (
        ("cut", "damaged"),
        ("text", "damaged"),
        ("empty", "damaged"),
        ("forged", "damaged"),
        ("newer", "newer"),
        ("absent", "missing"),
    ):
        with pytest.raises(BackupRefused) as refused:
            restore(filled.store, tmp_path / name)
        assert refused.value.facts["reason"] == reason, name
    assert prints(filled.store) == before


def test_a_backup_of_the_first_schema_is_brought_up_to_date(joined: Parts, tmp_path: Path) -> None:
    back_up(joined.store, tmp_path / "b")
    altered(
        tmp_path / "b",
        "DROP TABLE pending_access",
        "DROP TABLE conversations",
        "DROP TABLE kept_questions",
        "DROP TABLE taught_phrases",
        *(
            f"DROP TABLE {name}"
            for name in ("appraisal_lines", "appraisal_said", "appraisal_appeals", "established", "appraisals")
        ),
        *(f"DROP TABLE {name}" for name in ("outbox", "outbox_turns", "reminder_wishes", "leaves")),
        "DROP TABLE signups",
        "DROP TABLE cancelled_sessions",
        "DROP TABLE calendar_feeds",
        "DROP TABLE session_feedback",
        "ALTER TABLE batches DROP COLUMN confirms",
        "UPDATE alembic_version SET version_num = '0001'",
    )
    assert restore(joined.store, tmp_path / "b").rows == 0


def test_a_folder_that_is_not_there_is_said(joined: Parts, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused) as refused:
        back_up(joined.store, tmp_path / "nowhere" / "b")
    assert refused.value.facts["reason"] == "not_written"


def altered(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
