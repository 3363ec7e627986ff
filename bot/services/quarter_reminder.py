"""The reminder before a quarter ends: where one stands, and the nearest step while there is time for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from bot.domain.access import Matter
from bot.domain.judge import GradeFinding
from bot.domain.outbox import Entry
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.routes import RoutePlan, plan_routes
from bot.domain.rulebook import Shelf
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict
from bot.domain.workdays import Workdays
from bot.services.looking import latest, standing_of
from bot.services.outcomes import Outcome
from bot.services.ports import Reading
from bot.services.standings import focus_of

_NEAR = Fraction(1, 10)
"""Of the bounds: what the cheapest route asks in all."""


class Tone(StrEnum):
    """How a reminder speaks."""

    ON_TRACK = "on_track"
    NEAR = "near"
    AT_RISK = "at_risk"
    """The grade held is not reached as things stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterReminded(Outcome):
    """One's own standing against the grade in question, with what lacks of it."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    number: int
    """Of the row: whoever wants it later names it."""
    period: Period
    workdays_left: int
    tone: Tone
    standing: Standing
    focus: GradeFinding
    plan: RoutePlan

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.rule.clause for part in self.focus.indicators.parts))


class QuarterTelling:
    """Implements `services.reminding.Telling`."""

    def __init__(self, shelf: Shelf, workdays: Workdays) -> None:
        self._shelf = shelf
        self._workdays = workdays

    def concerns(self, view: Reading, occasion: object) -> Iterator[Person]:
        """Everyone on staff with a grade, where there are figures of that year at all."""
        return (person for person in view.people.everyone() if person.active and person.grade)

    def tell(self, view: Reading, entry: Entry, person: Person, now: datetime) -> QuarterReminded | None:
        """None for those with nothing to do: no grade any more, the grade in question reached, no figures."""
        if person.grade is None or view.ledger.latest_as_of(now.date()) is None:
            return None
        asked, known = Period.parse(entry.period), latest(view, now.date())
        rulebook = self._shelf.on(known.as_of)
        standing = standing_of(view, rulebook, person, known)
        focus = focus_of(standing, None)
        if focus.verdict is Verdict.MET or not standing.state.has_figures:
            return None
        plan = plan_routes(focus, view.ledger.clients(known.as_of, person.id))
        return QuarterReminded(
            number=entry.number,
            period=asked,
            workdays_left=self._workdays.left(now.date(), _last_day(asked)),
            tone=tone_of(standing, focus, plan),
            standing=standing,
            focus=focus,
            plan=plan,
        )


def tone_of(standing: Standing, focus: GradeFinding, plan: RoutePlan) -> Tone:
    """At risk: the grade held is missed. Near: the cheapest route asks for a tenth of its bounds at most."""
    if focus.verdict is Verdict.FAILED and focus.grade.key == standing.person.grade:
        return Tone.AT_RISK
    first = plan.routes[0] if plan.routes else None
    if first and first.needs and not first.waiting and first.effort <= _NEAR:
        return Tone.NEAR
    return Tone.ON_TRACK


def _last_day(period: Period) -> date:
    return period.as_of
