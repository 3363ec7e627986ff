"""Roles, supervisor and e-mail wait for a second HR person: held back at import, put in force by confirmation.

Who may see whose figures hangs on these three fields; one person alone must not be able to change them. In a store
without any HR person there is nobody to wait for, and they hold at once (contract.md, "The ledger").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.access import Asker, Matter, may
from bot.domain.access_changes import FIELDS, Access, AccessChange, differences
from bot.domain.ledger_rows import Chunk
from bot.errors import CannotConfirm, NotAllowed, NothingWaits, SecondPersonNeeded, UnknownBatch
from bot.services.ports import Batch, Clock, UnitOfWork, Writing


class Hold:
    """Keeps access as it is while one batch is applied, and lets what the batch says of it wait."""

    def __init__(self, view: Writing, batch: int) -> None:
        self._view = view
        self._batch = batch
        self._on = view.pending.any_hr()
        self._before = view.pending.in_force() if self._on else {}
        self._said: dict[tuple[str, str], AccessChange] = {}
        self._agreed: set[tuple[str, str]] = set()

    def back(self, columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Rows of 人员, as stored, with the access that is in force; nothing for a new person."""
        for numbers, values in chunks:
            yield numbers, self._held(columns, values) if self._on else values

    def after_undo(self) -> None:
        """An undo brings earlier versions back, but not the access that they gave."""
        if not self._on:
            return
        kept = {}
        for person, after in self._view.pending.in_force().items():
            now = self._before.get(person, Access())
            if after != now:
                self._note(person, now, after._asdict())
                kept[person] = now
        self._view.pending.keep(kept, self._batch)

    def settle(self, by: str, at: datetime) -> tuple[list[AccessChange], bool]:
        """Writes what waits anew; (that, whether anything that waits has changed). What waited already stays as it was
        asked for; what a later batch says otherwise is superseded."""
        if not self._on:
            return [], False
        waited = {(change.person, change.field): change for change in self._view.pending.waiting()}
        new = [c for at_, c in self._said.items() if at_ not in waited or waited[at_].value != c.value]
        over = [waited[(c.person, c.field)] for c in new if (c.person, c.field) in waited]
        over += [change for at_, change in waited.items() if at_ in self._agreed]
        self._view.pending.settle(over, "superseded", by, at)
        self._view.pending.wait(new)
        return new, bool(new or over)

    def _held(self, columns: Sequence[str], values: Sequence[list[Any]]) -> list[list[Any]]:
        held = list(map(list, values))
        places = {field: columns.index(field) for field in FIELDS if field in columns}
        for row, person in enumerate(held[columns.index("id")]):
            now = self._before.get(person, Access())
            self._note(person, now, {field: held[place][row] for field, place in places.items()})
            for field, place in places.items():
                held[place][row] = getattr(now, field)
        return held

    def _note(self, person: str, now: Access, said: Mapping[str, str | None]) -> None:
        changes = {(person, c.field): c for c in differences(self._batch, person, now, said)}
        self._said |= changes
        self._agreed |= {(person, field) for field in said} - set(changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAccess:
    """Confirm or refuse what waits of a batch. `by` is a staff number, `via` the way, for the record."""

    batch: int
    by: str
    via: str
    confirm: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """The people concerned; `batch` is the number under which a confirmation is kept."""

    people: tuple[str, ...]
    batch: int | None
    actor: str
    """Who had brought the changes."""


def _nothing_waits(view: Writing, batch: int) -> NothingWaits:
    """With who decided, by name where 人员 has one."""
    ended = view.pending.decided(batch)
    if ended is None:
        return NothingWaits(batch=batch, reason="none", by=None)
    person = view.people.get(ended.by)
    return NothingWaits(batch=batch, reason=ended.state, by=person.name if person else ended.by)


class SecondPerson:
    """Decisions on access that waits."""

    def __init__(self, store: UnitOfWork, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, request: DecideAccess) -> Decided:
        """NotAllowed unless HR; SecondPersonNeeded for who imported; UnknownBatch, NothingWaits, CannotConfirm."""
        now = self._clock.now()
        with self._store.write() as view:
            asker = Asker(view.people.get(request.by), request.by)
            if not may(asker, Matter.LEDGER):
                raise NotAllowed(reason="confirm")
            batch = view.batches.get(request.batch)
            if batch is None:
                raise UnknownBatch(batch=request.batch)
            waiting = view.pending.waiting(request.batch)
            if not waiting:
                raise _nothing_waits(view, request.batch)
            if request.confirm and batch.actor == request.by:
                raise SecondPersonNeeded(batch=request.batch)
            people = tuple(dict.fromkeys(change.person for change in waiting))
            made = self._confirm(view, request, waiting, now) if request.confirm else None
            state = "confirmed" if request.confirm else "refused"
            view.pending.settle(waiting, state, request.by, now)
            details = {"batch": str(request.batch), "people": ",".join(people), "via": request.via}
            view.audit.record(now, request.by, f"{state}_access", None, details)
        return Decided(people, made, batch.actor)

    def before(self, batch: int, by: str, confirm: bool) -> Decided | None:
        """What the same person had decided of the batch already; None where it was somebody else, or otherwise."""
        with self._store.read() as view:
            ended, brought = view.pending.decided(batch), view.batches.get(batch)
            if not ended or not brought or (ended.state, ended.by) != ("confirmed" if confirm else "refused", by):
                return None
            return Decided(ended.people, view.batches.confirmed_by(batch), brought.actor)

    def _confirm(self, view: Writing, request: DecideAccess, waiting: list[AccessChange], now: datetime) -> int:
        number = (view.batches.newest() or 0) + 1
        count = view.pending.put_in_force(waiting, number)
        people = frozenset(change.person for change in waiting)
        for _, other, key in view.checks.unknown_people(number, 1).first:
            raise CannotConfirm(batch=request.batch, reason="supervisor", person=key[0], other=other)
        for person, other in view.pending.shared_emails(people):
            raise CannotConfirm(batch=request.batch, reason="email", person=person, other=other)
        rows = {"managers": count} if count else {}
        view.batches.record(Batch(number=number, at=now, actor=request.by, files=(), rows=rows, confirms=request.batch))
        return number
