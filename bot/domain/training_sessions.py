"""Training sessions as the sheet 培训 names them: when, for whom, how many seats. Pure."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

ALL_GRADES = "all"
CENTRAL, GROUP, EXAM = "集中学习", "班组学习", "模拟银行考试"
"""Values of 类别 that the plans' figures, and article 11's exam, are about."""


class Span(StrEnum):
    """The times that people ask about sessions by."""

    NEXT = "next"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"
    MONTH = "month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One row of 培训. Times are the branch's; None where the cell is empty."""

    id: str
    topic: str
    day: date
    category: str | None = None
    grades: frozenset[str] = frozenset()
    """Keys of grades; `all`, or none, for everybody."""
    start: str | None = None
    """HH:MM, as `end`."""
    end: str | None = None
    place: str | None = None
    trainer: str | None = None
    seats: int | None = None
    """None: as many as come."""
    hours: int | None = None
    """Hundredths of an hour."""

    @property
    def for_all(self) -> bool:
        """Whether everybody is meant."""
        return not self.grades or ALL_GRADES in self.grades

    @property
    def clock(self) -> str:
        """18:30-20:30; empty where no time is given."""
        return "-".join(time for time in (self.start, self.end) if time)

    def fits(self, grade: str | None) -> bool:
        """Whether it is for somebody of that grade; staff without one may come to what is for all."""
        return self.for_all or grade in self.grades

    def begins(self, like: datetime) -> datetime:
        """In the time zone of `like`; a session without a start begins with its day."""
        return _at(self.day, self.start, time.min, like)

    def ends(self, like: datetime) -> datetime:
        """Likewise; without an end, the end of its day."""
        return _at(self.day, self.end, time(23, 59), like)

    def over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return self.ends(now) <= now

    def begun(self, now: datetime) -> bool:
        """Whether it has begun."""
        return self.begins(now) <= now


def _at(day: date, clock: str | None, otherwise: time, like: datetime) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock) if clock else otherwise, like.tzinfo)


def days_of(span: Span, today: date, month: int | None = None) -> tuple[date, date]:
    """The first and last day of a span, both included; `month` for `Span.MONTH`, the next such month from this one on.

    A week begins on Monday. `NEXT` reaches half a year ahead.
    """
    if span in _WEEKS_AHEAD:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS_AHEAD[span])
        return monday, monday + timedelta(days=6)
    if span in (Span.TODAY, Span.TOMORROW):
        day = today + timedelta(days=span is Span.TOMORROW)
        return day, day
    if span is Span.NEXT:
        return today, today + _FAR
    if span in (Span.THIS_QUARTER, Span.THIS_YEAR):
        first = 1 if span is Span.THIS_YEAR else 3 * ((today.month - 1) // 3) + 1
        return date(today.year, first, 1), _month_of(today.year, 12 if span is Span.THIS_YEAR else first + 2)[1]
    return _month(span, today, month or today.month)


_WEEKS_AHEAD = {Span.THIS_WEEK: 0, Span.NEXT_WEEK: 1}
_FAR = timedelta(days=183)


def _month(span: Span, today: date, month: int) -> tuple[date, date]:
    if span is Span.MONTH:
        return _month_of(today.year + (month < today.month), month)
    ahead = today.month + (span is Span.NEXT_MONTH)
    return _month_of(today.year + (ahead > 12), 1 if ahead > 12 else ahead)


def _month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """By day, then start, then number."""
    return sorted(sessions, key=lambda s: (s.day, s.start or "", s.id))


def overlapping(session: Session, others: Iterable[Session]) -> list[Session]:
    """Those others of the same day whose times meet its own; a session without a time takes its whole day."""
    return in_order(o for o in others if o.id != session.id and o.day == session.day and _meet(session, o))


def _meet(one: Session, other: Session) -> bool:
    return (one.start or "00:00") < (other.end or "24:00") and (other.start or "00:00") < (one.end or "24:00")


def about(sessions: Sequence[Session], words: str) -> list[Session]:
    """Those whose topic or category shares the longest stretch of two characters or more with one of the words (a bar
    between them); none where nothing is shared."""
    shared = {
        s.id: max(_shared(f"{s.topic} {s.category or ''}".lower(), w) for w in words.split("|")) for s in sessions
    }
    most = max(shared.values(), default=0)
    return [s for s in sessions if shared[s.id] == most] if most >= 2 else []


def _shared(written: str, word: str) -> int:
    """Length of the longest stretch of `word` that stands in `written`."""
    longest = 0
    for start in range(len(word)):
        end = start + longest + 1
        while end <= len(word) and word[start:end] in written:
            longest, end = end - start, end + 1
    return longest
