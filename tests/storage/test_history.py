"""What each batch changed, and a row's versions, with undo and restore by import in between."""

from pathlib import Path

import pytest

from bot.services.second_person import DecideAccess
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


def withdrawn(joined: Parts, folder: Path, *files: list[list[str]]) -> list[tuple[str, str | None]]:
    """The warnings of an undo of batch 2, where each file is one batch of 人员: a header and rows."""
    load(joined, people(folder / "0", "1001", "1002"))
    for number, (header, *rows) in enumerate(files):
        load(joined, sheet(folder / f"n{number}", "人员", header, *rows))
    return [(w.code, w.value) for w in joined.imports.undo(2, "test").warnings]


FULL, SHORT = ["工号", "姓名", "单位"], ["工号", "姓名"]
SECOND = [FULL, ["1001", "员工1001", "二部"], ["1002", "员工1002", ""]]


def test_an_undo_names_the_rows_in_which_a_later_batch_kept_values(joined: Parts, tmp_path: Path) -> None:
    later = [SHORT, ["1001", "张伟"], ["1002", "王芳"]]
    assert withdrawn(joined, tmp_path, SECOND, later) == [("later_batch_holds", "1001")], "1002 had no 单位 before"
    assert next((row["name"], row["unit"]) for row in stored(joined, "managers")) == ("张伟", "二部")


def test_what_a_later_batch_has_said_itself_is_not_left_over(joined: Parts, tmp_path: Path) -> None:
    again = [FULL, ["1001", "张伟", "二部"]]
    assert withdrawn(joined, tmp_path, SECOND, again, [SHORT, ["1001", "张玮"]]) == []


def test_a_later_batch_that_is_withdrawn_itself_has_said_nothing(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    load(joined, sheet(tmp_path / "2", "人员", FULL, ["1001", "甲", "二部"]))
    load(joined, sheet(tmp_path / "3", "人员", FULL, ["1001", "乙", "二部"]))
    joined.imports.undo(3, "test")
    load(joined, sheet(tmp_path / "5", "人员", SHORT, ["1001", "丙"]))
    assert [w.value for w in joined.imports.undo(2, "test").warnings] == ["1001"]


def test_access_that_was_confirmed_is_left_over_too(joined: Parts, tmp_path: Path) -> None:
    header = ["工号", "姓名", "角色", "邮箱"]
    load(joined, sheet(tmp_path / "1", "人员", header, ["2001", "王芳", "HR经办", ""], ["1001", "张伟", "", ""]))
    load(joined, sheet(tmp_path / "2", "人员", header, ["1001", "张伟", "", "z@example.com"]))
    load(joined, sheet(tmp_path / "3", "人员", SHORT, ["1001", "张玮"]))
    joined.second_person(DecideAccess(batch=2, by="2001", via="test"))
    assert [(w.code, w.value) for w in joined.imports.undo(2, "test").warnings] == [("later_batch_holds", "1001")]
