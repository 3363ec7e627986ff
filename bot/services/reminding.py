"""Plans what has come up, and says of each row, right before it is sent, what there is to tell now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.outbox import Entry, Notice, Result, Tried
from bot.domain.people import Person
from bot.domain.reminder_hours import Wishes, next_moment
from bot.domain.reminders import Kind, Occasion, occasions
from bot.domain.workdays import Workdays
from bot.services.outcomes import Outcome
from bot.services.ports import Reading, UnitOfWork


class Telling(Protocol):
    """What one kind of row tells. Each kind has one; another topic adds its own."""

    def concerns(self, view: Reading, occasion: Occasion) -> Iterator[Person]:
        """Everyone for whom an occasion of the calendar is planned."""

    def tell(self, view: Reading, entry: Entry, person: Person, now: datetime) -> Outcome | None:
        """The message as things stand now; None where there is nothing to tell any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the timetable goes by."""

    kinds: Mapping[str, Kind]
    workdays: Workdays
    zone: tzinfo
    """The branch's: of a recipient Slack tells it."""


class Planner:
    """Writes a row for everyone whom an occasion concerns; again and again, since a row has a key."""

    def __init__(
        self,
        store: UnitOfWork,
        calendar: Calendar,
        tellings: Mapping[str, Telling],
        reach: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`reach` is called within the transaction: tests end the process there."""
        self._store = store
        self._calendar = calendar
        self._tellings = tellings
        self._reach = reach

    def up(self, now: datetime) -> list[Occasion]:
        """What has come up by now and is not over."""
        calendar = self._calendar
        kinds = (kind for kind in calendar.kinds.values() if kind.key in self._tellings)
        return [one for kind in kinds for one in occasions(kind, now, calendar.zone, calendar.workdays)]

    def notices(self, view: Reading, now: datetime) -> Iterator[Notice]:
        """One for each occasion and person."""
        for occasion in self.up(now):
            for person in self._tellings[occasion.kind].concerns(view, occasion):
                yield Notice(
                    kind=occasion.kind,
                    person=person.id,
                    period=occasion.period,
                    occurrence=occasion.occurrence,
                    due_at=occasion.due_at,
                    expires_at=occasion.expires_at,
                )

    def plan(self, now: datetime) -> int:
        """How many rows are new. One transaction."""
        if not self.up(now):
            return 0
        with self._store.read() as view:
            notices = list(self.notices(view, now))
        with self._store.send() as view:
            planned = view.outbox.plan(notices, now)
            self._reach("in_plan")
        return planned


class Teller:
    """What is to be sent of a row now: an outcome, or the reason why not."""

    def __init__(self, store: UnitOfWork, calendar: Calendar, tellings: Mapping[str, Telling]) -> None:
        self._store = store
        self._calendar = calendar
        self._tellings = tellings

    def __call__(self, entry: Entry, zone: ZoneInfo, now: datetime) -> Outcome | Tried:
        """`zone`: the recipient's own. The condition is asked anew each time."""
        kind, telling = self._calendar.kinds.get(entry.kind), self._tellings.get(entry.kind)
        if kind is None or telling is None:
            return Tried(result=Result.NOTHING, detail="no_such_kind")
        if now >= entry.expires_at:
            return Tried(result=Result.NOTHING, detail="too_late")
        with self._store.read() as view:
            person = view.people.get(entry.person)
            if person is None or not person.active:
                return Tried(result=Result.NOTHING, detail="left")
            if held := self._held(view, entry, kind, zone, now):
                return held
            told = telling.tell(view, entry, person, now)
        return told or Tried(result=Result.NOTHING, detail="nothing_to_do")

    def _held(self, view: Reading, entry: Entry, kind: Kind, zone: ZoneInfo, now: datetime) -> Tried | None:
        wishes = view.wishes.of(entry.person)
        if wishes.paused and not kind.obligatory:
            return Tried(result=Result.NOTHING, detail="paused")
        until = next_moment(now, zone, self._calendar.workdays, wishes)
        if until is None or until > now:
            return Tried(result=Result.HELD, until=until or entry.expires_at)
        if (
            kind.counts
            and not kind.obligatory
            and not entry.asked_for
            and (later := self._budget(view, entry, wishes, zone, now))
        ):
            return Tried(result=Result.HELD, until=later)
        return None

    def _budget(self, view: Reading, entry: Entry, wishes: Wishes, zone: ZoneInfo, now: datetime) -> datetime | None:
        """When the next unasked message is free, None where this one is: whole weeks, from Monday."""
        here = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        weeks = max(wishes.every_days // 7, 1)
        monday = here - timedelta(days=here.weekday())
        counted = [kind.key for kind in self._calendar.kinds.values() if kind.counts]
        if not view.outbox.sent_since(entry.person, counted, monday - timedelta(weeks=weeks - 1)):
            return None
        return next_moment(monday + timedelta(weeks=1), zone, self._calendar.workdays, wishes)


def summary(notices: Sequence[Notice]) -> dict[tuple[str, str, str], int]:
    """How many people each occasion concerns."""
    found: dict[tuple[str, str, str], int] = {}
    for notice in notices:
        key = (notice.kind, notice.period, notice.occurrence)
        found[key] = found.get(key, 0) + 1
    return found
