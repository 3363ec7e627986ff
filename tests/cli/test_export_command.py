"""`ladder progress ID --xlsx FILE --html FILE`: everything, on the bank's own machine, whatever goes to Slack."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Ladder
from tests.handlers.branch import load_sample


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_persons_standing_is_saved_as_a_workbook_and_a_page(
    ladder: Ladder, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sample(database_url)
    monkeypatch.setenv("LADDER_CLIENT_NAMES", "number")
    monkeypatch.setenv("LADDER_FIGURES", "none")
    xlsx, html = tmp_path / "进度.xlsx", tmp_path / "进度.html"
    files = ("--xlsx", xlsx, "--html", html)
    ran = ladder("progress", "1001", "--period", "2026Q3", *files)
    assert ran.code == 0, ran.err
    assert ran.out.split() == [str(xlsx), str(html)]
    names = [row[2].value for row in load_workbook(xlsx)["客户"].iter_rows(min_row=2)]
    assert "江州舸禾陶瓷有限公司" in names
    assert "69,000,000.00元" in html.read_text(encoding="utf-8")
    assert ladder("progress", "--all", *files).code == 2
