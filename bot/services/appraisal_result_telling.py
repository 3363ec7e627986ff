"""What a published run tells each person: the grade found or proposed, in the direct message, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.domain.access import Matter
from bot.domain.appraisal_run import LineRow, Run
from bot.domain.outbox import Entry
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.reminders import Occasion
from bot.domain.rulebook import Grade, Shelf
from bot.services.outcomes import Outcome
from bot.services.ports import Reading

KIND = "appraisal_result"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTold(Outcome):
    """One's own line of a published run. `passed`: findings of the data gate that HR let pass, with their reasons."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    run: Run
    line: LineRow
    period: Period
    current: Grade | None
    proposed: Grade | None
    passed: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        return (self.proposed.clause,) if self.proposed else ()


class ResultTelling:
    """Implements `services.reminding.Telling`: the occurrence of a row is the run's number."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def concerns(self, view: Reading, occasion: Occasion) -> Iterator[Person]:
        """Nobody: a publication plans its rows itself."""
        yield from ()

    def tell(self, view: Reading, entry: Entry, person: Person, now: datetime) -> Outcome | None:
        """None where there is no such published run, or a correction of it has been published since."""
        run = view.appraisals.newest_published(entry.period)
        if run is None or str(run.number) != entry.occurrence:
            return None
        period = Period.parse(run.period)
        rulebook = self._shelf.on(period.as_of)
        line = view.appraisals.line(run.number, person.id)
        said = view.appraisals.said(run.number, ("override",))
        return ResultTold(
            run=run,
            line=line,
            period=period,
            current=rulebook.grade(line.current) if line.current else None,
            proposed=rulebook.grade(line.proposed) if line.proposed else None,
            passed=tuple(s.note for s in said if s.person == person.id),
        )
