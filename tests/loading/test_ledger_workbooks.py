"""Workbooks that go back to HR."""

import io
from pathlib import Path

import openpyxl

from bot.loading import ledger_workbooks
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
    content = ledger_workbooks.marked(path.name, path.read_bytes(), parsed.errors)
    assert content
    page = openpyxl.load_workbook(io.BytesIO(content))["汇率"]
    assert [c.coordinate for row in page.rows for c in row if c.comment] == ["B3"]
    assert page["A1"].value == "江州分行" and page["B4"].value == 7.1, "the rest is as it was"


def test_what_cannot_be_opened_or_has_no_cell_to_mark_gets_words_only(tmp_path: Path) -> None:
    path = tmp_path / "业绩.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    parsed = read_ledger([path], GRADES)
    assert ledger_workbooks.marked(path.name, path.read_bytes(), parsed.errors) is None


def test_a_csv_s_faulty_cells_are_marked_whatever_its_encoding_and_delimiter(tmp_path: Path) -> None:
    """What Excel calls Unicode text: UTF-16, a tab between cells."""
    path = tmp_path / "汇率.txt"
    path.write_bytes("截止日\t美元兑人民币\r\n2026-09-30\t七块一\r\n".encode("utf-16"))
    parsed = read_ledger([path], GRADES)
    content = ledger_workbooks.marked(path.name, path.read_bytes(), parsed.errors)
    assert content
    page = openpyxl.load_workbook(io.BytesIO(content))["汇率"]
    assert [(c.coordinate, c.value) for row in page.rows for c in row if c.comment] == [("B2", "七块一")]
