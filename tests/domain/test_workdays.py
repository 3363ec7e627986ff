"""Workdays: our own table, held against two others, and counted."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.loading.reminders import load_workdays

WORKDAYS = load_workdays()
YEARS = sorted(WORKDAYS.years)
DAYS = st.dates(date(2025, 2, 1), date(2026, 12, 31))


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_each_day_is_what_two_other_tables_say(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    for day in days_of(year):
        assert WORKDAYS.works(day) == chinese_calendar.is_workday(day), day
        if day.weekday() < 5:
            assert WORKDAYS.works(day) == (day not in other), day


def test_a_weekend_made_up_is_worked_and_a_holiday_is_not() -> None:
    assert WORKDAYS.works(date(2026, 2, 14))
    assert not WORKDAYS.works(date(2026, 10, 7))
    assert WORKDAYS.works(date(2026, 10, 10))


def test_of_a_year_not_announced_yet_only_weekends_are_known() -> None:
    assert not WORKDAYS.known(date(2027, 5, 1))
    assert WORKDAYS.works(date(2027, 10, 1))
    assert not WORKDAYS.works(date(2027, 10, 2))


@given(DAYS, st.integers(0, 40))
def test_so_many_workdays_before_a_day_are_left_until_it(day: date, count: int) -> None:
    found = WORKDAYS.before(day, count)
    assert WORKDAYS.works(found)
    assert WORKDAYS.left(found, day) == (count if count or WORKDAYS.works(day) else 0)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 31), 10, date(2026, 12, 17)),
        (date(2026, 9, 30), 3, date(2026, 9, 24)),
        (date(2026, 3, 31), 30, date(2026, 2, 11)),
        (date(2028, 3, 1), 1, date(2028, 2, 29)),
    ],
)
def test_the_days_before_a_quarters_end(day: date, count: int, expected: date) -> None:
    assert WORKDAYS.before(day, count) == expected
