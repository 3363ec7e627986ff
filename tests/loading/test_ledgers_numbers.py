"""Any amount of at most two decimals survives, as a number cell or a text, in yuan or in ten thousands."""

import tempfile
from decimal import Context, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Currency
from bot.loading.ledgers import amounts, read_ledger
from bot.loading.ledgers.exact import Exact, parse
from bot.loading.ledgers.raw import BadCell, Cell, Kind
from bot.loading.ledgers.units import DOLLARS, YUAN, Unit
from tests.loading.ledger_files import GRADES, grid, write_csv, write_xlsx

FEN = st.integers(0, 10**14)
UNITS = st.sampled_from([Unit("元", Currency.CNY, 0), Unit("万元", Currency.CNY, 4), Unit("亿元", Currency.CNY, 8)])
MARKED = {"scientific", "cell_currency"}
WIDE = Context(prec=60)


def written(fen: int, places: int) -> Decimal:
    return Decimal(fen).scaleb(-2 - places, WIDE)


@given(FEN, UNITS)
def test_a_text_is_its_fen(fen: int, unit: Unit) -> None:
    assert amounts.amount(f"{written(fen, unit.places):f}", unit) == fen


@given(FEN, UNITS)
def test_a_number_cell_is_its_fen_however_the_double_is_spelt(fen: int, unit: Unit) -> None:
    """As Excel (17 digits), xlsxwriter (16), openpyxl (shortest) and calamine's peers write it."""
    double = float(written(fen, unit.places))
    for spelt in (f"{double:.17g}", f"{double:.16G}", repr(double), f"{double:.17E}"):
        assert amounts.amount(Cell(Kind.NUMBER, spelt), unit) == fen


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_noise_of_a_formula_is_not_a_third_decimal(left: int, right: int) -> None:
    total = left / 100 + right / 100
    assert amounts.amount(Cell(Kind.COMPUTED, f"{total:.17g}"), YUAN) == left + right


@given(st.integers(1, 10**12), st.integers(1, 9), UNITS)
def test_a_third_decimal_is_refused(fen: int, more: int, unit: Unit) -> None:
    value = Decimal(fen * 10 + more).scaleb(-3 - unit.places, WIDE)
    for cell in (f"{value:f}", Cell(Kind.NUMBER, repr(float(value)))):
        with pytest.raises(BadCell) as refused:
            amounts.amount(cell, unit)
        assert refused.value.code == "too_many_decimals"


@given(FEN, st.sampled_from([(0, "元"), (3, "千元"), (4, "万元"), (7, "千万"), (8, "亿"), (8, "亿元")]))
def test_an_amount_that_bears_its_unit_is_its_fen(fen: int, unit: tuple[int, str]) -> None:
    places, mark = unit
    assert amounts.amount(f"{written(fen, places):,f}{mark}", YUAN) == fen
    assert amounts.amount(f"¥ {written(fen, 0):,f}", YUAN) == fen
    assert amounts.amount(f"${written(fen, places):,f}{mark.removesuffix('元')}", DOLLARS) == fen


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_canonical_text_is_the_same_number(value: Decimal) -> None:
    exact = parse(str(value))
    assert exact is not None
    assert Decimal(exact.text()) == value
    assert "E" not in exact.text()


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        assert 0 <= amounts.amount(text, YUAN) <= 10**14
    except BadCell as refused:
        assert refused.code in {
            "not_a_number",
            "not_finite",
            "negative",
            "too_many_decimals",
            "amount_too_large",
            *MARKED,
        }


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
        texts = as_text or 0 < fen < 100  # a float of 1e-06 is a text in scientific notation in a CSV
        rows.append(
            {
                "客户号": f"N{index}",
                **dict(zip(("日均存款", "日均贷款"), (f"{c:f}" if texts else float(c) for c in cells), strict=True)),
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
