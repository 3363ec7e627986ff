"""Kinds of reminders as data, and the moments at which they come up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.period import Period, quarter_end
from bot.domain.reminder_hours import OPENS
from bot.domain.workdays import Workdays

_NO_OCCURRENCE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of message that nobody has asked for just now."""

    key: str
    name: str
    counts: bool
    """Toward the one unasked message a week."""
    obligatory: bool
    """Neither a pause nor the week's budget holds it back."""
    before_quarter_end: tuple[int, ...] = ()
    """Workdays, the farthest first; none: its cause plans it, not the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One occurrence of a kind, for everyone whom it concerns."""

    kind: str
    period: str
    occurrence: str
    due_at: datetime
    expires_at: datetime


def occasions(kind: Kind, now: datetime, zone: tzinfo, workdays: Workdays) -> Iterator[Occasion]:
    """Those that have come up by now and are not over."""
    today = now.astimezone(zone).date()
    for ends in _quarter_ends(today):
        days = [workdays.before(ends, count) for count in kind.before_quarter_end]
        for number, (count, day) in enumerate(zip(kind.before_quarter_end, days, strict=True)):
            over = days[number + 1] if number + 1 < len(days) else ends + _NO_OCCURRENCE
            due, end = _opens(day, zone), datetime.combine(over, time(0), zone)
            if due <= now < end:
                yield Occasion(
                    kind=kind.key, period=str(Period.at(ends)), occurrence=f"{count}d", due_at=due, expires_at=end
                )


def _quarter_ends(today: date) -> Iterator[date]:
    """The quarter's own end; no reminder reaches farther back than a quarter."""
    yield quarter_end(today.year, (today.month + 2) // 3)


def _opens(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, OPENS, zone)
