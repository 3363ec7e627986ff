"""Forecast: where a sum is heading, from the quarters' own averages. No promise; the method is named.

Figures are the year to date. A quarter's own average is what the year to date gained by it; so it needs the quarter end
before it in the same year. The slope is the median of the slopes between all pairs of quarters (Theil and Sen), which
one odd quarter does not move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from statistics import median

from bot.domain.balance import year_days
from bot.domain.period import Period, PeriodKind, quarter_end

LEAST_QUARTERS = 4
HORIZON = 8
"""Quarters looked ahead."""


@dataclass(frozen=True, slots=True)
class QuarterAverage:
    """One quarter's own daily average, exact, in minor units."""

    end: date
    average: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the year to date is likely to reach the bound at a quarter end; None: not within the horizon."""

    quarters: tuple[QuarterAverage, ...]
    slope: Fraction
    """A quarter, in minor units; with the lower and upper quartile of all pairs."""
    slow: Fraction
    fast: Fraction
    likely: date | None
    earliest: date | None
    latest: date | None


def quarter_averages(year_to_date: Mapping[date, Fraction]) -> tuple[QuarterAverage, ...]:
    """Each full quarter's own average. A 12-31 row without the quarter before it is a year, and gives no quarter."""
    found = []
    for end, average in sorted(year_to_date.items()):
        if Period.at(end).kind is not PeriodKind.QUARTER:
            continue
        before = _quarter_before(end)
        if before is None:
            found.append(QuarterAverage(end, Fraction(average)))
        elif before in year_to_date:
            days, gone = _day_of_year(end), _day_of_year(before)
            own = (average * days - year_to_date[before] * gone) / (days - gone)
            found.append(QuarterAverage(end, Fraction(own)))
    return tuple(found)


def forecast(year_to_date: Mapping[date, Fraction], bound: Fraction, *, until: date = date.max) -> Forecast | None:
    """None with fewer than four full quarters, the newest of them in one run without a gap. Nothing is said of dates
    after `until`: what is new of a year (R9) is held against that year's own beginning."""
    quarters = _newest_run(quarter_averages(year_to_date))
    if len(quarters) < LEAST_QUARTERS:
        return None
    slopes = sorted((b.average - a.average) / (j - i) for (i, a), (j, b) in combinations(enumerate(quarters), 2))
    slope, slow, fast = median(slopes), slopes[len(slopes) // 4], slopes[-1 - len(slopes) // 4]
    found = (_reached(year_to_date, quarters, by, bound) for by in (slope, slow, fast))
    likely, latest, earliest = (day if day and day <= until else None for day in found)
    return Forecast(
        quarters=quarters, slope=slope, slow=slow, fast=fast, likely=likely, earliest=earliest, latest=latest
    )


def _reached(
    year_to_date: Mapping[date, Fraction], quarters: Sequence[QuarterAverage], slope: Fraction, bound: Fraction
) -> date | None:
    """The first quarter end at which the year to date comes to the bound, each quarter `slope` above the last."""
    end, average = quarters[-1].end, quarters[-1].average
    held = year_to_date[end] * _day_of_year(end)
    for _ in range(HORIZON):
        before, end = end, next_quarter_end(end)
        average += slope
        if end.year != before.year:
            held, gone = Fraction(0), 0
        else:
            gone = _day_of_year(before)
        days = _day_of_year(end)
        held += average * (days - gone)
        if held >= bound * days:
            return end
    return None


def _newest_run(quarters: Sequence[QuarterAverage]) -> tuple[QuarterAverage, ...]:
    run: list[QuarterAverage] = []
    for quarter in quarters:
        if run and next_quarter_end(run[-1].end) != quarter.end:
            run = []
        run.append(quarter)
    return tuple(run)


def next_quarter_end(end: date) -> date:
    """The end of the quarter after the one that ends on `end`."""
    quarter = end.month // 3
    return quarter_end(end.year, quarter + 1) if quarter < 4 else quarter_end(end.year + 1, 1)


def _quarter_before(end: date) -> date | None:
    """The quarter end before it in the same year; None for the first quarter."""
    return quarter_end(end.year, end.month // 3 - 1) if end.month > 3 else None


def _day_of_year(day: date) -> int:
    return year_days(day) - (date(day.year, 12, 31) - day).days
