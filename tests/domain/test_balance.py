"""Balance to raise, held against adding up the year day by day."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.balance import BalanceGap, average_of, days_left

days_of_the_year = st.dates(date(2024, 1, 1), date(2027, 12, 30))
amounts = st.integers(0, 10_000)


def year_average(gap: BalanceGap, since: date, raised: Fraction) -> Fraction:
    """Every day's balance, one by one."""
    total, day, count = Fraction(0), date(gap.as_of.year, 1, 1), 0
    while day.year == gap.as_of.year:
        total += gap.average if day <= gap.as_of else gap.balance
        total += raised if day >= since else 0
        day, count = day + timedelta(days=1), count + 1
    return total / count


def a_gap(as_of: date, average: int, balance: int, bound: int) -> BalanceGap:
    return BalanceGap(
        as_of=as_of, average=Fraction(average), balance=Fraction(balance), assumed=False, bound=Fraction(bound)
    )


@given(days_of_the_year, amounts, amounts, amounts, st.integers(1, 364))
def test_what_is_to_be_raised_brings_the_year_exactly_to_the_bound(
    as_of: date, average: int, balance: int, bound: int, later: int
) -> None:
    gap = a_gap(as_of, average, balance, bound)
    since = as_of + timedelta(days=later)
    needed = gap.to_raise(since)
    if since.year != as_of.year:
        assert needed is None
        return
    assert needed is not None
    reached = year_average(gap, since, needed)
    assert reached >= bound
    assert needed == 0 or reached == bound


@given(days_of_the_year, amounts, amounts, amounts, st.integers(1, 20_000))
def test_the_last_day_suffices_and_the_day_after_does_not(
    as_of: date, average: int, balance: int, bound: int, amount: int
) -> None:
    gap = a_gap(as_of, average, balance, bound)
    last = gap.last_day(amount)
    if last is None:
        assert (gap.to_raise(gap.next_day) or 0) > amount or gap.next_day.year != as_of.year
        return
    needed = gap.to_raise(last)
    after = gap.to_raise(last + timedelta(days=1))
    assert needed is not None
    assert needed <= amount
    assert after is None or after > amount


def test_the_worked_example_of_seventy_five_million() -> None:
    """(7500x365 - 6900x273)/92 = 9280.43, less 7100 that lie there: 2180.43; from 11-30, 32 days: 6268.75."""
    gap = a_gap(date(2026, 9, 30), 6900, 7100, 7500)
    assert gap.days_left == 92
    assert gap.to_raise(date(2026, 10, 1)) == Fraction(7500 * 365 - 6900 * 273, 92) - 7100
    assert gap.to_raise(date(2026, 11, 30)) == Fraction(626875, 100)
    assert days_left(date(2026, 11, 30)) == 32
    assert gap.last_day(6269) == date(2026, 11, 30)


def test_an_amount_from_a_day_on_never_counts_a_part_of_a_fen() -> None:
    assert average_of(365, date(2026, 12, 31)) == 1
    assert average_of(364, date(2026, 12, 31)) == 0
    assert average_of(-364, date(2026, 12, 31)) == 0
