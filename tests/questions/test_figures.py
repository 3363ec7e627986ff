"""Figures and times in a question."""

from datetime import date

import pytest

from bot.domain.money import Currency
from bot.questions.figures import Figures
from bot.questions.periods import find_period, period_of_word
from tests.conversations.branch import PHRASES

FIGURES = Figures(PHRASES)
TODAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("7500万", "amount", 7500 * 10**6),
        ("7500w存款", "amount", 7500 * 10**6),
        ("1.8亿", "amount", 18 * 10**9),
        ("1亿5000万", "amount", 15 * 10**9),
        ("1亿5", "amount", 15 * 10**9),
        ("1个亿", "amount", 10**10),
        ("300元", "amount", 30_000),
        ("3年", "year", 3),
        ("6个月", "month", 6),
        ("2项", "item", 2),
        ("7等", "staff", 7),
        ("3 years", "year", 3),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, unit: str, number: int) -> None:
    (found,) = [hit.claim for hit in FIGURES.scan(text) if hit.claim]
    assert (found.unit, found.number) == (unit, number)


@pytest.mark.parametrize("text", ["1000万美元", "1000万刀", "$10000000", "10 million dollars"])
def test_dollars_are_dollars(text: str) -> None:
    (found,) = [hit.claim for hit in FIGURES.scan(text) if hit.claim]
    assert found.money
    assert (found.money.minor, found.money.currency) == (10**9, Currency.USD)


def test_a_bare_number_says_nothing() -> None:
    assert [hit.claim for hit in FIGURES.scan("1003")] == [None]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3季度", "2026Q3"),
        ("4季度", "2026Q4"),
        ("2025年4季度", "2025Q4"),
        ("去年1季度", "2025Q1"),
        ("2026q3我", "2026Q3"),
        ("third quarter", "2026Q3"),
        ("9月30日", "2026Q3"),
        ("9.30", "2026Q3"),
        ("2026-08-31", "2026-08-31"),
        ("20260930", "2026Q3"),
        ("11月30号", "2025-11-30"),
        ("6月底", "2026Q2"),
        ("上半年", "2026Q2"),
        ("2025年", "2025"),
    ],
)
def test_a_time_is_the_period_it_names(text: str, period: str) -> None:
    found = find_period(text, TODAY)
    assert found
    assert str(found.period) == period


@pytest.mark.parametrize("text", ["1.8亿", "3年", "13月40日", "2月30日", "99季度", "1.2e", "2.5倍", "3个月"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert find_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("today", "key", "period"),
    [
        (date(2026, 10, 15), "last_quarter", "2026Q3"),
        (date(2026, 1, 1), "last_quarter", "2025Q4"),
        (date(2026, 3, 31), "month_end_before", "2026-02-28"),
        (date(2026, 12, 31), "this_quarter", "2026Q4"),
        (date(2026, 10, 15), "last_year", "2025"),
        (date(2026, 10, 15), "last_year_end", "2025Q4"),
    ],
)
def test_a_word_for_a_time_counts_from_today(today: date, key: str, period: str) -> None:
    assert str(period_of_word(key, today)) == period
