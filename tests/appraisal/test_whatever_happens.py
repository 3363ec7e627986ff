"""Kills, two processes at once, other machines: the run ends in the same digest."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import AppraisalRefused
from bot.render.appraisal_files import as_json
from bot.wiring import Parts
from tests.appraisal.killing import KILLS, parts_at, prepared, whole
from tests.appraisal.office import Office
from tests.appraisal.test_year import branch, people
from tests.cli.conftest import LADDER
from tests.ledgers import load


@pytest.mark.timeout(300)
def test_killed_at_any_named_point_it_ends_in_the_same_digest(database_url: str, tmp_path: Path) -> None:
    prepared(f"sqlite:///{tmp_path}/reference.sqlite3", tmp_path / "r")
    expected = whole(f"sqlite:///{tmp_path}/reference.sqlite3", [])
    prepared(database_url, tmp_path / "b")
    ended = whole(database_url, KILLS[::2])
    assert ended.kills >= 8
    assert (ended.digest, ended.told) == (expected.digest, expected.told)
    assert {count for _, count in ended.told} == {1}


def test_of_two_who_confirm_at_once_one_ends_the_run_and_the_other_is_told(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path)
    staff = people(tmp_path / "two")
    text = staff.read_text(encoding="utf-8")
    extra = text.splitlines()[6].replace("3002", "3003").replace("复核,", "副复核,", 1)
    staff.write_text(f"{text.rstrip()}\n{extra}\n", encoding="utf-8")
    assert load(joined, staff).accepted
    office = Office(joined, "2026Q4")
    _let_in(joined)
    office.settle()
    office.propose()
    shown = joined.appraisal_decisions.effect(office.step("3002")).shown
    url = joined.settings.database_url

    def confirm(by: str) -> str:
        own = parts_at(url)
        try:
            return str(Office(own, "2026Q4").confirm(by, shown=shown).run.confirmed_by)
        except AppraisalRefused as refused:
            return str(refused.facts["reason"])
        finally:
            own.store.close()

    with ThreadPoolExecutor(2) as both:
        ends = sorted(both.map(confirm, ("3002", "3003")))
    assert ends in (["3002", "wrong_state"], ["3003", "wrong_state"])
    with joined.store.read() as view:
        assert [e["action"] for e in view.audit.entries()].count("appraisal_finalised") == 1


def _let_in(parts: Parts) -> None:
    """The other 复核's role waits for a second HR person."""
    from bot.services.second_person import DecideAccess

    with parts.store.read() as view:
        batches = sorted({change.batch for change in view.pending.waiting()})
    for batch in batches:
        parts.second_person(DecideAccess(batch=batch, by="3001", via="test"))


def test_it_is_recomputed_elsewhere_in_another_zone_locale_and_hash_seed(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path)
    office = Office(joined, "2026")
    office.settle()
    office.propose()
    office.approve()
    digest = office.confirm().run.digest
    file = tmp_path / "2026.json"
    file.write_bytes(as_json(joined.appraisal_export.export(office.step())))
    elsewhere = {"LADDER_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite3"}
    for more in (
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "77"},
    ):
        env = {**os.environ, **elsewhere, **more, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [LADDER, "appraise", "replay", "--file", file, "--json"],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert (told["same"], told["digest"]) == (True, digest)


def test_a_signature_is_by_the_key_of_the_file(joined: Parts, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(key)
    joined.settings.signing_key = tmp_path / "key.pem"
    branch(joined, tmp_path)
    office = Office(joined, "2026Q4")
    office.settle()
    office.propose()
    assert office.confirm().run.signature
    exported = json.loads(as_json(joined.appraisal_export.export(office.step())))
    found = joined.appraisal_export.replay_file(exported)
    assert (found.same, found.signed) == (True, True)
    forged = {**exported, "signature": "00" * 64}
    assert joined.appraisal_export.replay_file(forged).faults[0].kind == "signature"


def test_verify_finds_a_run_that_was_touched_and_a_chain_that_was_cut_off(tmp_path: Path, empty_url: str) -> None:
    prepared(empty_url, tmp_path)
    whole(empty_url, [])
    parts = parts_at(empty_url)
    (held,) = parts.appraisal_export.verify()
    assert held.replayed.same
    assert held.entry
    _unguarded(
        parts,
        "UPDATE appraisal_lines SET inputs = replace(inputs, 'bachelor', 'master') WHERE person = '1002'",
        f"DELETE FROM audit WHERE number >= {held.entry}",
    )
    (touched,) = parts.appraisal_export.verify()
    assert touched.entry is None
    assert [fault.where for fault in touched.replayed.faults] == ["1002/inputs"]
    with parts.store.read() as view:
        assert view.audit.verify() is None  # what is left of it follows: only the run tells
    parts.store.close()


def _unguarded(parts: Parts, *statements: str) -> None:
    """As somebody with the database in hand."""
    with parts.store.engine.connect().execution_options(write=True) as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for name in found:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)
