"""A disk that is full, a folder that cannot be written, a database that is locked: said in words, nothing half-loaded."""

import ctypes
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from bot.errors import StoreUnavailable
from bot.storage.unit_of_work import Store
from tests.conftest import copied, empty
from tests.ledgers import figures

LADDER = Path(sys.executable).with_name("ladder")


def ladder(url: str, *arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LADDER_DATABASE_URL": url, "PYTHONUTF8": "1", "LADDER_LOCK_WAIT_SECONDS": "0.3"}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [LADDER, *map(str, arguments)], env=env, capture_output=True, text=True, check=False, timeout=60, **more
    )


def bound_by_permissions() -> None:
    """Root goes past permissions by two capabilities: the command, started after this, has neither."""
    if os.getuid() == 0:
        drop, override, search = 24, 1, 2
        for capability in (override, search):
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)


def many(folder: Path, count: int) -> Path:
    return figures(folder, *(("2026-09-30", f"C{n:06}", n + 1) for n in range(count)))


def refused(ran: subprocess.CompletedProcess[str], words: str) -> None:
    assert ran.returncode == 1
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_full_disk_loads_nothing_and_the_next_import_works(migrated_file: Path, tmp_path: Path) -> None:
    url = copied(migrated_file, tmp_path / "ladder.sqlite3")
    file = many(tmp_path / "in", 17_000)  # read in the same process: it is the store that finds no room
    before = ladder(url, "ledger", "digest").stdout

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    refused(ladder(url, "import", file, preexec_fn=little), "磁盘空间不足")
    assert ladder(url, "ledger", "digest").stdout == before
    assert ladder(url, "ledger", "batches", "--json").stdout == ""
    assert ladder(url, "import", file).returncode == 0


def test_a_folder_that_cannot_be_written_is_said(migrated_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    url = copied(migrated_file, folder / "ladder.sqlite3")
    (folder / "ladder.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    refused(ladder(url, "import", many(tmp_path / "in", 2), preexec_fn=bound_by_permissions), "不可写")
    folder.chmod(0o755)


def test_a_place_where_no_folder_can_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(ladder(f"sqlite:///{tmp_path / 'file' / 'x.sqlite3'}", "ledger", "digest"), "不可写")


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_text("not a database " * 100, encoding="utf-8")
    refused(ladder(f"sqlite:///{tmp_path / 'x.sqlite3'}", "ledger", "digest"), "已损坏")


def test_a_second_import_waits_its_time_and_is_then_refused_with_the_reason(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    file = many(tmp_path, 2)
    with store.write():
        refused(ladder(database_url, "import", file), "正被另一个操作占用")
    assert ladder(database_url, "import", file).returncode == 0
    (line,) = ladder(database_url, "ledger", "batches", "--json").stdout.splitlines()
    assert '"batch": 1' in line


_ASLEEP = "'SELECT pg_sleep%' AND state = 'active'"
_HOLDS = """
import sys
from bot.storage.unit_of_work import Store
with Store(sys.argv[1]).write() as view:
    view.connection.exec_driver_sql("SELECT pg_sleep(100)")
"""


def test_a_writer_killed_within_a_statement_soon_lets_the_next_one_in(shared_database: str, tmp_path: Path) -> None:
    """PostgreSQL would go on with the statement, and keep the lock, until it has something to send."""
    killed = subprocess.Popen([sys.executable, "-c", _HOLDS, shared_database])
    with psycopg.connect(shared_database.replace("+psycopg", ""), autocommit=True) as other:
        while not other.execute(f"SELECT 1 FROM pg_stat_activity WHERE query LIKE {_ASLEEP}").fetchone():
            assert killed.poll() is None
    killed.kill()
    killed.wait()
    store = Store(empty(shared_database), wait_seconds=20)
    with store.write() as view:
        assert view.batches.newest() is None
    store.close()


def test_the_database_has_counted_the_rows_of_an_import_when_it_is_asked_of_them(shared_database: str) -> None:
    """What the report asks of the batch is planned by these counts; with those of before, 4,000 rows took 12 s."""
    store = Store(empty(shared_database))
    rows = [["2026-09-30"] * 600, [f"C{n}" for n in range(600)], [1] * 600]
    with store.write() as view:
        view.batches.apply("rates", ["as_of", "usd_cny"], [([1], [["2026-09-30"], ["7"]])], 1)
        view.batches.apply("figures", ["as_of", "client", "deposit_avg"], [(list(range(600)), rows)], 1)
        counted = view.connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'figures'").scalar()
    store.close()
    assert counted == 600


def test_two_imports_at_once_both_arrive_one_after_the_other(database_url: str, tmp_path: Path) -> None:
    first, second = many(tmp_path / "a", 3_000), figures(tmp_path / "b", ("2026-06-30", "C1", 5))
    env = {**os.environ, "LADDER_DATABASE_URL": database_url}
    running = [subprocess.Popen([LADDER, "import", file], env=env) for file in (first, second)]
    assert [process.wait(60) for process in running] == [0, 0]
    store = Store(database_url)
    with store.read() as view:
        assert [batch.number for batch in view.batches.everything()] == [1, 2]
        assert len(list(view.batches.rows("figures"))) == 3_001
        assert view.audit.verify() is None
    store.close()


def test_a_writer_of_the_same_process_waits_its_time_too(database_url: str) -> None:
    store = Store(database_url, wait_seconds=0.05)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            held.set()
            done.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    with pytest.raises(StoreUnavailable) as refused_, store.write():
        pass
    done.set()
    other.join()
    assert refused_.value.facts["reason"] == "busy"
    store.close()
