"""My standing as a file: read and recorded as any look is, with every client behind the figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.access import Asker, Matter, Surface
from bot.domain.judge import GradeFinding
from bot.domain.ledger import Fault, ManagedClient
from bot.domain.period import Period
from bot.domain.standing import Standing
from bot.services.looking import Looking
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import UnitOfWork
from bot.services.standings import faults_behind, focus_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingExport(Outcome):
    """What the files hold; `made` is when they were asked for."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    standing: Standing
    focus: GradeFinding
    clients: tuple[ManagedClient, ...]
    faults: tuple[Fault, ...]
    made: datetime

    @property
    def clauses(self) -> tuple[str, ...]:
        parts = (*self.focus.indicators.parts, *self.focus.findings)
        return tuple(dict.fromkeys(finding.rule.clause for finding in parts))


class Exports:
    """Denied where the asker may not see the person; the same errors as of a standing."""

    def __init__(self, looking: Looking, store: UnitOfWork) -> None:
        self._looking = looking
        self._store = store

    def __call__(
        self, asker: Asker, *, subject_id: str, period: Period, grade: str, now: datetime, surface: Surface
    ) -> StandingExport | Denied:
        """The person's standing against `grade`, a key of the rulebook in force then."""
        seen = self._looking.look(asker, what="export", subject_id=subject_id, period=period, now=now, surface=surface)
        if seen is None:
            return Denied(unlinked=asker.staff is None)
        with self._store.read() as view:
            faults = faults_behind(view, seen.standing)
        focus = focus_of(seen.standing, grade)
        return StandingExport(standing=seen.standing, focus=focus, clients=seen.clients, faults=faults, made=now)
