"""When somebody may be written to unasked: on their workdays, between nine and half past five by their own clock, not
on leave, at the hour that they have set."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.workdays import Workdays

OPENS, CLOSES = time(9), time(17, 30)
_FARTHEST = 400
"""Days looked ahead: a leave may be long, not for ever."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Away from the first day to the last, both included."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a person wants to be reminded; obligatory reminders heed the leave alone."""

    paused: bool = False
    hour: int | None = None
    """Not before this hour of the day, 9 to 17."""
    every_days: int = 7
    """At most one unasked message in so many days, counted by whole weeks."""
    leaves: tuple[Leave, ...] = ()

    def away(self, day: date) -> bool:
        """Whether on leave."""
        return any(leave.starts <= day <= leave.ends for leave in self.leaves)


def next_moment(now: datetime, zone: ZoneInfo, workdays: Workdays, wishes: Wishes) -> datetime | None:
    """`now` where the person may be written to now, else the first moment after it; None: none in sight."""
    here = now.astimezone(zone)
    opens = max(OPENS, time(wishes.hour)) if wishes.hour is not None else OPENS
    for ahead in range(_FARTHEST):
        day = here.date() + timedelta(days=ahead)
        if not workdays.works(day) or wishes.away(day):
            continue
        if ahead == 0 and opens <= here.time() < CLOSES:
            return now
        if ahead or here.time() < opens:
            return datetime.combine(day, opens, zone)
    return None
