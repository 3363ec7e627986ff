"""Overlaps and sums of shares, held against a count of every day."""

import datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importing import Holding, overcommitted, overlapping

START = datetime.date(2026, 1, 1)
DAYS = st.integers(0, 12)


@st.composite
def holdings(draw: st.DrawFn) -> Holding:
    since = draw(DAYS)
    last = draw(st.none() | st.integers(since, 14))
    until = None if last is None else START + datetime.timedelta(last)
    share = draw(st.sampled_from([2500, 3333, 5000, 5001, 10_000]))
    return Holding(
        draw(st.sampled_from("XY")), draw(st.sampled_from("ab")), share, START + datetime.timedelta(since), until
    )


def holds(row: Holding, day: datetime.date) -> bool:
    return row.since <= day and (row.until is None or day <= row.until)


@given(st.lists(holdings(), max_size=7))
def test_the_first_day_above_the_whole_is_found_of_every_stretch(rows: list[Holding]) -> None:
    expected = []
    for client in "XY":
        before = 0
        for day in (START + datetime.timedelta(n) for n in range(20)):
            total = sum(row.share for row in rows if row.client == client and holds(row, day))
            if total > 10_000 >= before:
                expected.append((client, day, total))
            before = total
    found = overcommitted(rows)
    assert [(v.client, v.day, v.total) for v in found] == expected
    assert all(sum(h.share for h in v.holdings) == v.total for v in found)


@given(st.lists(holdings(), max_size=7))
def test_a_row_that_runs_into_an_earlier_one_of_its_pair_is_found(rows: list[Holding]) -> None:
    def clash(one: Holding, other: Holding) -> bool:
        days = (START + datetime.timedelta(n) for n in range(20))
        return (one.client, one.manager) == (other.client, other.manager) and any(
            holds(one, d) and holds(other, d) for d in days
        )

    found = overlapping(rows)
    assert all(clash(*pair) for pair in found)
    assert bool(found) == any(clash(*pair) for pair in combinations(rows, 2))


def test_a_holding_until_the_last_day_of_the_calendar_is_an_open_one() -> None:
    forever = Holding("X", "a", 6000, START, datetime.date.max)
    assert overcommitted([forever, Holding("X", "b", 6000, START, None)])[0].day == START
