"""`ladder import`, `progress` and `ledger` as the contract has them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ladder
from tests.ledgers import figures, held, people, sheet

Q3 = "2026-09-30"


def branch(folder: Path) -> list[Path]:
    return [
        people(folder, "1002", "1001"),
        figures(folder, (Q3, "C1", 40_000_000), ("2025-12-31", "C1", 30_000_000)),
        held(folder, ("C1", "1001", "33.33", "2026-01-01", "")),
    ]


def test_import_then_progress_on_a_database_that_nobody_prepared(ladder: Ladder, tmp_path: Path) -> None:
    report = ladder("import", *branch(tmp_path), "--json")
    assert report.code == 0, report.err
    (told,) = report.lines
    assert (told["accepted"], told["batch"], told["errors"]) == (True, 1, [])
    assert told["rows"] == {"managers": 2, "figures": 2, "attribution": 1}
    standing = ladder("progress", "--all", "--period", "2026Q3", "--json")
    assert [line["manager"] for line in standing.lines] == ["1001", "1002"]
    first = standing.lines[0]
    # 33.33 % of 4000万 = 1333.2万; new deposits 33.33 % of 1000万 = 333.3万
    assert first["batch"] == 1
    assert first["grades"]["third"]["indicators"]["a"]["value"] == "13332000.00"
    assert first["grades"]["third"]["indicators"]["d"]["value"] == "3333000.00"
    assert first["pass_line"] == {"met": False, "value": "13332000.00", "bound": "15000000"}


def test_a_rejected_import_exits_1_and_names_every_cell(ladder: Ladder, tmp_path: Path) -> None:
    file = figures(tmp_path, (Q3, "C1", "一百"), (Q3, "C2", -1))
    ran = ladder("import", file, "--json")
    assert ran.code == 1
    (told,) = ran.lines
    assert told["accepted"] is False
    assert told["batch"] is None
    assert [(e["file"], e["sheet"], e["row"], e["column"], e["value"], e["code"]) for e in told["errors"]] == [
        ("业绩.csv", "业绩", 2, "日均存款", "一百", "not_a_number"),
        ("业绩.csv", "业绩", 3, "日均存款", "-1", "negative"),
    ]
    assert ladder("ledger", "dump", "业绩", "--json").out == ""


def test_a_dry_run_accepts_and_loads_nothing(ladder: Ladder, tmp_path: Path) -> None:
    before = ladder("ledger", "digest").out
    assert ladder("import", *branch(tmp_path), "--dry-run").code == 0
    assert ladder("ledger", "digest").out == before


def test_the_digest_follows_the_rows_and_an_undo_brings_it_back(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    before = ladder("ledger", "digest").out
    ladder("import", figures(tmp_path / "b", (Q3, "C1", "40000000.01")))
    changed = ladder("ledger", "digest").out
    undone = ladder("import", "--undo", 2, "--json")
    assert undone.lines[0]["accepted"]
    assert changed != before == ladder("ledger", "digest").out
    assert ladder("import", "--undo", 2).code == 1


def test_dumped_rows_carry_english_keys_and_decimal_strings(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    (row,) = ladder("ledger", "dump", "attribution", "--json").lines
    assert row == {"client": "C1", "manager": "1001", "share": "33.33", "from": "2026-01-01", "to": None}
    newest = ladder("ledger", "dump", "业绩", "--json").lines[-1]
    assert (newest["as_of"], newest["deposit_avg"], newest["deposit_balance"]) == (Q3, "40000000.00", None)


def test_a_period_before_the_first_rulebook_is_an_error_with_a_message(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    ran = ladder("progress", "1001", "--period", "2025Q4", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "2026-01-01" in ran.err


def test_a_number_that_nobody_has_is_an_error_with_a_message(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    ran = ladder("progress", "9999", "--period", "2026Q3", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "9999" in ran.err


def test_progress_can_be_asked_of_one_grade(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    (line,) = ladder("progress", "1001", "--period", "2026Q3", "--grade", "二级", "--json").lines
    assert list(line["grades"]) == ["second"]


def test_progress_for_people_is_a_card_in_words(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    ran = ladder("progress", "1001", "--period", "2026Q3")
    assert ran.code == 0
    assert "员工1001离三级还差" in ran.out
    assert "2026-09-30" in ran.out


def test_access_waits_for_a_second_hr_person_on_the_command_line(ladder: Ladder, tmp_path: Path) -> None:
    header = ["工号", "姓名", "角色", "邮箱"]
    ladder("import", sheet(tmp_path, "人员", header, ["2001", "王芳", "HR经办", ""], ["1001", "张伟", "", ""]))
    changed = sheet(tmp_path / "b", "人员", header, ["1001", "张伟", "", "z@example.com"])
    assert "--confirm 2" in ladder("import", changed).out
    (line,) = ladder("ledger", "pending", "--json").lines
    assert (line["batch"], line["person"], line["field"], line["would_be"]) == (2, "1001", "email", "z@example.com")
    assert ladder("import", "--confirm", 2).code == 2
    assert ladder("import", "--confirm", 2, "--as", "1001").code == 1
    assert ladder("import", "--confirm", 2, "--as", "2001").code == 0
    assert ladder("ledger", "pending", "--json").out == ""
    assert ladder("ledger", "pending").out == "没有待确认的变动。\n"
    again = ladder("import", "--undo", 3)
    assert (again.code, "批次 #3" in again.err) == (1, True)


def test_backup_and_restore_on_the_command_line(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    before = ladder("ledger", "digest").out
    assert ladder("backup", tmp_path / "b").code == 0
    ladder("import", figures(tmp_path / "b2", (Q3, "C1", 1)))
    assert ladder("restore", tmp_path / "b").code == 0
    assert ladder("ledger", "digest").out == before
    refused = ladder("restore", tmp_path / "人员.csv")
    assert (refused.code, "不是完整的备份" in refused.err) == (1, True)


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("y", 0)])
def test_at_a_terminal_a_restore_asks_before_it_replaces_anything(
    ladder: Ladder, tmp_path: Path, answer: str, code: int
) -> None:
    ladder("import", *branch(tmp_path))
    ladder("backup", tmp_path / "b")
    ladder("import", figures(tmp_path / "b2", (Q3, "C1", 1)))
    later = ladder("ledger", "digest").out
    ran = ladder("restore", tmp_path / "b", typed=f"{answer}\n")
    assert (ran.code, "库中已有内容" in ran.out) == (code, True)
    assert (ladder("ledger", "digest").out == later) == (answer == "n")


def test_history_and_batches_on_the_command_line(ladder: Ladder, tmp_path: Path) -> None:
    ladder("import", *branch(tmp_path))
    ladder("import", figures(tmp_path / "b", (Q3, "C1", 1)))
    first, second = ladder("ledger", "history", "业绩", "C1", Q3, "--json").lines
    assert (first["batch"], first["until_batch"], first["row"]["deposit_avg"]) == (1, 2, "40000000.00")
    assert (second["batch"], second["until_batch"], second["actor"][:4]) == (2, None, "cli:")
    assert ladder("ledger", "batches", "--json").lines[1]["changes"] == {"figures": {"changed": 1}}
    told = ladder("ledger", "history", "业绩", "C1").out
    assert "日均存款 40000000.00 → 1.00" in told and "现行" in told and "deposit" not in told
    assert ladder("ledger", "history", "业绩", "C1", "昨天").code == 2
