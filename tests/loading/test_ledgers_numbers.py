"""Any amount of at most two decimals survives, as a number cell or a text, in yuan or in ten thousands."""

import tempfile
from decimal import Context, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.ledgers import amounts, read_ledger
from bot.loading.ledgers.exact import Exact, parse
from bot.loading.ledgers.raw import BadCell, Cell, Kind
from tests.loading.ledger_files import GRADES, grid, write_csv, write_xlsx

FEN = st.integers(0, 10**14)
PLACES = st.sampled_from([(0, "元"), (4, "万元"), (8, "亿元")])
WIDE = Context(prec=60)


def written(fen: int, places: int) -> Decimal:
    return Decimal(fen).scaleb(-2 - places, WIDE)


@given(FEN, PLACES)
def test_a_text_is_its_fen(fen: int, unit: tuple[int, str]) -> None:
    places, name = unit
    assert amounts.amount(f"{written(fen, places):f}", places, name) == fen
    assert amounts.amount(f"{written(fen, places):E}", places, name) == fen


@given(FEN, PLACES)
def test_a_number_cell_is_its_fen_however_the_double_is_spelt(fen: int, unit: tuple[int, str]) -> None:
    """As Excel (17 digits), xlsxwriter (16), openpyxl (shortest) and calamine's peers write it."""
    places, name = unit
    double = float(written(fen, places))
    for spelt in (f"{double:.17g}", f"{double:.16G}", repr(double), f"{double:.17E}"):
        assert amounts.amount(Cell(Kind.NUMBER, spelt), places, name) == fen


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_noise_of_a_formula_is_not_a_third_decimal(left: int, right: int) -> None:
    total = left / 100 + right / 100
    assert amounts.amount(Cell(Kind.COMPUTED, f"{total:.17g}"), 0, "元") == left + right


@given(st.integers(1, 10**12), st.integers(1, 9), PLACES)
def test_a_third_decimal_is_refused(fen: int, more: int, unit: tuple[int, str]) -> None:
    places, name = unit
    value = Decimal(fen * 10 + more).scaleb(-3 - places, WIDE)
    for cell in (f"{value:f}", Cell(Kind.NUMBER, repr(float(value)))):
        with pytest.raises(BadCell) as refused:
            amounts.amount(cell, places, name)
        assert refused.value.code == "too_many_decimals"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_canonical_text_is_the_same_number(value: Decimal) -> None:
    exact = parse(str(value))
    assert exact is not None
    assert Decimal(exact.text()) == value
    assert "E" not in exact.text()


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        assert 0 <= amounts.amount(text, 0, "元") <= 10**14
    except BadCell as refused:
        assert refused.code in {"not_a_number", "not_finite", "negative", "too_many_decimals", "amount_too_large"}


def test_powers_of_ten_are_exact() -> None:
    assert Exact(5, -1).times_ten_to(0) is None
    assert Exact(-50, -1).times_ten_to(0) == -5
    assert Exact(1, -2).text() == "0.01"
    assert Exact(100, 2).text() == "10000"


@given(st.lists(st.tuples(FEN, st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_amounts_survive_a_file_of_either_kind(drawn: list[tuple[int, bool, bool]]) -> None:
    """Written by xlsxwriter or csv, one row an amount, half in yuan and half in ten thousands."""
    rows = []
    for index, (fen, as_text, _) in enumerate(drawn):
        cells = [written(fen, places) for places in (0, 4)]
        rows.append(
            {
                "客户号": f"N{index}",
                **dict(zip(("日均存款", "日均贷款"), (f"{c:f}" if as_text else float(c) for c in cells), strict=True)),
            }
        )
    case = {
        "sheet": "业绩",
        "headers": {"日均贷款": "日均贷款(万元)"},
        "add": [{**row, "其中协议存款": 0} for row in rows],
    }
    with tempfile.TemporaryDirectory() as folder:
        for path in (
            write_xlsx(Path(folder) / "a.xlsx", {"业绩": grid(case)}),
            write_csv(Path(folder) / "业绩.csv", grid(case)),
        ):
            ledger = read_ledger([path], GRADES)
            assert [e.code for e in ledger.errors] == []
            read = [(row.values["deposit_avg"], row.values["loan_avg"]) for row in ledger.sheets[0].rows[2:]]
            assert read == [(fen, fen) for fen, _, _ in drawn]
