"""稍后提醒: the same once more on the person's next workday."""

from datetime import date, datetime, timedelta

from bot.domain.access import Asker
from bot.domain.outbox import LATER, Notice
from bot.domain.reminder_hours import OPENS
from bot.services.ports import Clock, UnitOfWork
from bot.services.reminding import Calendar

_STANDS = timedelta(days=3)
"""How long such a row waits for a moment that suits."""


class RemindLater:
    """Only of one's own rows."""

    def __init__(self, store: UnitOfWork, clock: Clock, calendar: Calendar) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar

    def __call__(self, asker: Asker, number: int) -> date | None:
        """The day on which it comes; None where the row is nobody's, or another's. Pressed twice it is one row."""
        now, staff = self._clock.now(), asker.staff
        with self._store.send() as view:
            entry = view.outbox.get(number)
            if entry is None or staff is None or entry.person != staff.id:
                return None
            here = now.astimezone(self._calendar.zone)
            day = self._calendar.workdays.on_or_after(here.date() + timedelta(days=1))
            due = datetime.combine(day, OPENS, self._calendar.zone)
            again = Notice(
                kind=entry.kind,
                person=entry.person,
                period=entry.period,
                occurrence=f"{entry.occurrence}{LATER}",
                due_at=due,
                expires_at=due + _STANDS,
            )
            view.outbox.plan([again], now)
            view.outbox.act(number, now)
        return day
