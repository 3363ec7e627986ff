"""What each batch changed, and a row's versions, with undo and restore by import in between."""

from pathlib import Path

import pytest

from bot.storage.history import History
from bot.wiring import Parts
from tests.ledgers import figures, load, people, sheet, stored

Q3 = "2026-09-30"


def changes(joined: Parts) -> dict[int, dict[str, dict[str, int]]]:
    with joined.store.read() as view:
        return History(view.connection).changes()


def versions(joined: Parts, name: str, *key: str) -> list[tuple[int, int | None, int]]:
    with joined.store.read() as view:
        found = History(view.connection).versions(name, key)
    return [(v["since_batch"], v["until_batch"], v["origin_batch"]) for v in found]


@pytest.fixture
def told(joined: Parts, tmp_path: Path) -> Parts:
    """A, B, undo of B, B again: restored by import."""
    load(joined, figures(tmp_path / "a", (Q3, "C1", 1), (Q3, "C2", 1)))
    load(joined, figures(tmp_path / "b", (Q3, "C1", 2), (Q3, "C3", 1)))
    joined.imports.undo(2, "test")
    load(joined, figures(tmp_path / "b", (Q3, "C1", 2), (Q3, "C3", 1)))
    return joined


def test_each_batch_says_what_became_new_changed_and_closed(told: Parts) -> None:
    assert changes(told) == {
        1: {"figures": {"new": 2}},
        2: {"figures": {"new": 1, "changed": 1}},
        3: {"figures": {"changed": 1, "closed": 1}},
        4: {"figures": {"new": 1, "changed": 1}},
    }


def test_a_row_shows_every_version_with_its_batches(told: Parts) -> None:
    assert versions(told, "figures", "C1", Q3) == [(1, 2, 1), (2, 3, 2), (3, 4, 1), (4, None, 4)]
    assert versions(told, "figures", "C3") == [(2, 3, 2), (4, None, 4)]
    assert versions(told, "figures", "C9") == []


def test_an_import_after_an_undo_restores_what_was_withdrawn(told: Parts) -> None:
    assert [row["deposit_avg"] for row in stored(told, "figures")] == [200, 100, 100]


def test_an_undo_names_the_rows_in_which_a_later_batch_kept_values(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path / "a", "1001", "1002"))
    load(joined, sheet(tmp_path / "b", "人员", ["工号", "姓名", "单位"], ["1001", "员工1001", "二部"]))
    load(joined, sheet(tmp_path / "c", "人员", ["工号", "姓名"], ["1001", "张伟"]))
    report = joined.imports.undo(2, "test")
    assert [(w.code, w.value) for w in report.warnings] == [("later_batch_holds", "1001")]
    assert "批次 3" in report.warnings[0].message
    assert next((row["name"], row["unit"]) for row in stored(joined, "managers")) == ("张伟", "二部")
