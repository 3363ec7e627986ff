"""Importing: all of it or nothing, the same file again changes nothing, history kept, what only the store can judge."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import BotError, CannotUndo, UnknownBatch
from bot.wiring import Parts
from tests.ledgers import figures, held, load, people, sheet, stored

Q3 = "2026-09-30"


def test_the_same_file_again_changes_nothing(joined: Parts, tmp_path: Path) -> None:
    file = figures(tmp_path, (Q3, "C1", 100), (Q3, "C2", "200.50"))
    first = load(joined, file)
    before = stored(joined, "figures")
    again = load(joined, file)
    assert (first.batch, first.changed) == (1, {"figures": 2})
    assert (again.accepted, again.batch, again.changed) == (True, 1, {"figures": 0})
    assert stored(joined, "figures") == before


def test_a_then_b_then_a_restores_a(joined: Parts, tmp_path: Path) -> None:
    a = figures(tmp_path / "a", (Q3, "C1", 100))
    b = figures(tmp_path / "b", (Q3, "C1", 999))
    load(joined, a)
    before = stored(joined, "figures")
    load(joined, b)
    assert stored(joined, "figures") != before
    assert load(joined, a).batch == 3
    assert stored(joined, "figures") == before


def test_a_file_with_one_bad_row_loads_nothing_of_itself(joined: Parts, tmp_path: Path) -> None:
    report = load(joined, figures(tmp_path, (Q3, "C1", 100), (Q3, "C2", "一百")))
    assert not report.accepted
    assert [(e.place.row, e.place.column, e.value, e.code) for e in report.errors] == [
        (3, "日均存款", "一百", "not_a_number")
    ]
    assert stored(joined, "figures") == []


def test_a_dry_run_reports_and_leaves_the_store_as_it_was(joined: Parts, tmp_path: Path) -> None:
    report = load(joined, figures(tmp_path, (Q3, "C1", 100)), dry_run=True)
    assert (report.accepted, report.batch, report.changed) == (True, None, {"figures": 1})
    assert stored(joined, "figures") == []


def test_an_absent_column_keeps_what_is_stored_and_an_empty_cell_empties_it(joined: Parts, tmp_path: Path) -> None:
    header = ["工号", "姓名", "邮箱", "单位"]
    load(joined, sheet(tmp_path, "人员", header, ["1", "甲", "a@x.example", "甲组"]))
    load(joined, sheet(tmp_path, "人员", ["工号", "姓名", "单位"], ["1", "甲", ""]))
    assert [(p["email"], p["unit"]) for p in stored(joined, "managers")] == [("a@x.example", None)]


def test_undo_brings_back_what_the_batch_replaced_and_takes_what_it_added(joined: Parts, tmp_path: Path) -> None:
    load(joined, figures(tmp_path / "a", (Q3, "C1", 100)))
    before = stored(joined, "figures")
    load(joined, figures(tmp_path / "b", (Q3, "C1", 999), (Q3, "C2", 5)))
    report = joined.imports.undo(2, "test")
    assert (report.accepted, report.batch) == (True, 3)
    assert stored(joined, "figures") == before


def test_undo_leaves_what_a_later_batch_says(joined: Parts, tmp_path: Path) -> None:
    load(joined, figures(tmp_path / "a", (Q3, "C1", 100)))
    load(joined, figures(tmp_path / "b", (Q3, "C1", 200)))
    load(joined, figures(tmp_path / "c", (Q3, "C1", 300)))
    after = stored(joined, "figures")
    joined.imports.undo(2, "test")
    assert stored(joined, "figures") == after
    joined.imports.undo(3, "test")
    assert [row["deposit_avg"] for row in stored(joined, "figures")] == [100_00]


@pytest.mark.parametrize(("number", "error"), [(2, CannotUndo), (3, CannotUndo), (7, UnknownBatch)])
def test_undo_of_a_batch_that_is_not_there_withdrawn_already_or_an_undo_says_so(
    joined: Parts, tmp_path: Path, number: int, error: type[BotError]
) -> None:
    load(joined, figures(tmp_path / "a", (Q3, "C1", 100)))
    load(joined, figures(tmp_path / "b", (Q3, "C1", 200)))
    joined.imports.undo(2, "test")
    with pytest.raises(error):
        joined.imports.undo(number, "test")


def test_undo_is_refused_where_rows_that_stay_name_people_that_go(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    load(joined, held(tmp_path, ("C1", "1001", 100, "2026-01-01", "")))
    report = joined.imports.undo(1, "test")
    assert [e.code for e in report.errors] == ["unknown_manager"]
    assert len(stored(joined, "managers")) == 1


def test_an_unknown_manager_is_refused_at_its_row(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    rows = [("C1", "1001", 50, "2026-01-01", ""), ("C1", "1009", 50, "2026-01-01", "")]
    report = load(joined, held(tmp_path, *rows))
    assert [(e.place.row, e.place.column, e.value, e.code) for e in report.errors] == [
        (3, "工号", "1009", "unknown_manager")
    ]
    assert stored(joined, "attribution") == []


def test_a_manager_of_the_same_import_is_known(joined: Parts, tmp_path: Path) -> None:
    files = people(tmp_path, "1001"), held(tmp_path, ("C1", "1001", 100, "2026-01-01", ""))
    assert load(joined, *files).accepted


def test_an_unknown_supervisor_is_refused(joined: Parts, tmp_path: Path) -> None:
    report = load(joined, sheet(tmp_path, "人员", ["工号", "姓名", "主管工号"], ["1", "甲", "9"]))
    assert [(e.place.row, e.place.column, e.code) for e in report.errors] == [(2, "主管工号", "unknown_manager")]


def test_what_a_report_leaves_out_is_counted_in_the_sheet_where_it_stands(joined: Parts, tmp_path: Path) -> None:
    rows = [[str(n), "甲", "9"] for n in range(1000, 1203)]
    report = load(joined, sheet(tmp_path, "人员", ["工号", "姓名", "主管工号"], *rows))
    last = report.errors[-1]
    assert (len(report.errors), last.code, last.place.sheet) == (201, "and_more", "人员")
    assert "另有 3 处" in last.message


def test_shares_of_file_and_store_together_may_not_exceed_the_whole(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001", "1002"), held(tmp_path, ("C1", "1001", 60, "2026-01-01", "")))
    report = load(joined, held(tmp_path, ("C1", "1002", "40.01", "2026-07-01", "")))
    assert [(e.place.row, e.place.column, e.code) for e in report.errors] == [(2, "占比", "shares_above_100")]
    assert load(joined, held(tmp_path, ("C1", "1002", 40, "2026-07-01", ""))).accepted


def test_two_rows_of_one_pair_in_force_at_once_are_refused_across_batches(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"), held(tmp_path, ("C1", "1001", 40, "2026-01-01", "")))
    report = load(joined, held(tmp_path, ("C1", "1001", 40, "2026-07-01", "")))
    assert [e.code for e in report.errors] == ["attribution_overlap"]
    moved = [("C1", "1001", 40, "2026-01-01", "2026-06-30"), ("C1", "1001", 40, "2026-07-01", "")]
    assert load(joined, held(tmp_path, *moved)).accepted


def test_a_trainee_without_start_is_refused_also_where_the_file_lacks_the_column(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    report = load(joined, sheet(tmp_path, "人员", ["工号", "姓名", "岗位等级"], ["1001", "甲", "见习"]))
    assert [e.code for e in report.errors] == ["trainee_without_probation"]


def test_attendance_of_an_unknown_training_is_refused(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    report = load(joined, sheet(tmp_path, "签到", ["编号", "工号", "学时"], ["T1", "1001", 2]))
    assert [(e.place.row, e.value, e.code) for e in report.errors] == [(2, "T1", "unknown_session")]


def test_clients_without_a_manager_and_without_figures_are_warned_of(joined: Parts, tmp_path: Path) -> None:
    files = (
        people(tmp_path, "1001"),
        figures(tmp_path, (Q3, "C1", 100)),
        held(tmp_path, ("C2", "1001", 100, "2026-01-01", "")),
    )
    report = load(joined, *files)
    assert report.accepted
    assert [(w.code, w.value) for w in report.warnings] == [
        ("client_without_manager", "C1"),
        ("client_without_figures", "C2"),
    ]


def test_every_version_of_a_row_is_kept(joined: Parts, tmp_path: Path) -> None:
    for amount in (100, 200, 300):
        load(joined, figures(tmp_path, (Q3, "C1", amount)))
    with joined.store.read() as view:
        rows = view.connection.exec_driver_sql(
            "SELECT deposit_avg, since_batch, until_batch FROM figures ORDER BY version"
        ).all()
    assert [tuple(row) for row in rows] == [(10000, 1, 2), (20000, 2, 3), (30000, 3, None)]


def test_figures_come_back_exactly_as_written(joined: Parts, tmp_path: Path) -> None:
    load(joined, figures(tmp_path, (Q3, "C1", "123456789.01"), (Q3, "C2", "1,000,000.1")))
    rows = stored(joined, "figures")
    assert [(r["as_of"], r["client"], r["deposit_avg"]) for r in rows] == [
        (date(2026, 9, 30), "C1", 12345678901),
        (date(2026, 9, 30), "C2", 100000010),
    ]
