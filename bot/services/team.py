"""A supervisor's team, or the whole branch for HR: a line a person. Nobody sees peers, and nobody is ranked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from bot.domain.access import Asker, Matter, Surface, may
from bot.domain.judge import AmountFinding, GradeFinding
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict
from bot.services.looking import latest, standing_of
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, Reading, UnitOfWork
from bot.services.standings import branch_standings, focus_of

MOST_ROWS = 99
"""Lines that a message has room for; the others are counted."""
_NEAR = Fraction(1, 10)
_ONE_BY_ONE = 50
"""So many people at most are read one after the other."""


class Situation(StrEnum):
    """How somebody stands toward the grade that their card is about."""

    AT_RISK = "at_risk"
    """The grade held is missed."""
    OPEN = "open"
    NEAR = "near"
    """All that fails are amounts, and each lacks a tenth of its bound at most."""
    ABOVE = "above"
    """A higher grade than the one held is met."""
    ON_WAY = "on_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One person's line."""

    standing: Standing
    focus: GradeFinding
    situation: Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamShown(Outcome):
    """Everyone asked about, by staff number."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    rows: tuple[TeamRow, ...]
    period: Period
    rulebook: Rulebook
    whole: bool
    """The branch, not a team."""
    english: bool = False

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.focus.grade.clause for row in self.rows))


class Teams:
    """Shows the people of whom the asker is the supervisor; whoever may see everybody and has no team, everybody."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def show(
        self,
        asker: Asker,
        *,
        whole: bool = False,
        period: Period | None = None,
        now: datetime | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """Denied where there is nobody whom the asker may see. Every line shown is a look in the audit chain."""
        now = now or self._clock.now()
        with self._store.read() as view:
            people, everybody = _asked_about(view, asker, whole)
            if not people:
                return Denied(unlinked=asker.staff is None)
            period = period or latest(view, now.date())
            rulebook = self._shelf.on(period.as_of)
            standings = _standings(view, rulebook, period, people)
        rows = tuple(_row(standing) for standing in standings)
        self._remember(asker, rows, period, now, surface, branch=everybody)
        return TeamShown(rows=rows, period=period, rulebook=rulebook, whole=everybody)

    def _remember(
        self,
        asker: Asker,
        rows: tuple[TeamRow, ...],
        period: Period,
        now: datetime,
        surface: Surface,
        *,
        branch: bool,
    ) -> None:
        """The people whose lines are shown; of the whole branch, that it was looked at too."""
        if asker.person is None:
            return
        details = {"what": "team", "period": str(period), "surface": str(surface), "purpose": ""}
        subjects: list[str | None] = [row.standing.person.id for row in rows[:MOST_ROWS]]
        if branch:
            subjects.insert(0, None)
        with self._store.write() as view:
            view.audit.record_all(now, asker.person.id, "looked", subjects, details)


def _standings(view: Reading, rulebook: Rulebook, period: Period, people: list[Person]) -> list[Standing]:
    """By staff number. A team's people one by one: summing the whole branch for a dozen of them takes far longer."""
    if len(people) <= _ONE_BY_ONE:
        return [standing_of(view, rulebook, person, period) for person in sorted(people, key=lambda p: p.id)]
    shown = {person.id for person in people}
    return [s for s in branch_standings(view, rulebook, period) if s.person.id in shown]


def _asked_about(view: Reading, asker: Asker, whole: bool) -> tuple[list[Person], bool]:
    """Those with a grade on whose standing the asker may look, without the asker; whether that is the whole branch."""
    fresh = view.people.get(asker.person.id) if asker.person else None
    current = Asker(fresh, asker.label)
    if fresh is None:
        return [], False
    team = [] if whole else view.people.team_of(fresh.id)
    everybody = whole or not team
    candidates = view.people.everyone() if everybody else team
    if everybody and not may(current, Matter.STANDING):
        return [], True
    seen = (p for p in candidates if p.grade and p.active and p.id != fresh.id)
    return [p for p in seen if may(current, Matter.STANDING, p)], everybody


def _row(standing: Standing) -> TeamRow:
    focus = focus_of(standing, None)
    return TeamRow(standing=standing, focus=focus, situation=situation_of(standing, focus))


def situation_of(standing: Standing, focus: GradeFinding) -> Situation:
    """Read from the findings; nothing is judged anew."""
    held = standing.person.grade
    kept = standing.grades[held].verdict if held in standing.judged_for else None
    if kept is Verdict.FAILED:
        return Situation.AT_RISK
    if Verdict.OPEN in (kept, focus.verdict):
        return Situation.OPEN
    keys = [grade.key for grade in standing.rulebook.grades]
    if standing.proposed and held and keys.index(standing.proposed) < keys.index(held):
        return Situation.ABOVE
    return Situation.NEAR if _near(focus) else Situation.ON_WAY


def _near(focus: GradeFinding) -> bool:
    others = [f for f in focus.findings if f is not focus.indicators and f.verdict is not Verdict.MET and f.decides]
    if any(not isinstance(f, AmountFinding) or not _lacks_little(f) for f in others):
        return False
    short = focus.indicators.rule.needed - focus.indicators.met
    return sum(_lacks_little(part) for part in focus.indicators.parts if part.verdict is Verdict.FAILED) >= short


def _lacks_little(finding: AmountFinding) -> bool:
    if finding.gap is None or finding.gap > finding.rule.bound.minor * _NEAR:
        return False
    single = finding.single
    return single is None or single.value is None or single.bound.minor - single.value <= single.bound.minor * _NEAR
