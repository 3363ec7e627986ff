"""Workbooks that go back to HR."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from bot.domain.importing import Place, Remark
from bot.loading import ledger_workbooks, marking
from bot.loading.ledgers import read_ledger
from tests.loading.ledger_files import GRADES


def test_a_workbook_s_faulty_cells_are_marked_below_their_own_headers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "汇率"
    for row in (["江州分行"], ["截止日", "美元兑人民币"], ["2026-09-30", "七块一"], ["2026-06-30", 7.1]):
        sheet.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    parsed = read_ledger([path], GRADES)
    assert parsed.errors
    content = marking.marked(path.name, path.read_bytes(), parsed.errors, parsed.warnings)
    assert content
    page = openpyxl.load_workbook(io.BytesIO(content))["汇率"]
    assert [c.coordinate for row in page.rows for c in row if c.comment] == ["B3"]
    assert page["A1"].value == "江州分行" and page["B4"].value == 7.1, "the rest is as it was"


def test_what_cannot_be_opened_or_has_no_cell_to_mark_gets_words_only(tmp_path: Path) -> None:
    path = tmp_path / "业绩.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    parsed = read_ledger([path], GRADES)
    assert marking.marked(path.name, path.read_bytes(), parsed.errors, parsed.warnings) is None


def test_a_csv_s_faulty_cells_are_marked_whatever_its_encoding_and_delimiter(tmp_path: Path) -> None:
    """What Excel calls Unicode text: UTF-16, a tab between cells."""
    path = tmp_path / "汇率.txt"
    path.write_bytes("截止日\t美元兑人民币\r\n2026-09-30\t七块一\r\n".encode("utf-16"))
    parsed = read_ledger([path], GRADES)
    content = marking.marked(path.name, path.read_bytes(), parsed.errors, parsed.warnings)
    assert content
    page = openpyxl.load_workbook(io.BytesIO(content))["汇率"]
    assert [(c.coordinate, c.value) for row in page.rows for c in row if c.comment] == [("B2", "七块一")]


def test_a_file_past_the_limit_is_not_marked_and_the_list_has_every_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "汇率.csv"
    path.write_text("截止日,美元兑人民币\n2026-09-30,=1\n2026-06-30,七\n", encoding="utf-8")
    parsed = read_ledger([path], GRADES)
    assert marking.marked(path.name, path.read_bytes(), parsed.errors, ())
    monkeypatch.setattr(marking, "_MOST_BYTES", 10)
    assert marking.marked(path.name, path.read_bytes(), parsed.errors, ()) is None
    page = openpyxl.load_workbook(io.BytesIO(ledger_workbooks.faults(parsed.errors, ()))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.rows]
    assert [row[:6] for row in rows[1:]] == [
        ["错误", "汇率.csv", "汇率", "2", "美元兑人民币", "=1"],
        ["错误", "汇率.csv", "汇率", "3", "美元兑人民币", "七"],
    ]
    assert all(cell.data_type in "sn" for row in page.rows for cell in row), "no formula"


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "汇率.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "汇率"
    for row in (["截止日", "美元兑人民币"], ["2026-09-30", "七"]):
        book.worksheets[0].append(row)
    book.save(path)
    parsed = read_ledger([path], GRADES)
    monkeypatch.setattr(marking, "_MOST_UNPACKED", 1_000)
    assert parsed.errors and marking.marked(path.name, path.read_bytes(), parsed.errors, ()) is None


def test_warnings_are_marked_in_another_colour_and_an_error_stands_out_among_them(tmp_path: Path) -> None:
    path = tmp_path / "汇率.csv"
    path.write_text("截止日,美元兑人民币\n2026-09-30,七\n2026-06-30,\n", encoding="utf-8")
    place = Place(path.name, "汇率", 2, "美元兑人民币")
    warnings = [Remark(place, "七", "w", "留意"), Remark(replace(place, row=3), "", "w", "留意")]
    content = marking.marked(path.name, path.read_bytes(), [Remark(place, "七", "e", "错误")], warnings)
    assert content
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    colours = [page[cell].fill.start_color.rgb for cell in ("B2", "B3")]
    assert colours[0] != colours[1] and page["B2"].comment.text == "留意\n错误"
