"""The workspace's clock: runs like the one that it was made from, until somebody sets it.

The page sets it so that reminders and quarter ends can be seen; trigger_ids, response_urls and ts follow it. A bot on
the same machine that is to follow too asks `workspace.clock()`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo


class MovableClock:
    """Seconds since the epoch. Moving it backwards is allowed; new messages still come after the older ones."""

    def __init__(self, base: Callable[[], float]) -> None:
        self._base = base
        self.shift = 0.0

    def __call__(self) -> float:
        return self._base() + self.shift

    def set(self, to: float) -> None:
        """From now on it goes on from this moment, at the old speed."""
        self.shift = to - self._base()

    def reset(self) -> None:
        """Back to the clock that it was made from."""
        self.shift = 0.0


def quarter_end(now: float, zone: tzinfo) -> float:
    """09:00 of the next last day of a quarter, today's if it is one and 09:00 is still to come."""
    here = datetime.fromtimestamp(now, zone)
    for year in (here.year, here.year + 1):
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)):
            at = datetime.combine(date(year, month, day), datetime.min.time(), zone) + timedelta(hours=9)
            if at > here:
                return at.timestamp()
    raise AssertionError("every year has a quarter end")
