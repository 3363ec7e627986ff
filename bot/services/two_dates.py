"""The same question at two states of knowledge: as the ledger stood then, as it has been corrected since, and which
batch made the difference; and by the rulebook of another day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.access import Asker, Surface
from bot.domain.judge import Facts
from bot.domain.ledger import ManagedClient
from bot.domain.measures import Measures
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.standing import Standing, judge_standing
from bot.domain.two_dates import changed_clients, changed_facts
from bot.errors import NoFigures
from bot.services.looking import Looking, Seen
from bot.services.next_step_outcomes import Correction, OtherRules, TwoDatesShown
from bot.services.outcomes import Denied, NoGrade, Outcome
from bot.services.ports import Batch, LedgerReader, Reading, UnitOfWork
from bot.services.standings import focus_of


@dataclass(frozen=True, slots=True)
class _Known:
    """What one state of the ledger says of one person."""

    batch: int
    standing: Standing
    clients: tuple[ManagedClient, ...]


class TwoDates:
    """Denied where the asker may not see the person, NoGrade for staff without a grade, like every next step."""

    def __init__(self, looking: Looking, store: UnitOfWork, shelf: Shelf) -> None:
        self._looking = looking
        self._store = store
        self._shelf = shelf

    def as_known(
        self,
        asker: Asker,
        *,
        now: datetime,
        subject_id: str | None = None,
        period: Period | None = None,
        grade: str | None = None,
        on: date | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """The standing of `period` as the ledger had it at the end of day `on` (None: the as-of date itself). Figures
        come after the day that they are of: where there were none by then, as at the end of the day that first brought
        them. NoFigures where nothing ever did."""
        on = on or (period.as_of if period else None)
        period = self._with_figures(period) if period else None
        seen = self._looking.look(
            asker, what="two_dates", subject_id=subject_id, period=period, now=now, surface=surface
        )
        if seen is None:
            return Denied(unlinked=asker.staff is None)
        if seen.standing.person.grade is None and grade is None:
            return NoGrade(own=seen.own)
        as_of = seen.standing.period.as_of
        with self._store.read() as view:
            first = view.past.first_of(as_of)
            if first is None:
                raise NoFigures(as_of=as_of)
            by_day = view.past.newest_by(_end_of(on or as_of, now))
            known = max(first, by_day or 0)
            brought = view.batches.get(known)
            if brought and known == first:
                known = max(known, view.past.newest_by(_end_of(_day(brought, now), now)) or 0)
            states = list(self._states(view, seen, known))
            corrections = tuple(_corrections(view, states, grade_of(seen, grade), now))
            batch = view.batches.get(known)
        focus = focus_of(seen.standing, grade)
        return TwoDatesShown(
            standing=seen.standing,
            grade=focus,
            own=seen.own,
            then=states[0].standing,
            grade_then=states[0].standing.grades[focus.grade.key],
            known=batch,
            known_on=_day(batch, now) if batch else None,
            later_than_asked=by_day is None or by_day < first,
            corrections=corrections,
        )

    def by_rules(
        self,
        asker: Asker,
        *,
        now: datetime,
        on: date,
        subject_id: str | None = None,
        grade: str | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """Today's facts by the rulebook that held on day `on`. NoRulebook where none did (R26)."""
        seen = self._looking.look(asker, what="other_rules", subject_id=subject_id, now=now, surface=surface)
        if seen is None:
            return Denied(unlinked=asker.staff is None)
        if seen.standing.person.grade is None and grade is None:
            return NoGrade(own=seen.own)
        other = self._shelf.on(on)
        with self._store.read() as view:
            standing = _standing(view.ledger, other, seen.standing.person, seen.standing.period)
        focus = focus_of(seen.standing, grade)
        return OtherRules(
            standing=seen.standing,
            grade=focus,
            own=seen.own,
            other=standing,
            grade_there=focus_of(standing, focus.grade.key),
        )

    def _with_figures(self, period: Period) -> Period:
        """The period itself, or where the ledger has nothing of its day, the newest date before that it has."""
        with self._store.read() as view:
            if view.ledger.state(period.as_of).has_figures:
                return period
            before = view.ledger.latest_as_of(period.as_of)
        return Period.at(before) if before else period

    def _states(self, view: Reading, seen: Seen, known: int) -> Iterator[_Known]:
        """As known then, and after every batch since that may bear on it."""
        person, period, rulebook = seen.standing.person, seen.standing.period, seen.standing.rulebook
        for batch in (known, *view.past.touching(period.as_of, person.id, known)):
            ledger = view.past.ledger(batch)
            then = view.past.people(batch).get(person.id) or person
            clients = tuple(ledger.clients(period.as_of, person.id))
            yield _Known(batch, _standing(ledger, rulebook, then, period), clients)


def grade_of(seen: Seen, grade: str | None) -> str:
    """The key of the grade that the answer is about."""
    return focus_of(seen.standing, grade).grade.key


def _corrections(view: Reading, states: list[_Known], grade: str, now: datetime) -> Iterator[Correction]:
    """What each batch changed of it, oldest first; batches that changed nothing of this person are left out."""
    for before, after in pairwise(states):
        batch = view.batches.get(after.batch)
        clients = changed_clients(before.clients, after.clients)
        facts = changed_facts(before.standing.person, after.standing.person)
        rate = before.standing.state.usd_cny != after.standing.state.usd_cny
        gate = before.standing.state.has_last_year != after.standing.state.has_last_year
        differs = before.standing.grades[grade] != after.standing.grades[grade]
        if batch and (clients or facts or rate or gate or differs):
            yield Correction(
                batch=batch,
                on=_day(batch, now),
                before=before.standing.grades[grade],
                after=after.standing.grades[grade],
                clients=clients,
                facts=facts,
                rate=rate,
            )


def _standing(ledger: LedgerReader, rulebook: Rulebook, person: Person, period: Period) -> Standing:
    state = ledger.state(period.as_of)
    found = next(iter(ledger.measures(period.as_of, rulebook.floors(), person.id)), Measures(person.id))
    return judge_standing(rulebook, Facts(person, period, state, found))


def _day(batch: Batch, now: datetime) -> date:
    """The branch's day on which a batch came."""
    return batch.at.astimezone(now.tzinfo).date()


def _end_of(day: date, now: datetime) -> datetime:
    """The first moment after a day of the branch."""
    return datetime.combine(day + timedelta(days=1), time(), now.tzinfo)
