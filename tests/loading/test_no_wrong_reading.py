"""However a person or a programme puts a value into a cell, it is read as that value or refused: never as another one.

What stands in the cell is drawn with what the person meant. Some ways lose digits, some could mean two things.
"""

import datetime
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.loading.ledgers import read_ledger
from tests.loading.ledger_files import GRADES, grid, write_csv

Cell = tuple[Any, str]
"""What is written, and the number format."""
FULL_WIDTH = str.maketrans("0123456789,.", "0123456789,.")


def in_workbook(folder: Path, sheet: str, column: str, cells: list[Cell], header: str | None = None, **o: Any) -> Path:
    """A good sheet with one row a cell, all of `column`."""
    rows = grid({"sheet": sheet})
    place, key = rows[0].index(column), rows[0].index({"汇率": "截止日", "培训": "编号"}.get(sheet, "客户号"))
    good = rows[1]
    book = xlsxwriter.Workbook(folder / "台账.xlsx", o)
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, [header if header and i == place else name for i, name in enumerate(rows[0])])
    for number, (value, code) in enumerate(cells, start=1):
        for i, cell in enumerate(good):
            if i == place:
                look = book.add_format({"num_format": code})
                (page.write_string if isinstance(value, str) else page.write_number)(number, i, value, look)
            elif rows[0][i] == "结束":
                page.write_blank(number, i, None)
            elif i == key:
                page.write_string(number, i, f"N{number}")
            else:
                page.write(number, i, cell if not isinstance(cell, datetime.date) else cell.isoformat())
    book.close()
    return folder / "台账.xlsx"


def in_csv(folder: Path, sheet: str, column: str, cells: list[Cell], header: str | None = None, **_: Any) -> Path:
    """The same where every cell is a text."""
    rows = grid({"sheet": sheet})
    place, key = rows[0].index(column), rows[0].index({"汇率": "截止日", "培训": "编号"}.get(sheet, "客户号"))
    head = [header if header and i == place else name for i, name in enumerate(rows[0])]
    body = [
        [cell if i not in (place, key) else value if i == place else f"N{n}" for i, cell in enumerate(rows[1])]
        for n, (value, _) in enumerate(cells)
    ]
    return write_csv(folder / f"{sheet}.csv", [head, *body])


def hold(
    write: Callable[..., Path], sheet: str, column: str, key: str, drawn: list[tuple[Cell, Any]], **more: Any
) -> None:
    """Each cell by itself, so that a refusal is of it alone."""
    with tempfile.TemporaryDirectory() as name:
        path = write(Path(name), sheet, column, [cell for cell, _ in drawn], **more)
        ledger = read_ledger([path], GRADES)
        refused = {e.place.row for e in ledger.errors if e.place.column == (more.get("header") or column)}
        assert all(e.place.row in refused for e in ledger.errors), [e.message for e in ledger.errors]
        read = {row.number: row.values[key] for s in ledger.sheets for row in s.rows}
        for number, (cell, meant) in enumerate(drawn, start=2):
            assert number in refused or read[number] == meant, (cell, meant, read[number])


def excel_general(value: Decimal) -> str:
    """How Excel writes a number of a narrow column into a CSV: six digits."""
    return f"{value:.5E}".replace("E+", "E+0")[:12]


def amounts(places: int) -> st.SearchStrategy[tuple[Cell, int]]:
    """An amount in a column whose unit is 10 ** places yuan; what is meant is fen."""

    def ways(fen: int) -> st.SearchStrategy[Cell]:
        yuan, unit = Decimal(fen).scaleb(-2), Decimal(fen).scaleb(-2 - places)
        numbers = st.sampled_from(
            ["General", "0.00", "#,##0.00", "¥#,##0.00", '0.00"元"', "0.00E+00", "_ * #,##0.00_ ", "#,##0.00;[Red]-0"]
        ).map(lambda code: (float(unit), code))
        texts = [f"{unit:f}", f"{unit:,f}", f" {unit:f}\u00a0", f"{unit:,f}".translate(FULL_WIDTH), f"+{unit:f}"]
        texts += [f"{unit:,f}".replace(",", " "), f"{unit:,f}".replace(",", "'"), f"{unit:,f}".replace(",", "\u202f")]
        texts += [f"{yuan:f}元", f"¥{yuan:,f}", f"¥ {yuan:f}", f"{yuan.scaleb(-4):f}万元", f"RMB{yuan:f}"]
        texts += [f"{yuan.scaleb(-8):f}亿元", f"{yuan.scaleb(-4):f}万", f"{yuan.scaleb(-8):f}亿", excel_general(unit)]
        return st.one_of(numbers, st.sampled_from(texts).map(lambda text: (text, "@")))

    return st.integers(100, 10**13).flatmap(lambda fen: st.tuples(ways(fen), st.just(fen)))


@given(st.lists(amounts(0), min_size=8, max_size=20))
@limits(max_examples=10)
def test_an_amount_in_yuan(drawn: list[tuple[Cell, int]]) -> None:
    hold(in_workbook, "业绩", "日均贷款", "loan_avg", drawn)
    hold(in_csv, "业绩", "日均贷款", "loan_avg", [one for one in drawn if isinstance(one[0][0], str)])


@given(st.lists(amounts(4), min_size=8, max_size=20), st.sampled_from(["日均贷款(万元)", "日均贷款:万元"]))
@limits(max_examples=10)
def test_an_amount_in_ten_thousands(drawn: list[tuple[Cell, int]], header: str) -> None:
    """A cell that says 元 there is refused, one that says 万 too; one that says 万元 is what it says."""
    hold(in_workbook, "业绩", "日均贷款", "loan_avg", drawn, header=header)


def days(epoch_1904: bool) -> st.SearchStrategy[tuple[Cell, datetime.date]]:
    """A day of a bank's files."""
    zero = datetime.date(1904, 1, 1) if epoch_1904 else datetime.date(1899, 12, 30)

    def ways(day: datetime.date) -> st.SearchStrategy[Cell]:
        serial = (day - zero).days
        codes = ["yyyy-mm-dd", "m/d/yy", 'yyyy"年"m"月"d"日"', "[$-804]aaaa", "General", "0", "dd/mm/yyyy hh:mm"]
        numbers = st.sampled_from(codes).flatmap(
            lambda code: st.sampled_from([serial, serial + 0.5, serial + 0.9999]).map(lambda n: (n, code))
        )
        texts = [day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}"]
        texts += [f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}", f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"]
        texts += [f"{day:%y-%m-%d}", f"{day.isoformat()}T23:59:59", f"{day.isoformat()} 8:30", f"{day:%Y-%m}"]
        texts += [
            f"{day:%Y-%m-%d}".translate(FULL_WIDTH),
            str(serial),
            f"{day:%d-%b-%y}",
            f"{day.isoformat()}T23:00+08:00",
            f"{day - datetime.timedelta(1)}T16:00:00Z",
        ]
        eight = st.just((int(f"{day:%Y%m%d}"), "General"))
        partly = st.sampled_from([(day.year, "0"), (int(f"{day:%Y%m}"), "0"), (float(f"{day:%Y.%m}"), "0.00")])
        return st.one_of(numbers, eight, partly, st.sampled_from(texts).map(lambda text: (text, "@")))

    return st.dates(datetime.date(1980, 1, 1), datetime.date(2099, 12, 31)).flatmap(
        lambda day: st.tuples(ways(day), st.just(day))
    )


@given(st.booleans(), st.data())
@limits(max_examples=10)
def test_a_day_of_either_epoch(epoch_1904: bool, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(days(epoch_1904), min_size=8, max_size=20))
    hold(in_workbook, "培训", "日期", "date", drawn, date_1904=epoch_1904)


def ids() -> st.SearchStrategy[tuple[Cell, str]]:
    """An id of digits, of any length, with or without noughts in front."""

    def ways(written: str) -> st.SearchStrategy[Cell]:
        number = float(written)
        codes = ["General", "0", "#,##0", "0" * len(written), '"C"0', "000-000", "0.00"]
        if len(written) == len(written.lstrip("0")) and len(written) < 16:
            codes = ["General", "0", "0.00"]  # a padded format shows what is meant, or more
        numbers = st.sampled_from(codes if written[0] != "0" else ["0" * len(written), "0" * len(written) + "_ "]).map(
            lambda code: (number, code)
        )
        texts = [
            written,
            f" {written}",
            f"{written}\u3000",
            written.translate(FULL_WIDTH),
            f"'{written}",
            f'="{written}"',
        ]
        texts += [f"{written}.0", f"{int(written):,}", f"{Decimal(written):.5E}", f"{written[:3]} {written[3:]}"]
        return st.one_of(numbers, st.sampled_from(texts).map(lambda text: (text, "@")))

    return (
        st.from_regex(r"[0-9]{4,20}", fullmatch=True)
        .filter(lambda w: int(w) > 999)
        .flatmap(lambda written: st.tuples(ways(written), st.just(written)))
    )


@given(st.lists(ids(), min_size=8, max_size=20, unique_by=lambda one: int(one[1])))
@limits(max_examples=10)
def test_an_id(drawn: list[tuple[Cell, str]]) -> None:
    hold(in_workbook, "管户", "工号", "manager", drawn)


def times() -> st.SearchStrategy[tuple[Cell, str]]:
    """A time of day."""

    def ways(at: datetime.time) -> st.SearchStrategy[Cell]:
        part = (at.hour * 60 + at.minute) / 1440
        numbers = st.sampled_from([(part, "hh:mm"), (part, "General"), (46_295 + part, "yyyy-mm-dd hh:mm")])
        bare = st.sampled_from(
            [(at.hour, "General"), (at.hour + at.minute / 100, "0.00"), (at.hour * 100 + at.minute, "0")]
        )
        noon = "上午" if at.hour < 12 else "下午"
        texts = [f"{at:%H:%M}", f"{at.hour}:{at:%M}", f"{at:%H:%M:%S}", f"{at:%I:%M} {at:%p}", f"{noon} {at:%I:%M}"]
        texts += [
            f"2026-09-30 {at:%H:%M}",
            f"{at:%H}:{at:%M}",
            f"{at:%H%M}",
            f"{noon}{at:%I:%M}",
            f"{at:%p} {at:%I:%M}",
        ]
        return st.one_of(numbers, bare, st.sampled_from(texts).map(lambda text: (text, "@")))

    minutes = st.integers(60, 1439).map(lambda n: datetime.time(n // 60, n % 60))
    return minutes.flatmap(lambda at: st.tuples(ways(at), st.just(f"{at:%H:%M}")))


@given(st.lists(times(), min_size=8, max_size=20))
@limits(max_examples=10)
def test_a_time_of_day(drawn: list[tuple[Cell, str]]) -> None:
    hold(in_workbook, "培训", "开始", "start", drawn)
