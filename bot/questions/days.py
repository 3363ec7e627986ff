"""The days from which money lies there: 12月20日起, 2026-11-01, 11/1起, 下个月1号, 从明年3月1日起, 明天."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_FROM = r"(?:从|自|自从)?"
_SINCE = r"(?:当天|那天|这天)?(?:起|开始)?"
_NO_FIGURE = r"(?![\d万亿千百元w%个家户])"
_YEAR = r"(?:(?P<year>20\d\d)年|(?P<short>\d\d)年|(?P<word>今年|本年|明年|来年|后年|去年))?的?"
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_FROM}(?P<year>20\d\d)(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)日?{_SINCE}",
        rf"{_FROM}{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?{_NO_FIGURE}{_SINCE}",
        rf"{_FROM}(?P<which>下个?|下1个?|这个?|本|当)月的?(?P<day>\d{{1,2}})[日号]?{_NO_FIGURE}{_SINCE}",
        rf"{_FROM}(?<![\d/.a-z])(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?![\d/]){_SINCE}",
        rf"{_FROM}(?<![\d.a-z-])(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:起|开始)",
        rf"{_FROM}(?P<near>今天|今日(?!均)|明天|明日(?!均)|后天|\btoday\b|\btomorrow\b){_SINCE}",
    )
)
_NEAR = {"今": 0, "to": 0, "明": 1, "后": 2}
_YEARS_ON = {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1}


@dataclass(frozen=True, slots=True)
class DayHit:
    """Where a day stands; `day` None where there is no such day: 11月31日."""

    start: int
    end: int
    day: date | None
    since: bool
    """It is said to begin there: 从 …, … 起."""


def find_days(text: str, today: date) -> list[DayHit]:
    """Every day named, in the order of the text; without a year, of this one."""
    found: list[DayHit] = []
    for hit in _all(text, today):
        if not any(hit.start < other.end and other.start < hit.end for other in found):
            found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def without_days(text: str, days: list[DayHit]) -> str:
    """The text with a blank for each day."""
    for hit in reversed(days):
        text = f"{text[: hit.start]} {text[hit.end :]}"
    return text


def _all(text: str, today: date) -> Iterator[DayHit]:
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            since = match[0].startswith(("从", "自")) or match[0].endswith(("起", "开始"))
            yield DayHit(match.start(), match.end(), _day(match, today), since)


def _day(match: re.Match[str], today: date) -> date | None:
    said = match.groupdict()
    if near := said.get("near"):
        return today + timedelta(days=next((n for word, n in _NEAR.items() if near.startswith(word)), 1))
    year, month = today.year, int(said.get("month") or today.month)
    if (which := said.get("which")) and which.startswith("下"):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if said.get("year") or said.get("short"):
        year = int(said.get("year") or f"20{said['short']}")
    elif word := said.get("word"):
        year += _YEARS_ON[word]
    try:
        return date(year, month, int(said["day"] or 0))
    except ValueError:
        return None
