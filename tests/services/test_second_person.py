"""Roles, supervisor and e-mail wait for a second HR person; everything else of an import holds at once."""

from pathlib import Path

import pytest

from bot.errors import CannotConfirm, CannotUndo, NotAllowed, NothingWaits, SecondPersonNeeded
from bot.services.import_ledger import ImportLedger, ImportReport
from bot.services.second_person import DecideAccess
from bot.wiring import Parts
from tests.ledgers import load, sheet, stored

HEADER = ["工号", "姓名", "角色", "主管工号", "邮箱"]
HR = ["2001", "王芳", "HR经办", "", "wang@example.com"]
HR2 = ["2002", "李娜", "HR复核", "", "li@example.com"]
ONE = ["1001", "张伟", "客户经理", "2001", "zhang@example.com"]


def staff(folder: Path, *rows: list[str]) -> Path:
    return sheet(folder, "人员", HEADER, *rows)


@pytest.fixture
def branch(joined: Parts, tmp_path: Path) -> Parts:
    load(joined, staff(tmp_path / "first", HR, HR2, ONE))
    return joined


def by(joined: Parts, actor: str, file: Path) -> ImportReport:
    return joined.imports(ImportLedger(parsed=joined.read_ledger([file]), actor=actor))


def row(joined: Parts, person: str) -> dict[str, object]:
    return next(row for row in stored(joined, "managers") if row["id"] == person)


def waiting(joined: Parts) -> list[tuple[int, str, str, str | None]]:
    with joined.store.read() as view:
        return [(c.batch, c.person, c.field, c.value) for c in view.pending.waiting()]


def decide(joined: Parts, batch: int, person: str, confirm: bool = True) -> None:
    joined.second_person(DecideAccess(batch=batch, by=person, via="test", confirm=confirm))


def test_a_first_import_holds_at_once_also_with_hr_in_it(branch: Parts) -> None:
    assert row(branch, "1001")["email"] == "zhang@example.com"
    assert waiting(branch) == []


def test_a_store_without_hr_on_staff_waits_for_nobody(joined: Parts, tmp_path: Path) -> None:
    sheet(tmp_path, "人员", [*HEADER, "状态"], [*HR, "离岗"], [*ONE, "在岗"])
    load(joined, tmp_path / "人员.csv")
    load(joined, staff(tmp_path / "b", [*ONE[:4], "new@example.com"]))
    assert (row(joined, "1001")["email"], waiting(joined)) == ("new@example.com", [])


def test_access_waits_and_the_rest_of_the_row_holds(branch: Parts, tmp_path: Path) -> None:
    report = by(branch, "2001", staff(tmp_path, ["1001", "张玮", "HR经办", "2002", "z@example.com"]))
    assert (report.accepted, report.waiting, report.changed["managers"]) == (True, ("1001",), 1)
    (found,) = [w for w in report.warnings if w.code == "waits_for_second"]
    assert (found.place.row, found.place.column, found.value) == (2, "角色", "1001")
    now = row(branch, "1001")
    assert [now[k] for k in ("name", "roles", "supervisor", "email")] == [
        "张玮",
        "manager",
        "2001",
        "zhang@example.com",
    ]
    decide(branch, 2, "2002")
    now = row(branch, "1001")
    assert [now[k] for k in ("name", "roles", "supervisor", "email")] == ["张玮", "hr_clerk", "2002", "z@example.com"]
    with branch.store.read() as view:
        entry = view.audit.entries()[-1]
        assert (entry["actor"], entry["action"], view.audit.verify()) == ("2002", "confirmed_access", None)


def test_a_new_person_has_no_access_until_confirmed(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path, ["1002", "陈静", "HR经办", "2001", "chen@example.com"]))
    with branch.store.read() as view:
        assert view.people.by_email("chen@example.com") == []
    with pytest.raises(NotAllowed):
        decide(branch, 2, "1002")
    decide(branch, 2, "2002")
    with branch.store.read() as view:
        assert [person.id for person in view.people.by_email("chen@example.com")] == ["1002"]


def test_who_imported_does_not_confirm_nor_does_anybody_outside_hr(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path, [*ONE[:4], "z@example.com"]))
    with pytest.raises(SecondPersonNeeded):
        decide(branch, 2, "2001")
    with pytest.raises(NotAllowed):
        decide(branch, 2, "1001")
    assert row(branch, "1001")["email"] == "zhang@example.com"


def test_of_an_import_from_the_command_line_any_hr_person_confirms(branch: Parts, tmp_path: Path) -> None:
    by(branch, "cli:root", staff(tmp_path, [*ONE[:4], "z@example.com"]))
    decide(branch, 2, "2001")
    assert row(branch, "1001")["email"] == "z@example.com"
    with pytest.raises(NothingWaits):
        decide(branch, 2, "2002")


def test_the_same_file_again_asks_nothing_new(branch: Parts, tmp_path: Path) -> None:
    file = staff(tmp_path, [*ONE[:4], "z@example.com"])
    by(branch, "2001", file)
    assert by(branch, "2002", file).batch == 2
    assert waiting(branch) == [(2, "1001", "email", "z@example.com")]


def test_a_later_import_supersedes_what_waits(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path / "a", [*ONE[:4], "z@example.com"]))
    by(branch, "2002", staff(tmp_path / "b", [*ONE[:4], "y@example.com"]))
    assert waiting(branch) == [(3, "1001", "email", "y@example.com")]
    assert by(branch, "2001", staff(tmp_path / "c", ONE)).batch == 4
    assert waiting(branch) == []


def test_an_import_without_these_columns_leaves_what_waits(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path / "a", [*ONE[:4], "z@example.com"]))
    load(branch, sheet(tmp_path / "b", "人员", ["工号", "姓名"], ["1001", "张三"]))
    decide(branch, 2, "2002")
    assert (row(branch, "1001")["name"], row(branch, "1001")["email"]) == ("张三", "z@example.com")


def test_a_refused_change_leaves_everything_and_may_be_asked_again(branch: Parts, tmp_path: Path) -> None:
    file = staff(tmp_path, [*ONE[:4], "z@example.com"])
    by(branch, "2001", file)
    decide(branch, 2, "2002", confirm=False)
    assert (row(branch, "1001")["email"], waiting(branch)) == ("zhang@example.com", [])
    assert by(branch, "2001", file).batch == 3
    assert waiting(branch) == [(3, "1001", "email", "z@example.com")]


def test_the_undo_of_a_batch_withdraws_what_waits_of_it(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path, [*ONE[:4], "z@example.com"]))
    branch.imports.undo(2, "2001")
    assert waiting(branch) == []
    with pytest.raises(NothingWaits):
        decide(branch, 2, "2002")


def test_the_undo_of_a_confirmed_change_waits_too(branch: Parts, tmp_path: Path) -> None:
    by(branch, "2001", staff(tmp_path, ["1001", "张玮", *ONE[2:4], "z@example.com"]))
    decide(branch, 2, "2002")
    with pytest.raises(CannotUndo):
        branch.imports.undo(3, "2001")
    report = branch.imports.undo(2, "2001")
    assert report.waiting == ("1001",)
    assert "批次 2 的工作表「人员」:1001 的角色" in report.warnings[0].message
    assert (row(branch, "1001")["name"], row(branch, "1001")["email"]) == ("张伟", "z@example.com")
    decide(branch, 4, "2002")
    assert row(branch, "1001")["email"] == "zhang@example.com"


def test_an_unknown_supervisor_is_refused_before_it_waits(branch: Parts, tmp_path: Path) -> None:
    report = by(branch, "2001", staff(tmp_path, [*ONE[:3], "9999", ONE[4]]))
    assert [(e.code, e.place.row) for e in report.errors] == [("unknown_manager", 2)]
    assert waiting(branch) == []


def test_an_address_that_somebody_else_has_is_not_confirmed(branch: Parts, tmp_path: Path) -> None:
    by(branch, "cli:root", staff(tmp_path, [*ONE[:4], "wang@example.com"]))
    with pytest.raises(CannotConfirm):
        decide(branch, 2, "2002")
    assert waiting(branch) == [(2, "1001", "email", "wang@example.com")]
    decide(branch, 2, "2002", confirm=False)


def test_two_who_change_addresses_are_confirmed_together(branch: Parts, tmp_path: Path) -> None:
    by(branch, "cli:root", staff(tmp_path, [*HR2[:4], ONE[4]], [*ONE[:4], HR2[4]]))
    decide(branch, 2, "2001")
    assert (row(branch, "1001")["email"], row(branch, "2002")["email"]) == ("li@example.com", "zhang@example.com")


def test_a_dry_run_says_who_would_wait_and_keeps_nothing(branch: Parts, tmp_path: Path) -> None:
    report = load(branch, staff(tmp_path, [*ONE[:4], "z@example.com"]), dry_run=True)
    assert (report.waiting, waiting(branch)) == (("1001",), [])
