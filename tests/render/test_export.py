"""An exported standing: the card's figures to the last 分, no formula whatever a client is called, one A4 page."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain.ledger import ManagedClient
from bot.render.export import ExportedStanding
from bot.render.workbook import safe, workbook
from bot.services.export import StandingExport
from tests.render.samples import WAN, WORDS, client, standing, usual

NOW = datetime(2026, 10, 9, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
HOSTILE = ("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "<b>&甲</b>", "<!channel>", "_x001B_")


def exported(clients: list[ManagedClient], grade: str = "second") -> ExportedStanding:
    shown = standing(clients)
    export = StandingExport(standing=shown, focus=shown.grades[grade], clients=tuple(clients), faults=(), made=NOW)
    return ExportedStanding(WORDS, export)


def opened(clients: list[ManagedClient]) -> Workbook:
    return load_workbook(io.BytesIO(workbook(exported(clients))))


def test_the_workbook_holds_the_cards_figures_as_numbers_with_their_clauses() -> None:
    rows = [[cell.value for cell in row] for row in opened(usual())["进度"].iter_rows()]
    (deposits,) = [row for row in rows if row[1] == "日均存款(不含协议存款)"]
    # 3600 - 500, 4000 x 60 % and 1400: 6900 of 7500万元.
    assert deposits == ["✗ 未达标", "日均存款(不含协议存款)", 69_000_000, 75_000_000, 6_000_000, "92%", deposits[-1]]
    assert deposits[-1].startswith("第十一条")


def test_the_parts_of_the_clients_add_up_to_the_figure() -> None:
    rows = [[cell.value for cell in row] for row in opened(usual())["客户"].iter_rows(min_row=2)]
    counted = [row for row in rows if row[0] == "日均存款(不含协议存款)" and row[6] == "计入"]
    assert sum(row[5] for row in counted) == 69_000_000
    assert {row[1] for row in rows if row[6] != "计入"} == {"C004"}


def test_the_six_grades_stand_side_by_side() -> None:
    rows = [[cell.value for cell in row] for row in opened(usual())["六个等级"].iter_rows(min_row=2)]
    assert [row[0][:2] for row in rows] == ["高级", "一级", "二级", "三级", "四级", "见习"]
    # C004, a 分 below 100万, counts for third grade (50万) and not for second.
    assert [row[4] for row in rows][2:4] == ["3", "4"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_begins_a_formula(name: str) -> None:
    book = opened([client("=C1", name, deposit_avg=200 * WAN), *usual()])
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 100
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(isinstance(cell.value, str) and cell.value[0] in "=+-@\t\r" for cell in cells)
    assert any(str(cell.value).removeprefix("'") == name for cell in cells)
    assert safe("甲公司") == "甲公司"


def test_every_sheet_prints_on_a4_one_page_wide() -> None:
    for page in opened(usual()).worksheets:
        assert int(page.page_setup.paperSize or 0) == 9
        assert page.page_setup.fitToWidth in (None, 1)
        assert page.page_setup.fitToHeight == 0


def test_the_page_loads_nothing_and_says_what_the_card_says() -> None:
    page = exported([client("C9", "<script>x</script>", deposit_avg=200 * WAN), *usual()]).page()
    assert "size: A4" in page
    assert not re.search(r"<script|src=|href=|url\(|http", page)
    assert "71,000,000.00元" in page
    assert "签字" in page


def test_a_figure_too_long_for_a_workbooks_number_is_text() -> None:
    long = [client("C1", "大户", deposit_avg=99_999_999_999_999_999)]
    values = [cell.value for row in opened(long)["进度"].iter_rows() for cell in row]
    assert "999,999,999,999,999.99元" in values
