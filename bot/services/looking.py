"""A look at one person's figures: the access table asked, the rows read, the look recorded. Every answer on a person's
standing begins here, so that none can forget the check or the record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.access import Asker, Matter, Relation, Surface, may, relation
from bot.domain.judge import Facts
from bot.domain.ledger import ManagedClient
from bot.domain.measures import Measures
from bot.domain.people import Exam, Person
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.standing import Standing, judge_standing
from bot.errors import NoFigures
from bot.services.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was read of one person for one period."""

    facts: Facts
    standing: Standing
    clients: tuple[ManagedClient, ...]
    own: bool
    """The asker is the person."""


def facts_of(view: Reading, rulebook: Rulebook, person: Person, period: Period) -> Facts:
    """Everything known of one person at the period's as-of date."""
    state = view.ledger.state(period.as_of)
    found = next(iter(view.ledger.measures(period.as_of, rulebook.floors(), person.id)), Measures(person.id))
    return Facts(examined(person, view.sessions.exams(period.as_of, person.id)), period, state, found)


def examined(person: Person, exams: Mapping[str, Exam]) -> Person:
    """The result of an exam that 签到 has is a dated fact: it goes before what 人员 says without a date."""
    return replace(person, exam=exams[person.id]) if person.id in exams else person


def standing_of(view: Reading, rulebook: Rulebook, person: Person, period: Period) -> Standing:
    """One person's standing, from the view's rows."""
    return judge_standing(rulebook, facts_of(view, rulebook, person, period))


class Looking:
    """Reads for those entitled."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def look(
        self,
        asker: Asker,
        *,
        what: str,
        subject_id: str | None = None,
        period: Period | None = None,
        now: datetime | None = None,
        surface: Surface = Surface.DM,
    ) -> Seen | None:
        """None alike for nobody and for not allowed. `what` names the question in the audit chain.

        Raises NoFigures and NoRulebook: about the ledger and the rulebook, never about the person.
        """
        now = now or self._clock.now()
        with self._store.read() as view:
            subject = entitled(view, asker, subject_id)
            if subject is None:
                return None
            period = period or latest(view, now.date())
            rulebook = self._shelf.on(period.as_of)
            facts = facts_of(view, rulebook, subject, period)
            clients = tuple(view.ledger.clients(period.as_of, subject.id))
        own = remember(self._store, asker, subject, now, what=what, period=str(period), surface=surface)
        return Seen(facts=facts, standing=judge_standing(rulebook, facts), clients=clients, own=own)


def entitled(view: Reading, asker: Asker, subject_id: str | None) -> Person | None:
    """The person asked about (None: the asker), where the asker may see them."""
    fresh = view.people.get(asker.person.id) if asker.person else None
    subject = fresh if subject_id is None else view.people.get(subject_id)
    allowed = subject and may(Asker(fresh, asker.label), Matter.STANDING, subject)
    return subject if allowed else None


def latest(view: Reading, today: date) -> Period:
    """The newest as-of date with figures. NoFigures where the ledger has none up to today."""
    as_of = view.ledger.latest_as_of(today)
    if as_of is None:
        raise NoFigures(as_of=today)
    return Period.at(as_of)


def remember(store: UnitOfWork, asker: Asker, subject: Person, now: datetime, **details: str) -> bool:
    """Records a look at another person's figures before they are shown; True when they are the asker's own."""
    viewer = asker.person
    if viewer is None or relation(viewer, subject) is Relation.SELF:
        return viewer is not None
    with store.write() as view:
        view.audit.record(now, viewer.id, "looked", subject.id, {**details, "purpose": ""})
    return False
