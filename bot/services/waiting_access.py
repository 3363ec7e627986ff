"""Access that waits, as a second HR person sees and decides it: lists by batch, and whom to tell of a new one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import ClassVar

from bot.domain.access import Asker, Matter, may
from bot.domain.access_changes import Access, AccessChange
from bot.errors import NothingWaits
from bot.services.outcomes import Outcome
from bot.services.ports import Clock, Reading, UnitOfWork
from bot.services.refusals import refusal
from bot.services.second_person import DecideAccess, SecondPerson

_VIA = "slack"


@dataclass(frozen=True, slots=True)
class FieldWaiting:
    """One of roles, supervisor, e-mail: what holds now and what would; None for an empty cell."""

    field: str
    now: str | None
    would_be: str | None


@dataclass(frozen=True, slots=True)
class PersonWaiting:
    """A person's changes; the name as 人员 has it."""

    person: str
    name: str
    fields: tuple[FieldWaiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWaiting:
    """What waits of one batch. `own`: the reader has brought it, and so cannot confirm it."""

    batch: int
    actor: str
    actor_name: str | None
    at: datetime
    """In the branch's time zone."""
    people: tuple[PersonWaiting, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessWaits(Outcome):
    """Everything that waits, oldest batch first; `fresh` where it is told unasked, right after the import."""

    matter: ClassVar[Matter] = Matter.LEDGER
    batches: tuple[BatchWaiting, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDecided(Outcome):
    """A batch's changes of access are in force, as batch `made`, or dropped.

    `by` decided, `actor` had brought them. `again`: the same person had decided the same before.
    """

    matter: ClassVar[Matter] = Matter.LEDGER
    batch: int
    people: int
    confirmed: bool
    made: int | None
    by: str
    actor: str
    again: bool = False


class WaitingAccess:
    """HR alone, each time anew."""

    def __init__(self, store: UnitOfWork, clock: Clock, decisions: SecondPerson) -> None:
        self._store = store
        self._clock = clock
        self._decisions = decisions

    def listed(self, asker: Asker) -> Outcome:
        """All that waits."""
        if refused := refusal(asker, Matter.LEDGER):
            return refused
        with self._store.read() as view:
            return AccessWaits(batches=tuple(self._batches(view, view.pending.waiting(), asker.label)))

    def count(self) -> int:
        """How many batches wait to be decided on."""
        with self._store.read() as view:
            return len({change.batch for change in view.pending.waiting()})

    def brought_by(self, batch: int) -> AccessWaits | None:
        """What waits of one batch, for those who have not brought it."""
        with self._store.read() as view:
            waits = tuple(self._batches(view, view.pending.waiting(batch), None))
        return AccessWaits(batches=waits, fresh=True) if waits else None

    def others(self, actor: str) -> dict[str, str]:
        """Staff number -> name of everyone who may confirm what `actor` has brought."""
        with self._store.read() as view:
            everyone = view.people.everyone()
        return {p.id: p.name for p in everyone if p.id != actor and may(Asker(p, p.id), Matter.LEDGER)}

    def decide(self, asker: Asker, batch: int, confirm: bool) -> Outcome:
        """As `SecondPerson`, whose errors it raises; pressed twice, or answered after a kill, it says the same."""
        if refused := refusal(asker, Matter.LEDGER):
            return refused
        by = asker.label
        try:
            decided, again = self._decisions(DecideAccess(batch=batch, by=by, via=_VIA, confirm=confirm)), False
        except NothingWaits:
            before = self._decisions.before(batch, by, confirm)
            if before is None:
                raise
            decided, again = before, True
        return AccessDecided(
            batch=batch,
            people=len(decided.people),
            confirmed=confirm,
            made=decided.batch,
            by=by,
            actor=decided.actor,
            again=again,
        )

    def _batches(self, view: Reading, waiting: Iterable[AccessChange], reader: str | None) -> Iterator[BatchWaiting]:
        now, zone = view.pending.in_force(), self._clock.now().tzinfo
        for number, changes in groupby(waiting, key=lambda change: change.batch):
            batch = view.batches.get(number)
            assert batch, "what waits names the batch that brought it"
            actor = view.people.get(batch.actor)
            people = tuple(_person(view, now, *group) for group in groupby(changes, key=lambda change: change.person))
            yield BatchWaiting(
                batch=number,
                actor=batch.actor,
                actor_name=actor.name if actor else None,
                at=batch.at.astimezone(zone),
                people=people,
                own=batch.actor == reader,
            )


def _person(view: Reading, now: dict[str, Access], number: str, changes: Iterable[AccessChange]) -> PersonWaiting:
    held, person = now.get(number, Access()), view.people.get(number)
    fields = tuple(FieldWaiting(c.field, getattr(held, c.field), c.value) for c in changes)
    return PersonWaiting(number, person.name if person else "", fields)
