"""HR's desk of reminders: what went to whom and what came of it, what comes next and to how many; resend, withdraw."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.domain.access import Asker, Matter
from bot.domain.outbox import AGAIN, Entry, Notice, State
from bot.domain.reminders import Occasion, occasions
from bot.services.outcomes import Outcome
from bot.services.ports import Clock, Reading, UnitOfWork
from bot.services.quarter_reminder import QuarterReminded
from bot.services.refusals import refusal
from bot.services.reminding import Calendar, Telling

_MOST = 12
_AHEAD = 100
"""Days in which a next occasion is looked for."""
_MOST_PREVIEWED = 2_000
_STANDS = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The next occasion of a kind: how many people it concerns as things stand now, by tone; who has nothing to do."""

    occasion: Occasion
    kind_name: str
    tones: Mapping[str, int]
    nothing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as HR reads it."""

    entry: Entry
    name: str
    kind_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersListed(Outcome):
    """The newest rows, the counts of all, and what comes next."""

    kind: ClassVar[str] = "answer"
    matter: ClassVar[Matter] = Matter.LEDGER

    rows: tuple[Row, ...]
    counts: Mapping[State, int]
    coming: tuple[Coming, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDecided(Outcome):
    """`row` None: there is none, or it is past that."""

    kind: ClassVar[str] = "answer"
    matter: ClassVar[Matter] = Matter.LEDGER

    row: Row | None
    again: bool


class ReminderReview:
    """HR's alone; every decision is in the audit chain."""

    def __init__(self, store: UnitOfWork, clock: Clock, calendar: Calendar, tellings: Mapping[str, Telling]) -> None:
        self._store = store
        self._clock = clock
        self._calendar = calendar
        self._tellings = tellings

    def listed(self, asker: Asker) -> Outcome:
        """What fails and what is unknown stands first: somebody has to decide on it."""
        if refused := refusal(asker, Matter.LEDGER):
            return refused
        with self._store.read() as view:
            wanting = [*view.outbox.rows(State.UNKNOWN, _MOST), *view.outbox.rows(State.FAILED, _MOST)]
            seen = {entry.number for entry in wanting}
            others = [entry for entry in view.outbox.rows(limit=2 * _MOST) if entry.number not in seen]
            rows = tuple(self._row(view, entry) for entry in (wanting + others)[:_MOST])
            coming = tuple(self._coming(view))
            return RemindersListed(rows=rows, counts=view.outbox.counts(), coming=coming)

    def decide(self, asker: Asker, number: int, *, again: bool) -> Outcome:
        """再发 of what has ended, once a row; 撤回 of what nobody has begun to send."""
        if refused := refusal(asker, Matter.LEDGER):
            return refused
        now = self._clock.now()
        with self._store.write() as view:
            entry = view.outbox.get(number)
            if entry is None:
                return ReminderDecided(row=None, again=again)
            if again:
                done = entry.state not in (State.DUE, State.SENDING) and bool(
                    view.outbox.plan([_anew(entry, now)], now)
                )
            else:
                done = view.outbox.withdraw(number, "withdrawn", now)
            if done:
                what = "reminded_again" if again else "reminder_withdrawn"
                view.audit.record(now, asker.label, what, entry.person, {"row": str(number), "kind": entry.kind})
            return ReminderDecided(row=self._row(view, entry) if done else None, again=again)

    def _row(self, view: Reading, entry: Entry) -> Row:
        if entry.sent_at:
            entry = replace(entry, sent_at=entry.sent_at.astimezone(self._calendar.zone))
        person, kind = view.people.get(entry.person), self._calendar.kinds.get(entry.kind)
        return Row(
            entry=entry, name=person.name if person else entry.person, kind_name=kind.name if kind else entry.kind
        )

    def _coming(self, view: Reading) -> list[Coming]:
        found = []
        for key, telling in self._tellings.items():
            occasion = self._next(key)
            people = list(telling.concerns(view, occasion)) if occasion else []
            if not occasion or not people or len(people) > _MOST_PREVIEWED:
                continue
            now = occasion.due_at
            told = [telling.tell(view, _imagined(occasion, person.id), person, now) for person in people]
            tones = Counter(one.tone.value for one in told if isinstance(one, QuarterReminded))
            name = self._calendar.kinds[key].name
            found.append(Coming(occasion=occasion, kind_name=name, tones=tones, nothing=told.count(None)))
        return found

    def _next(self, key: str) -> Occasion | None:
        now = self._clock.now().astimezone(self._calendar.zone)
        kind = self._calendar.kinds.get(key)
        days = (now.replace(hour=23, minute=59) + timedelta(days=n) for n in range(_AHEAD)) if kind else ()
        coming = (
            one for day in days if kind for one in occasions(kind, day, self._calendar.zone, self._calendar.workdays)
        )
        return next((one for one in coming if one.due_at > now), None)


def _anew(entry: Entry, now: datetime) -> Notice:
    return Notice(
        kind=entry.kind,
        person=entry.person,
        period=entry.period,
        occurrence=f"{entry.occurrence}{AGAIN}",
        due_at=now,
        expires_at=max(entry.expires_at, now + _STANDS),
    )


def _imagined(occasion: Occasion, person: str) -> Entry:
    """A row as it would be."""
    return Entry(
        kind=occasion.kind,
        person=person,
        period=occasion.period,
        occurrence=occasion.occurrence,
        due_at=occasion.due_at,
        expires_at=occasion.expires_at,
        number=0,
        state=State.DUE,
        attempts=0,
        token=0,
        next_at=occasion.due_at,
        planned_at=occasion.due_at,
    )
