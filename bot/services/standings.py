"""A person's standing, and the whole branch's: read, judged, and shown to those entitled, with every look recorded."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.access import Asker, Surface
from bot.domain.judge import AmountFinding, Facts, GradeFinding, Known
from bot.domain.ledger import Fault
from bot.domain.measures import Measures, break_down
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.standing import Standing, judge_standing
from bot.domain.verdict import Verdict
from bot.errors import UnknownRule
from bot.services.looking import entitled, examined, latest, remember, standing_of
from bot.services.outcomes import BreakdownShown, Denied, NoGrade, Outcome, StandingShown
from bot.services.ports import Clock, Reading, UnitOfWork


def branch_standings(view: Reading, rulebook: Rulebook, period: Period) -> Iterator[Standing]:
    """Everyone's standing, by number as text."""
    known: Known = {}
    for facts in branch_facts(view, rulebook, period):
        yield judge_standing(rulebook, facts, known)


def branch_facts(view: Reading, rulebook: Rulebook, period: Period) -> Iterator[Facts]:
    """Of everyone in 人员 with a grade who has not left, by number as text; sums of all in one statement."""
    state = view.ledger.state(period.as_of)
    exams = view.sessions.exams(period.as_of)
    everyone = (examined(person, exams) for person in view.people.everyone() if person.grade and person.active)
    sums = view.ledger.measures(period.as_of, rulebook.floors(), singles=rulebook.singles())
    for person, found in _with_measures(everyone, sums):
        yield Facts(person, period, state, found)


def _with_measures(people: Iterable[Person], measures: Iterator[Measures]) -> Iterator[tuple[Person, Measures]]:
    """Both come by number as text, so they are read side by side; who has neither client nor fault has no measures."""
    ahead = next(measures, None)
    for person in people:
        while ahead and ahead.manager < person.id:
            ahead = next(measures, None)
        yield person, ahead if ahead and ahead.manager == person.id else Measures(person.id)


def faults_behind(view: Reading, standing: Standing) -> tuple[Fault, ...]:
    """The figures that break the quality rule, by date and client; looked for only where it is broken."""
    if standing.quality is None or not standing.quality.broken:
        return ()
    return tuple(view.ledger.faults(standing.period.as_of, standing.person.id))


class Standings:
    """Shows standings and what is behind their figures; the access table decides, the audit chain remembers."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def latest_period(self, now: datetime | None = None) -> Period:
        """The newest as-of date with figures. NoFigures where the ledger has none."""
        today = (now or self._clock.now()).date()
        with self._store.read() as view:
            return latest(view, today)

    def show_standing(
        self,
        asker: Asker,
        *,
        subject_id: str | None = None,
        period: Period | None = None,
        grade: str | None = None,
        now: datetime | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """The card of `subject_id` (None: the asker) about `grade` (None: the next one). Denied, or StandingShown.

        Raises NoFigures, NoRulebook, UnknownGrade: about the ledger and the rulebook only, never about the person.
        """
        now = now or self._clock.now()
        with self._store.read() as view:
            subject = entitled(view, asker, subject_id)
            if subject is None:
                return Denied(unlinked=asker.staff is None)
            if subject.grade is None and grade is None:
                return NoGrade(own=asker.person is not None and asker.person.id == subject.id)
            standing = self._standing(view, subject, period, now)
            faults = faults_behind(view, standing)
        own = remember(self._store, asker, subject, now, what="standing", period=str(standing.period), surface=surface)
        focus = focus_of(standing, grade)
        return StandingShown(standing=standing, focus=focus, own=own, faults=faults)

    def explain(
        self,
        asker: Asker,
        *,
        subject_id: str,
        period: Period,
        rule_key: str,
        left_out_only: bool = False,
        now: datetime | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """怎么算的: the clients behind one figure of a standing, by the key of its rule (second.a)."""
        now = now or self._clock.now()
        with self._store.read() as view:
            subject = entitled(view, asker, subject_id)
            if subject is None:
                return Denied(unlinked=asker.staff is None)
            standing = self._standing(view, subject, period, now)
            clients = view.ledger.clients(standing.period.as_of, subject.id)
        own = remember(self._store, asker, subject, now, what=rule_key, period=str(standing.period), surface=surface)
        grade, finding = _amount(standing, rule_key)
        breakdown = break_down(finding.rule, clients)
        return BreakdownShown(
            standing=standing,
            grade=grade,
            finding=finding,
            breakdown=breakdown,
            own=own,
            left_out_only=left_out_only,
        )

    def _standing(self, view: Reading, subject: Person, period: Period | None, now: datetime) -> Standing:
        period = period or latest(view, now.date())
        return standing_of(view, self._shelf.on(period.as_of), subject, period)


def focus_of(standing: Standing, grade: str | None) -> GradeFinding:
    """The grade asked for; else the one held, where it is missed; else the one above the highest held or reached."""
    if grade:
        return standing.grades[standing.rulebook.grade(grade).key]
    held = standing.person.grade if standing.person.grade in standing.judged_for else None
    if held and standing.grades[held].verdict is Verdict.FAILED:
        return standing.grades[held]
    keys = [grade.key for grade in standing.rulebook.grades]
    reached = min((keys.index(key) for key in (held, standing.proposed) if key), default=None)
    if reached is None:
        return standing.grades[standing.judged_for[-1]]
    return standing.grades[keys[max(reached - 1, 0)]]


def _amount(standing: Standing, rule_key: str) -> tuple[GradeFinding, AmountFinding]:
    """The finding of one amount rule. UnknownRule for a key that this rulebook has not: an old card's button."""
    for grade in standing.grades.values():
        for finding in (*grade.indicators.parts, grade.pass_line):
            if finding.rule.key == rule_key:
                return grade, finding
    raise UnknownRule(rule=rule_key)
