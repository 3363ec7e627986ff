"""Amounts for people: 万 and 亿, half up, and exact where rounding would mislead."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Currency, Money
from bot.render.amounts import against, amount, attained, exact, needed, share, shares

YUAN = 100
WAN = 10_000 * YUAN


@pytest.mark.parametrize(
    ("minor", "written"),
    [
        (6900 * WAN, "6,900万元"),
        (16_200 * WAN, "1.62亿元"),
        (25_000 * WAN, "2.5亿元"),
        (10_000 * WAN, "1亿元"),
        (9999 * WAN, "9,999万元"),
        (16_200 * WAN + 3456 * YUAN, "16,200.35万元"),
        (12_345_678_90, "1,234.57万元"),
        (50 * YUAN, "0.01万元"),
        (49_99, "49.99元"),
        (1, "0.01元"),
        (Fraction(1, 10_000), "0.000001元"),
        (0, "0元"),
        (-2 * WAN, "-2万元"),
        (-50 * YUAN, "-0.01万元"),
        (-1, "-0.01元"),
        (10**16, "1,000,000亿元"),
    ],
)
def test_amounts_are_written_in_wan_and_yi(minor: Fraction | int, written: str) -> None:
    assert amount(minor) == written


@pytest.mark.parametrize(
    ("minor", "written"),
    [
        (1_936_060_837, "1,936.07万元"),
        (600 * WAN, "600万元"),
        (600 * WAN + 1, "600.01万元"),
        (Fraction(600 * WAN * 3 + 1, 3), "600.01万元"),
        (10_000 * WAN, "1亿元"),
        (10_000 * WAN - 1, "1亿元"),
        (Fraction(49_98 * 2 + 1, 2), "49.99元"),
        (0, "0元"),
    ],
)
def test_what_is_needed_is_rounded_up(minor: Fraction | int, written: str) -> None:
    assert needed(minor) == written


@given(st.integers(1, 10**17))
def test_what_is_told_to_be_needed_suffices(minor: int) -> None:
    told = needed(minor).removesuffix("元").replace(",", "")
    scale = next((s for unit, s in (("万", WAN), ("亿", 10_000 * WAN)) if told.endswith(unit)), YUAN)
    assert minor <= Fraction(told.rstrip("万亿")) * scale < minor + WAN // 100


def test_dollars_bear_their_unit() -> None:
    assert amount(260 * WAN, Currency.USD) == "260万美元"


@given(st.integers(-(10**17), 10**17))
def test_rounding_is_half_up_to_two_decimals_of_wan(minor: int) -> None:
    rounded = (Decimal(minor) / WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    written = amount(minor)
    if rounded:
        scale = 10_000 if "亿" in written else 1
        assert Decimal(written.rstrip("万亿元").replace(",", "")) * scale == rounded


@given(st.integers(-(10**20), 10**20))
def test_exact_amounts_lose_nothing(parts: int) -> None:
    minor = Fraction(parts, 10_000)
    assert Fraction(exact(minor).removesuffix("元").replace(",", "")) * 100 == minor


def test_exact_amounts_have_thousands_and_at_least_two_decimals() -> None:
    assert exact(1_234_567_890) == "12,345,678.90元"
    assert exact(Fraction(-1, 3 * 10**0) * 3) == "-0.01元"


def test_a_value_a_fen_under_its_bound_is_not_rounded_onto_it() -> None:
    bound = Money.parse("7500万元")
    assert against(Fraction(bound.minor - 1), bound) == "74,999,999.99元"
    assert against(Fraction(bound.minor), bound) == "7,500万元"


def test_a_hundred_percent_is_said_only_of_what_is_reached() -> None:
    bound = Money.parse("7500万元")
    assert attained(Fraction(bound.minor - 1), bound) == "99.9%"
    assert attained(Fraction(bound.minor), bound) == "100%"
    assert attained(Fraction(-5), bound) == "0%"
    assert attained(Fraction(6900 * WAN), bound) == "92%"


def test_shares_that_differ_look_different() -> None:
    assert shares(Fraction(1) - Fraction(1, 10**9), Fraction(1)) == ("99.99%", "100.00%")
    assert shares(Fraction(98_001, 100_000), Fraction(98_002, 100_000)) == ("98.001%", "98.002%")
    assert shares(Fraction(1), Fraction(1)) == ("100.00%", "100.00%")
    assert [share(bp) for bp in (10_000, 3333, 5)] == ["100%", "33.33%", "0.05%"]
