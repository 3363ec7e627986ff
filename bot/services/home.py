"""What a person's App Home shows: their own standing and what they can ask; nothing of anybody else."""

from dataclasses import replace

from bot.domain.access import Asker, Matter, may
from bot.domain.period import Period
from bot.domain.rulebook import Shelf
from bot.services.home_view import HomeView
from bot.services.looking import standing_of
from bot.services.ports import Clock, UnitOfWork
from bot.services.standings import faults_behind, focus_of


class HomeService:
    """Builds the Home anew each time it is opened."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def __call__(self, asker: Asker) -> HomeView:
        """No card for staff without a grade, nor without figures or a rulebook for their date."""
        person = asker.staff
        if person is None:
            return HomeView(linked=False)
        with self._store.read() as view:
            as_of = view.ledger.latest_as_of(self._clock.now().date())
            rulebook = next((r for r in self._shelf.rulebooks if as_of and r.holds_on(as_of)), None)
            home = HomeView(
                linked=True,
                name=person.name,
                as_of=as_of,
                supervisor=bool(view.people.team_of(person.id)),
                hr=may(asker, Matter.LEDGER),
            )
            if as_of is None or rulebook is None or person.grade is None:
                return home
            standing = standing_of(view, rulebook, person, Period.at(as_of))
            faults = faults_behind(view, standing)
        return replace(home, standing=standing, focus=focus_of(standing, None), faults=faults)
