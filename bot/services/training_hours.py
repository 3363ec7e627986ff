"""我的学时: what the asker has attended, beside what the plans ask for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.domain.access import Asker, Matter, may
from bot.domain.training_hours import Attended, Progress, hours_of_year, progress
from bot.domain.training_plans import Fact, Plan, Reading, TrainingPlans
from bot.questions.question import Language
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure of a plan: how far it is reached, and the sentence that it comes from."""

    progress: Progress
    plan: Plan
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursShown(Outcome):
    """A person's own hours."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    today: date
    hours: int
    """Hundredths, of this year."""
    sessions: int
    bars: tuple[Bar, ...]
    latest: tuple[Attended, ...]
    """The last few, newest first."""
    reading: Reading
    language: Language = Language.ZH

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(bar.progress.citation for bar in self.bars)


class TrainingHours:
    """Reads 签到 for whom it speaks of."""

    def __init__(self, store: UnitOfWork, plans: TrainingPlans, clock: Clock) -> None:
        self._store = store
        self._plans = plans
        self._clock = clock

    def show(self, asker: Asker, language: Language = Language.ZH, now: datetime | None = None) -> Outcome:
        """The asker's own; Denied for whoever is no member of staff."""
        person = asker.staff
        if person is None or not may(asker, Matter.STANDING, person):
            return Denied(unlinked=person is None)
        today = (now or self._clock.now()).date()
        with self._store.read() as view:
            attended = [one for one in view.sessions.attended(person.id) if one.day <= today]
        of_year = [one for one in attended if one.day.year == today.year]
        return HoursShown(
            today=today,
            hours=hours_of_year(attended, today),
            sessions=len(of_year),
            bars=tuple(map(self._bar, progress(self._plans, attended, today))),
            latest=tuple(reversed(of_year[-3:])),
            reading=self._plans.readings["T2"],
            language=language,
        )

    def _bar(self, one: Progress) -> Bar:
        plan, fact = self._plans.cited(one.citation)
        return Bar(progress=one, plan=plan, fact=fact)
