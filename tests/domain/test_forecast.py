"""Forecast: quarters from year-to-date figures, the median slope, and when it says nothing."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forecast import forecast, next_quarter_end, quarter_averages

Q = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
DAYS = {Q[0]: 90, Q[1]: 91, Q[2]: 92, Q[3]: 92, Q[4]: 90, Q[5]: 91}


def year_to_date(own: list[int]) -> dict[date, Fraction]:
    """The figures that a branch imports, from each quarter's own average."""
    found, held, gone = {}, Fraction(0), 0
    for end, average in zip(Q, own, strict=False):
        if end.month == 3:
            held, gone = Fraction(0), 0
        held, gone = held + average * DAYS[end], gone + DAYS[end]
        found[end] = held / gone
    return found


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_a_quarters_own_average_comes_back_from_the_year_to_date(own: list[int]) -> None:
    assert [q.average for q in quarter_averages(year_to_date(own))] == own


def test_a_steady_rise_reaches_the_bound_at_the_quarter_end_where_the_year_to_date_does() -> None:
    """100 more a quarter: 2026Q3 averages 700, so the year to date is (500x90 + 600x91 + 700x92)/273 = 601.1."""
    found = forecast(year_to_date([100, 200, 300, 400, 500, 600]), Fraction(600))
    assert found
    assert (found.slope, found.slow, found.fast) == (100, 100, 100)
    assert found.likely == date(2026, 9, 30)
    assert found.earliest == found.latest == found.likely


def test_fewer_than_four_full_quarters_is_no_forecast() -> None:
    assert forecast(year_to_date([100, 200, 300]), Fraction(600)) is None


def test_year_ends_alone_are_years_and_not_quarters() -> None:
    ends = {date(year, 12, 31): Fraction(100 * n) for n, year in enumerate(range(2020, 2027))}
    assert quarter_averages(ends) == ()
    assert forecast(ends, Fraction(1)) is None


def test_a_missing_quarter_ends_the_run() -> None:
    figures = year_to_date([100, 200, 300, 400, 500, 600])
    del figures[Q[1]]
    assert forecast(figures, Fraction(600)) is None


def test_a_falling_sum_never_reaches_the_bound() -> None:
    found = forecast(year_to_date([600, 500, 400, 300, 200, 100]), Fraction(600))
    assert found
    assert found.likely is None


def test_quarter_ends_follow_one_another_over_the_year() -> None:
    assert next_quarter_end(date(2025, 12, 31)) == date(2026, 3, 31)
    assert next_quarter_end(date(2026, 6, 30)) == date(2026, 9, 30)
