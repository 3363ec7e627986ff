"""A large file is read in a process of its own: to the same rows, and whatever becomes of it, the user is told."""

import random
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.importing import ParsedLedger
from bot.loading.ledgers import apart, read_ledger, tables
from bot.loading.ledgers.apart import Limits
from bot.loading.ledgers.archive import Archive
from bot.loading.ledgers.blocks import Block
from bot.loading.ledgers.workbook import Workbook
from tests.ledgers import FIGURES
from tests.loading.hostile import archives
from tests.loading.ledger_files import GOOD, GRADES, grid, rewrite, write_csv, write_xlsx


def figures(count: int, seed: int = 1) -> list[list[Any]]:
    """A sheet of 业绩 as exports are: most amounts of two decimals, some of none or one, a few cells empty."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [list(FIGURES)]
    for index in range(count):
        amounts = [f"{chance.randrange(10**9)}{chance.choice(['', '.5', '.25', '.00'])}" for _ in range(11)]
        amounts[1] = "0"
        if not index % 400:
            amounts[chance.randrange(2, 11)] = ""
        rows.append(["2026-09-30", f"C{index:06}", f"客户 {index} & 子公司", *amounts])
    return rows


def plain(ledger: ParsedLedger) -> Any:
    """All that a reading comes to."""
    sheets = [(s.key, s.sheet, s.file, s.columns, dict(s.headers), list(s.rows)) for s in ledger.sheets]
    return sheets, ledger.errors, ledger.warnings, ledger.files


def as_numbers(cells: list[list[Any]]) -> list[list[Any]]:
    """The same with numbers in the amount columns."""
    return [cells[0], *([*row[:3], *(float(c) if c else None for c in row[3:])] for row in cells[1:])]


def test_a_process_of_its_own_reads_the_same(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "台账.xlsx", {sheet: grid({"sheet": sheet}) for sheet in GOOD})
    bad = write_csv(tmp_path / "汇率.csv", [["截止日", "美元兑人民币"], ["x", "7"], ["2026-09-30", "7.1"]])
    for files in ([book], [bad], [book, bad], [tmp_path / "无.csv"], [book, book]):
        assert plain(read_ledger(files, GRADES, Limits())) == plain(read_ledger(files, GRADES))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "odd",
    [
        {},
        {700: "合计"},
        {3: "一百", 1500: "-1", 2900: ""},
        {40: "客\u200b户", 41: "\u200b", 1500: "-1", 2500: "客\u2029户"},
    ],
    ids=["good", "total", "faults", "names"],
)
def test_the_quick_way_reads_what_the_way_by_cells_reads(
    kind: str, odd: dict[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = figures(3_000)
    for row, cell in odd.items():
        cells[row][1 if cell == "合计" else 2 if {"\u200b", "\u2029"} & {*cell} else 3] = cell
    if kind == "csv":
        path = write_csv(tmp_path / "业绩.csv", cells)
    else:
        path = write_xlsx(tmp_path / "台账.xlsx", {"业绩": cells if odd else as_numbers(cells)})
    quick = plain(read_ledger([path], GRADES))
    monkeypatch.setattr(tables, "QUICK_RULES", {})
    assert plain(read_ledger([path], GRADES)) == quick
    assert len(quick[1]) == sum(cell in ("一百", "-1") for cell in odd.values())


def test_a_style_that_the_workbook_does_not_define_slows_no_row(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", {"业绩": as_numbers(figures(3_000))})
    rewrite(
        path, lambda part, text: re.sub(r'<c r="(D\d+)">', r'<c r="\1" s="77">', text) if "sheet1" in part else text
    )
    with Archive(path) as archive:
        book = Workbook(archive, path.name)
        parts = list(book.table(book.sheets[0]).parts())
    by_block = sum(len(part.numbers) for part in parts if isinstance(part, Block))
    assert by_block > 2_000
    assert read_ledger([path], GRADES).sheets[0].rows[0].values["deposit_avg"] is not None


def test_rows_that_a_filter_hides_are_counted_wherever_they_stand(tmp_path: Path) -> None:
    """Far down rows are matched by pattern, and what is merged there is seen too."""
    path = write_xlsx(tmp_path / "台账.xlsx", {"业绩": as_numbers(figures(3_000))})
    hidden = {3, 9, *range(1_500, 1_510), 3_001}

    def filtered(part: str, text: str) -> str:
        if part != "xl/worksheets/sheet1.xml":
            return text
        for row in hidden:
            text = text.replace(f'<row r="{row}" spans="1:14">', f'<row r="{row}" spans="1:14" hidden="1">')
        return text.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B2000:B2001"/></mergeCells>')

    for limits in (None, Limits()):
        ledger = read_ledger([rewrite(path, filtered)], GRADES, limits)
        (told_,) = [w for w in ledger.warnings if w.code == "hidden_rows"]
        assert told_.place.row == 3
        assert f"有 {len(hidden)} 行" in told_.message
        assert [(e.code, e.place.row) for e in ledger.errors] == [("merged_value", 2_001)]


def test_a_process_that_needs_too_much_memory_is_told_by_the_file(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", {"业绩": figures(20_000)})
    told(read_ledger([path], GRADES, Limits(memory=30 << 20)), "reading_")


@pytest.mark.parametrize("lie", [archives.hidden_behind, archives.hidden_bomb, archives.promises_more])
def test_a_lying_directory_is_seen_by_the_process_in_little_memory(lie: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    lie(path)
    told(read_ledger([path], GRADES, Limits(memory=200 << 20, cpu=20)), "damaged_file")


def test_a_process_that_takes_too_long_is_ended_and_told(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "业绩.csv", figures(1_000))
    told(read_ledger([path], GRADES, Limits(seconds=0.01)), "reading_took_too_long")
    told(read_ledger([path], GRADES, Limits(cpu=0)), "reading_")


def test_rows_beyond_the_space_for_them_are_told(tmp_path: Path) -> None:
    told(read_ledger([write_csv(tmp_path / "业绩.csv", figures(100))], GRADES, Limits(spool=1_000)), "reading_")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (None, "reading_took_too_long"),
        (-signal.SIGXCPU, "reading_took_too_long"),
        (-signal.SIGKILL, "reading_out_of_memory"),
        (apart.OUT_OF_MEMORY, "reading_out_of_memory"),
        (apart.DISK_FULL, "reading_disk_full"),
        (-signal.SIGSEGV, "reading_broke_off"),
        (0, "reading_broke_off"),
    ],
)
def test_every_end_of_the_process_has_its_words(
    status: int | None, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_run", lambda *_: (b"", status))
    told(read_ledger([write_csv(tmp_path / "业绩.csv", figures(1))], GRADES, Limits()), code)


def told(ledger: ParsedLedger, code: str) -> None:
    assert not ledger.sheets
    (error,) = ledger.errors
    assert error.code.startswith(code), error
    assert error.message.startswith(error.place.file)
    assert error.place.file in ("业绩.csv", "台账.xlsx")
