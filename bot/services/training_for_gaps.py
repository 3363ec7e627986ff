"""差的指标有什么培训: what the asker's standing lacks, what the documents teach on it, which sessions come."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.access import Asker, Matter, Surface
from bot.domain.rulebook import Grade
from bot.domain.training_gaps import GapMap, missing
from bot.domain.training_plans import Fact, Plan, TrainingPlans
from bot.domain.training_sessions import Span, days_of
from bot.questions.question import Language
from bot.services.looking import Looking
from bot.services.outcomes import Denied, NoGrade, Outcome
from bot.services.ports import UnitOfWork
from bot.services.standings import focus_of
from bot.services.training_sessions import SessionLine, TrainingSessions

_MOST = 2
"""Sessions an indicator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One indicator that is missing."""

    key: str
    said: tuple[tuple[Plan, Fact], ...]
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapTraining(Outcome):
    """Training for what is missing; none where nothing is."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.STANDING

    grade: Grade
    advice: tuple[Advice, ...]
    map: GapMap
    language: Language = Language.ZH

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plan.cite(fact) for one in self.advice for plan, fact in one.said))


class TrainingForGaps:
    """Looks at the asker's own standing, and at nobody else's."""

    def __init__(
        self,
        looking: Looking,
        store: UnitOfWork,
        sessions: TrainingSessions,
        plans: TrainingPlans,
        gaps: GapMap,
    ) -> None:
        self._looking = looking
        self._store = store
        self._sessions = sessions
        self._plans = plans
        self._gaps = gaps

    def show(self, asker: Asker, language: Language, now: datetime, surface: Surface = Surface.DM) -> Outcome:
        """About the grade that the asker's card is about. NoFigures, NoRulebook as of a standing."""
        seen = self._looking.look(asker, what="training", now=now, surface=surface)
        if seen is None or asker.staff is None:
            return Denied(unlinked=asker.staff is None)
        if seen.standing.person.grade is None:
            return NoGrade(own=True)
        focus = focus_of(seen.standing, None)
        first, last = days_of(Span.NEXT, now.date())
        with self._store.read() as view:
            cancelled = view.signups.cancelled()
            coming = [
                s
                for s in view.sessions.between(first, last)
                if not s.begun(now) and s.id not in cancelled and s.fits(seen.standing.person.grade)
            ]
            advice = tuple(
                Advice(
                    key=key,
                    said=tuple(self._plans.cited(fact) for fact in self._gaps.measures[key].facts),
                    sessions=self._sessions.lines(
                        view, self._gaps.measures[key].sessions(coming)[:_MOST], asker.staff, now
                    ),
                )
                for key in missing(focus)
            )
        return GapTraining(grade=focus.grade, advice=advice, map=self._gaps, language=language)
