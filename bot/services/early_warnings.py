"""After an import: who newly falls below something of the grade held, found by holding two states of the ledger against
each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.access import Asker, Matter, may
from bot.domain.early_warning import crossed
from bot.domain.judge import Facts, Finding
from bot.domain.measures import Measures
from bot.domain.period import Period
from bot.domain.rulebook import Shelf
from bot.domain.standing import Standing, judge_standing
from bot.services.looking import remember
from bot.services.ports import Reading, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyWarning:
    """One person, and what newly fails, as it stands after the batch."""

    standing: Standing
    crossed: tuple[Finding, ...]


class EarlyWarnings:
    """Reads both states; nothing is sent from here."""

    def __init__(self, store: UnitOfWork, shelf: Shelf) -> None:
        self._store = store
        self._shelf = shelf

    def after(self, batch: int, today: date) -> tuple[EarlyWarning, ...]:
        """Everyone who crosses by that batch, by staff number; nobody where there were no figures before it."""
        with self._store.read() as view:
            before = {s.person.id: s for s in self._standings(view, batch - 1, today)}
            pairs = [(before[s.person.id], s) for s in self._standings(view, batch, today) if s.person.id in before]
        found = (EarlyWarning(standing=now, crossed=crossed(was, now)) for was, now in pairs)
        return tuple(one for one in found if one.crossed)

    def shown(self, asker: Asker, batch: int, now: datetime) -> tuple[EarlyWarning, ...] | None:
        """The same to whoever may see everybody, each look recorded; None for others."""
        if not may(asker, Matter.STANDING):
            return None
        found = self.after(batch, now.date())
        for one in found:
            period = str(one.standing.period)
            remember(self._store, asker, one.standing.person, now, what="early_warning", period=period)
        return found

    def _standings(self, view: Reading, batch: int, today: date) -> Iterator[Standing]:
        ledger, people = view.past.ledger(batch), view.past.people(batch)
        as_of = ledger.latest_as_of(today)
        if batch < 1 or as_of is None:
            return
        period, rulebook, state = Period.at(as_of), self._shelf.on(as_of), ledger.state(as_of)
        sums = {found.manager: found for found in ledger.measures(as_of, rulebook.floors())}
        for person in people.everyone():
            if person.grade and person.active:
                measures = sums.get(person.id) or Measures(person.id)
                yield judge_standing(rulebook, Facts(person, period, state, measures))
