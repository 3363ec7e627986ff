"""What a branch writes is read to exact values, however it writes it."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.importing import ParsedLedger, SheetKey
from bot.domain.people import Education, Exam, Role, Title
from bot.loading.ledgers import read_ledger
from bot.loading.ledgers.schema import SHEETS
from tests.loading.ledger_files import GOOD, GRADES, grid, rewrite, write_csv, write_xlsx

DAY = datetime.date(2026, 9, 30)


def read(*paths: Path) -> ParsedLedger:
    ledger = read_ledger(paths, GRADES)
    assert not ledger.errors, [e.message for e in ledger.errors]
    return ledger


def rows(ledger: ParsedLedger) -> list[dict[str, Any]]:
    return [dict(row.values) for sheet in ledger.sheets for row in sheet.rows]


def one(tmp_path: Path, case: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The first row of a case's sheet."""
    return rows(read(write_xlsx(tmp_path / "台账.xlsx", {case["sheet"]: grid(case)}, **options)))[0]


def test_a_workbook_of_all_sheets_is_read_to_exact_values(tmp_path: Path) -> None:
    ledger = read(write_xlsx(tmp_path / "台账.xlsx", {sheet: grid({"sheet": sheet}) for sheet in GOOD}))
    assert not ledger.warnings
    first = {sheet.key: sheet.rows[0] for sheet in ledger.sheets}
    assert {row.number for row in first.values()} == {2}
    assert first[SheetKey.MANAGERS].values == {
        "id": "1001", "name": "甲一", "unit": "一组", "grade": "third", "grade_since": datetime.date(2025, 1, 1),
        "marketing_since": datetime.date(2018, 7, 1), "probation_since": None, "education": Education.BACHELOR,
        "title": Title.NONE, "exam": Exam.PASSED, "breach": False, "report_date": datetime.date(2026, 6, 30),
        "roles": frozenset({Role.MANAGER}), "supervisor": "1002", "email": "a@bank.cn", "status": True,
    }  # fmt: skip
    assert first[SheetKey.FIGURES].values == {
        "as_of": DAY, "client": "C001", "client_name": "甲公司", "deposit_avg": 3_000_000_000, "agreement_avg": 100_000_000,
        "loan_avg": 500_000_050, "settlement_usd": 10_025, "loan_normal": 500_000_000, "loan_special": 0,
        "loan_substandard": 0, "loan_doubtful": 0, "loan_loss": 0, "overdue_interest": 0, "advances": 0,
    }  # fmt: skip
    since = datetime.date(2026, 1, 1)
    assert first[SheetKey.ATTRIBUTION].values == {
        "client": "C001", "manager": "1001", "share": 6000, "from": since, "to": None
    }  # fmt: skip
    assert first[SheetKey.RATES].values == {"as_of": DAY, "usd_cny": "7.1055"}
    assert first[SheetKey.SESSIONS].values == {
        "id": "T01", "topic": "合规培训", "category": "必修", "grades": frozenset({"all"}),
        "date": datetime.date(2026, 10, 12), "start": "09:00", "end": "11:30", "place": "三楼会议室", "trainer": "丙三",
        "seats": 30, "hours": 250,
    }  # fmt: skip
    assert first[SheetKey.ATTENDANCE].values == {"session": "T01", "manager": "1001", "hours": 250, "result": "合格"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("named", ["chinese", "key"])
def test_csv_files_say_the_same_as_the_workbook(encoding: str, named: str, tmp_path: Path) -> None:
    book = read(write_xlsx(tmp_path / "台账.xlsx", {sheet: grid({"sheet": sheet}) for sheet in GOOD}))
    keys = {sheet.name: sheet.key.value for sheet in SHEETS}
    names = {sheet: sheet if named == "chinese" else keys[sheet] for sheet in GOOD}
    files = [write_csv(tmp_path / f"{names[s]}.csv", grid({"sheet": s}), encoding) for s in GOOD]
    assert rows(read(*files)) == rows(book)


def test_a_sheet_named_by_key_with_chinese_headers_and_the_other_way_round(tmp_path: Path) -> None:
    english = [["as_of", "USD_CNY"], ["2026-09-30", "7.10"]]
    chinese = [["美元兑人民币", "截止日"], [7.2, "2026-12-31"]]
    ledger = read(write_xlsx(tmp_path / "a.xlsx", {"汇率": english, "rates": chinese}))
    assert [row["usd_cny"] for row in rows(ledger)] == ["7.1", "7.2"]


def test_title_and_unit_lines_above_the_headers_are_read(tmp_path: Path) -> None:
    above = [["南昌分行客户业绩表"], ["编制单位:某支行", None, "单位:", "人民币万元、万美元"], []]
    row = one(
        tmp_path,
        {"sheet": "业绩", "above": above, "set": {"5.日均存款": {"number": "300.00000099999999"}, "5.其中协议存款": 1}},
    )
    assert row["deposit_avg"] == 300_000_001
    assert row["settlement_usd"] == 100_250_000


@pytest.mark.parametrize(
    "header",
    [
        "日均存款(万元)",
        "日均存款(万元)",
        " 日均 存款 ( 万元 ) ",
        "日均存款【人民币万元】",
        "日均存款:万元",
        "deposit_avg(万元)",
        "*日均存款(万)",
    ],
)
def test_a_unit_in_a_header_is_read_in_whatever_brackets(header: str, tmp_path: Path) -> None:
    case = {"sheet": "业绩", "headers": {"日均存款": header}, "set": {f"2.{header}": 300.000001}}
    assert one(tmp_path, {**case, "headers": {"日均存款": header}})["deposit_avg"] == 300_000_001


def test_dollars_in_ten_thousands(tmp_path: Path) -> None:
    case = {"sheet": "业绩", "headers": {"国际结算额": "国际结算额(万美元)"}, "set": {"2.国际结算额": 1.234567}}
    assert one(tmp_path, case)["settlement_usd"] == 1_234_567


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,234,567.80", 123_456_780),
        ("12345.6", 1_234_560),
        ("1,234.50 元", 123_450),
        (" 12 345 ", 1_234_500),
        ("12.500", 1250),
        ("+7", 700),
        (".5", 50),
        ("-0.00", 0),
        (1.5e8, 15_000_000_000),
        (0.1, 10),
        ({"number": "0.29999999999999999"}, 30),
        ({"number": "1E-2"}, 1),
        ({"formula": "=0.1+0.2", "value": 0.30000000000000004}, 30),
        ({"number": "999999999999.98999"}, 99_999_999_999_999),
    ],
)
def test_an_amount_however_it_is_written(cell: Any, fen: int, tmp_path: Path) -> None:
    assert one(tmp_path, {"sheet": "业绩", "set": {"3.日均贷款": cell, "2.日均贷款": cell}})["loan_avg"] == fen


def test_a_colon_within_a_header_is_no_other_header(tmp_path: Path) -> None:
    case = {"sheet": "业绩", "headers": {"其中协议存款": "其中:协议存款(万元)"}, "set": {"2.其中协议存款": 1}}
    assert one(tmp_path, case)["agreement_avg"] == 1_000_000


@pytest.mark.parametrize(
    "cell",
    ["2026-09-30", "2026/9/30", "20260930", "2026年9月30日", "2026.9.30", "2026-09-30 00:00:00", "2026-9-30",
     20260930, 46295, 46295.75, {"date": DAY}, {"number": "46295"}],
)  # fmt: skip
def test_a_date_however_it_is_written(cell: Any, tmp_path: Path) -> None:
    assert one(tmp_path, {"sheet": "汇率", "set": {"2.截止日": cell}})["as_of"] == DAY


def test_a_workbook_that_counts_days_from_1904_has_the_same_dates(tmp_path: Path) -> None:
    assert one(tmp_path, {"sheet": "汇率", "set": {"2.截止日": {"date": DAY}}}, date_1904=True)["as_of"] == DAY


def test_a_strict_workbook_with_iso_dates_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "严格.xlsx", {"汇率": [["截止日", "美元兑人民币"], [{"number": "424242"}, 7.1]]})

    def strict(part: str, text: str) -> str:
        text = text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        text = text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        return text.replace('<c r="A2"><v>424242', '<c r="A2" t="d"><v>2026-09-30T00:00:00.000')

    assert rows(read(rewrite(path, strict))) == [{"as_of": DAY, "usd_cny": "7.1"}]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("0012", "0012"), (1001, "1001"), ({"number": "1001.0"}, "1001"), (123_456_789_012_345, "123456789012345"),
     ("12345678901234567890", "12345678901234567890"), ("C001", "C001"), (" c-01 ", "c-01")],
)  # fmt: skip
def test_an_id_keeps_its_digits(cell: Any, kept: str, tmp_path: Path) -> None:
    assert one(tmp_path, {"sheet": "管户", "set": {"2.客户号": cell}})["client"] == kept


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        (None, 10_000),
        ("60", 6000),
        ("60%", 6000),
        ("33.33%", 3333),
        (33.33, 3333),
        ({"percent": 0.07}, 700),
        ({"percent": 1}, 10_000),
    ],
)
def test_a_share_is_percent_and_the_whole_where_empty(cell: Any, points: int, tmp_path: Path) -> None:
    assert one(tmp_path, {"sheet": "管户", "set": {"2.占比": cell}})["share"] == points


def test_words_are_taken_in_either_language_and_with_any_comma(tmp_path: Path) -> None:
    cells = {"2.角色": "客户经理、hr 复核;audit,主管", "2.学历": "Master", "2.违规记录": "有", "2.状态": "离岗", "2.邮箱": " A.B@Bank.CN ",
             "2.岗位等级": "三级客户经理"}  # fmt: skip
    row = one(tmp_path, {"sheet": "人员", "set": cells})
    assert row["roles"] == {Role.MANAGER, Role.HR_REVIEWER, Role.AUDIT, Role.SUPERVISOR}
    assert (row["education"], row["breach"], row["status"]) == (Education.MASTER, True, False)
    assert (row["email"], row["grade"]) == ("a.b@bank.cn", "third")


def test_a_column_that_the_file_lacks_is_in_no_row_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    case = {"sheet": "人员", "headers": {"岗位等级": None, "邮箱": None}, "set": {"2.单位": None}}
    row = one(tmp_path, case)
    assert "grade" not in row
    assert "email" not in row
    assert row["unit"] is None


def test_a_wrong_grade_is_answered_with_the_chinese_words(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "人员.csv", grid({"sheet": "人员", "set": {"2.岗位等级": "五级"}}))
    grades = {"first": "first", "一级客户经理": "first", "一级": "first", "见习": "trainee"}
    assert "请填:一级、见习。" in read_ledger([path], grades).errors[0].message


def test_grades_of_a_training_are_keys_of_the_rulebook(tmp_path: Path) -> None:
    row = one(tmp_path, {"sheet": "培训", "set": {"2.适用等级": "见习,三级", "2.开始": {"number": "0.375"}}})
    assert row["grades"] == {"trainee", "third"}
    assert row["start"] == "09:00"


def test_two_files_may_share_a_sheet_and_no_key(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first = write_csv(tmp_path / "汇率.csv", [["截止日", "美元兑人民币"], ["2026-09-30", 7.1]])
    second = write_csv(tmp_path / "b" / "rates.csv", [["截止日", "美元兑人民币"], ["2026-09-30", 7.2]])
    assert [e.code for e in read_ledger([first, second], GRADES).errors] == ["duplicate_key"]
    assert [w.code for w in read_ledger([first, first], GRADES).warnings] == ["same_row_twice"]
