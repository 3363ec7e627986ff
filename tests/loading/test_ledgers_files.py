"""What is no ledger at all is told so, whatever its bytes are, and nothing is opened that promises too much."""

import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from bot.loading.ledgers import read_ledger
from tests.ledgers import FIGURES
from tests.loading.ledger_files import GOOD, GRADES, grid, rewrite, write_csv, write_xlsx

RATES = [["截止日", "美元兑人民币"], ["2026-09-30", 7.1]]


def codes(*paths: Path) -> list[str]:
    ledger = read_ledger(paths, GRADES)
    assert all(e.message and e.place.file for e in ledger.errors)
    return [e.code for e in ledger.errors]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("业绩.csv", b"", "empty_file"),
        ("台账.xlsx", b"", "empty_file"),
        ("台账.xlsx", "截止日,美元兑人民币\n".encode(), "not_a_workbook"),
        ("台账.xlsx", b"<html><table>", "not_a_workbook"),
        ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        ("台账.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("台账.xlsx", b"PK\x03\x04" + b"\0" * 100, "damaged_file"),
        ("汇率.csv", b"\xff\xfe\x00\xd8\xff", "unknown_encoding"),
        ("汇率.csv", '截止日,美元兑人民币\n"2026-09-30,7'.encode(), "not_a_csv"),
        ("汇率.csv", '截止日,美元兑人民币\n2026-09-30,"7"1\n'.encode(), "not_a_csv"),
        ("汇率.csv", ("截止日,美元兑人民币\n2026-09-30," + "7" * 200_000).encode(), "not_a_csv"),
        ("汇律.csv", b"a,b\n", "no_known_sheet"),
        ("照片.png", b"\x89PNG\r\n\x1a\n", "no_known_sheet"),
    ],
    ids=repr,
)
def test_what_is_no_ledger_file_is_told_so(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(tmp_path / name) == [code]


def test_a_missing_file_and_a_folder_are_told_so(tmp_path: Path) -> None:
    assert codes(tmp_path / "无.xlsx") == ["file_missing"]
    (tmp_path / "夹.csv").mkdir()
    assert codes(tmp_path / "夹.csv") in (["file_missing"], ["no_known_sheet"])


def test_a_misnamed_csv_is_told_which_name_is_meant(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "业责.csv", RATES)
    assert "业绩" in read_ledger([path], GRADES).errors[0].message


def test_a_second_download_of_a_csv_keeps_its_name(tmp_path: Path) -> None:
    assert codes(write_csv(tmp_path / "汇率 (1).csv", RATES)) == []


def test_a_workbook_without_a_known_sheet_is_refused_and_an_unknown_one_beside_known_ones_is_not(
    tmp_path: Path,
) -> None:
    assert codes(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": RATES})) == ["no_known_sheet"]
    ledger = read_ledger([write_xlsx(tmp_path / "b.xlsx", {"说明": [["x"]], "汇率": RATES})], GRADES)
    assert not ledger.errors
    assert [(w.code, w.place.sheet) for w in ledger.warnings] == [("unknown_sheet", "说明")]


def test_a_hidden_sheet_is_not_loaded_and_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"汇率": RATES, "rates": RATES})
    rewrite(path, lambda part, text: text.replace('<sheet name="rates"', '<sheet state="hidden" name="rates"'))
    ledger = read_ledger([path], GRADES)
    assert [sheet.sheet for sheet in ledger.sheets] == ["汇率"]
    assert [w.code for w in ledger.warnings] == ["hidden_sheet"]


def test_an_empty_sheet_is_named(tmp_path: Path) -> None:
    ledger = read_ledger(
        [write_xlsx(tmp_path / "a.xlsx", {"汇率": RATES, "签到": [], "管户": [["客户号", "工号", "起始日"]]})], GRADES
    )
    assert not ledger.errors
    assert [(w.code, w.place.sheet) for w in ledger.warnings] == [("empty_sheet", "签到"), ("empty_sheet", "管户")]


def test_a_formula_that_openpyxl_wrote_has_no_value(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "汇率"
    for row in (*RATES, ["2026-12-31", "=B2+1"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    ledger = read_ledger([tmp_path / "a.xlsx"], GRADES)
    assert [(e.code, e.place.row, e.value) for e in ledger.errors] == [("formula_without_value", 3, "=B2+1")]


def test_pronunciation_and_rich_text_of_a_name_leave_the_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"培训": grid({"sheet": "培训"})})
    rich = "<si><r><t>合规</t></r><r><t>培训_x000D_</t></r><rPh sb='0' eb='2'><t>ホゲ</t></rPh></si>"
    rewrite(path, lambda part, text: text.replace("<si><t>合规培训</t></si>", rich))
    assert read_ledger([path], GRADES).sheets[0].rows[0].values["topic"] == "合规培训"


@pytest.mark.parametrize(
    "change",
    [
        lambda part, text: text.replace("<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
        lambda part, text: text.replace("</row>", "") if "sheet1.xml" in part else text,
        lambda part, text: text.replace('<row r="2"', '<row r="1"'),
        lambda part, text: text.replace('r="B2"', 'r="A2"'),
        lambda part, text: text.replace('t="s"><v>0', 't="s"><v>99'),
        lambda part, text: text.replace('<row r="2"', '<row r="9999999"'),
    ],
    ids=["doctype", "not closed", "row twice", "cell twice", "no such text", "beyond the last row"],
)
def test_damaged_xml_is_told_with_its_sheet(change: Callable[[str, str], str], tmp_path: Path) -> None:
    path = rewrite(write_xlsx(tmp_path / "a.xlsx", {"汇率": RATES}), change)
    ledger = read_ledger([path], GRADES)
    assert [(e.code, e.place.sheet) for e in ledger.errors] == [("damaged_file", "汇率")]


def test_a_zip_that_is_another_thing_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert codes(tmp_path / "a.xlsx") == ["not_a_workbook"]


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"汇率": RATES})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/workbook.xml", "x")
    assert codes(path) == ["damaged_file"]


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"汇率": RATES})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(200):
            part.write(b"\0" * (1 << 20))
    tracemalloc.start()
    assert codes(path) == ["file_too_large"]
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"汇率": RATES})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", size // 2)))
    assert codes(path) == ["damaged_file"]


def test_after_ten_thousand_errors_a_sheet_is_read_on_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = [["截止日", "美元兑人民币"], *(["x", 7.1] for _ in range(10_100))]
    ledger = read_ledger([write_csv(tmp_path / "汇率.csv", rows)], GRADES)
    assert len(ledger.errors) == 10_001
    assert ledger.errors[-1].code == "too_many_faults"
    assert "只列出前 10000 处,其后还有 100 处" in ledger.errors[-1].message


def test_beyond_those_listed_every_fault_of_a_cell_and_of_a_row_counts_and_no_total(tmp_path: Path) -> None:
    sound = ["2026-09-30", "C{}", "客户", *["1.00"] * 11]
    rows = [list(FIGURES)]
    for n in range(16_000):
        row = [cell.format(n) for cell in sound]
        if n % 4 < 3:
            row[5] = "无"  # a cell
        if n % 4 == 1:
            row[7] = "-1"  # and another
        if n % 4 == 3:
            row[4] = "2.00"  # agreement deposits above deposits
        rows.append(row)
    rows += [["合计", *[""] * 2, *["9.00"] * 11], ["2026-09-30", "D1", "客户", *[""] * 11]]
    ledger = read_ledger([write_csv(tmp_path / "业绩.csv", rows)], GRADES)
    assert len(ledger.errors) == 10_001
    assert f"还有 {20_000 - 10_000} 处" in ledger.errors[-1].message
    assert [w.code for w in ledger.warnings] == ["total_row", *["empty_amounts"] * 11]


def test_warnings_of_one_kind_are_listed_two_hundred_times_and_then_counted(tmp_path: Path) -> None:
    rows = [["客户号", "工号", "占比", "起始日"], *([f"C{n}", "1001", "0.5", "2026-01-01"] for n in range(500))]
    rows += [rows[1]] * 300
    ledger = read_ledger([write_csv(tmp_path / "管户.csv", rows)], GRADES)
    codes = [w.code for w in ledger.warnings]
    assert (codes.count("share_tiny"), codes.count("same_row_twice")) == (200, 200)
    more = [w.message for w in ledger.warnings if w.code == "and_more"]
    assert ["600" in more[0], "100" in more[1]] == [True, True]
    assert not ledger.errors


@pytest.mark.parametrize("seed", range(60))
def test_whatever_bytes_are_broken_the_reader_says_so_and_does_not_raise(seed: int, tmp_path: Path) -> None:
    """Bytes flipped, cut out or doubled, in the zip and inside its parts."""
    chance = random.Random(seed)
    path = write_xlsx(tmp_path / "a.xlsx", {sheet: grid({"sheet": sheet}) for sheet in GOOD})
    if seed % 2:
        victim = chance.choice(zipfile.ZipFile(path).namelist())
        rewrite(path, lambda part, text: mangled(text.encode(), chance).decode("latin-1") if part == victim else text)
    else:
        path.write_bytes(mangled(path.read_bytes(), chance))
    read_ledger([path], GRADES)
    text = write_csv(tmp_path / "业绩.csv", grid({"sheet": "业绩"}))
    text.write_bytes(mangled(text.read_bytes(), chance))
    read_ledger([text], GRADES)


def mangled(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        how = chance.randrange(3)
        if how == 0:
            data[at] = chance.randrange(256)
        elif how == 1:
            del data[at : at + chance.randint(1, 40)]
        else:
            data[at:at] = data[at : at + chance.randint(1, 40)]
        if not data:
            return b"x"
    return bytes(data)
