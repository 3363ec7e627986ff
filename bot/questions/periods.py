"""The time that a question speaks of, as a period: 三季度, 2026Q3, 9月30日, 去年年底."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.period import Period, PeriodKind, quarter_end

_YEAR = r"(?:(?P<year>20\d\d)(?:年度?)?|(?P<short>\d\d)年|(?P<word>今年|去年|前年|上年))?"
_QUARTER = re.compile(
    _YEAR + r"的?-? ?(?:第?(?P<zh>[1-4])季度?(?:末|底)?|q ?(?P<q>[1-4])(?![\da-z])"
    r"|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th) quarter)"
)
_HALF = re.compile(_YEAR + r"的?(?P<half>[上下])半年")
_DAY = re.compile(
    _YEAR + r"的?(?P<month>\d{1,2})(?:月|(?P<dot>[./-]))(?P<day>\d{1,2})(?:日|号|(?![\d.a-z万亿千百个倍%]))"
)
_MONTH_END = re.compile(_YEAR + r"的?(?P<month>\d{1,2})月(?:份|底|末|月末)?(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>20\d\d))?"
)
_ISO = re.compile(r"(?P<year>20\d\d)[-/.年]?(?P<month>\d{1,2})[-/.月]?(?P<day>\d{1,2})日?(?!\d)")
_WHOLE_YEAR = re.compile(r"(?P<year>20\d\d)(?:年度?|(?![\d.万亿千百十元美块w]))")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
Reader = Callable[[re.Match[str], date], Period]
_BACK = {"今年": 0, "去年": 1, "上年": 1, "前年": 2}


@dataclass(frozen=True, slots=True)
class PeriodHit:
    """Where a time stands, and the period it comes to."""

    start: int
    end: int
    period: Period


def find_period(text: str, today: date) -> PeriodHit | None:
    """The first time written with figures."""
    readers = (
        (_QUARTER, _quarter),
        (_HALF, _half),
        (_ISO, _iso),
        (_DAY, _day),
        (_ENGLISH, _english),
        (_MONTH_END, _month_end),
        (_WHOLE_YEAR, _year),
    )
    for pattern, read in readers:
        for match in pattern.finditer(text):
            if match.start() and text[match.start()].isdigit() and text[match.start() - 1].isdigit():
                continue
            if period := _tried(match, today, read):
                return PeriodHit(match.start(), match.end(), period)
    return None


def period_of_word(key: str, today: date) -> Period | None:
    """A time word of periods.yaml; None for the time that is meant anyhow (现在, 今年)."""
    this_quarter = (today.month + 2) // 3
    year_end_before = Period.at(date(today.year - 1, 12, 31))
    last = year_end_before if this_quarter == 1 else Period.at(quarter_end(today.year, this_quarter - 1))
    half = quarter_end(today.year, 2)
    return {
        "this_quarter": Period.at(quarter_end(today.year, this_quarter)),
        "last_quarter": last,
        "last_year": Period(PeriodKind.YEAR, date(today.year - 1, 12, 31)),
        "last_year_end": year_end_before,
        "month_end_before": Period.at(today.replace(day=1) - timedelta(days=1)),
        "half_year": Period.at(half if half <= today else date(today.year - 1, 6, 30)),
        "yesterday": Period(PeriodKind.DATE, today - timedelta(days=1)),
    }.get(key)


def _tried(match: re.Match[str], today: date, read: Reader) -> Period | None:
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        return None


def _given_year(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    return today.year - _BACK[match["word"]] if match["word"] else None


def _quarter(match: re.Match[str], today: date) -> Period:
    """Without a year: this year's, or the last one's where it has not begun."""
    number = int(match["zh"] or match["q"] or _NTH[match["nth"]])
    year = _given_year(match, today)
    if year is None:
        year = today.year if date(today.year, number * 3 - 2, 1) <= today else today.year - 1
    return Period.at(quarter_end(year, number))


def _half(match: re.Match[str], today: date) -> Period:
    month = 6 if match["half"] == "上" else 12
    return _latest(_given_year(match, today), today, month, 30 if month == 6 else 31)


def _latest(year: int | None, today: date, month: int, day: int) -> Period:
    """Without a year, the latest such day that has come."""
    if year is None:
        year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    return Period.at(date(year, month, day))


def _day(match: re.Match[str], today: date) -> Period:
    return _latest(_given_year(match, today), today, int(match["month"]), int(match["day"]))


def _english(match: re.Match[str], today: date) -> Period:
    """March 31, Sep 30th 2026."""
    year = int(match["year"]) if match["year"] else None
    return _latest(year, today, _MONTHS.index(match["month"]) + 1, int(match["day"]))


def _iso(match: re.Match[str], today: date) -> Period:
    return Period.at(date(int(match["year"]), int(match["month"]), int(match["day"])))


def _month_end(match: re.Match[str], today: date) -> Period:
    month, year = int(match["month"]), _given_year(match, today)
    last = calendar.monthrange(year or today.year, month)[1]
    return _latest(year, today, month, last if month != today.month or year else min(last, today.day))


def _year(match: re.Match[str], today: date) -> Period:
    year = int(match["year"])
    return Period(PeriodKind.YEAR, date(year, 12, 31))
