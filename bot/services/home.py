"""What a person's App Home shows: their own standing and what they can ask; nothing of anybody else."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Asker, Matter, may
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.routes import plan_routes
from bot.domain.rulebook import Shelf
from bot.domain.training_sessions import Session, Span, days_of
from bot.domain.verdict import Verdict
from bot.services.home_branch import branch_of
from bot.services.home_view import HomeView
from bot.services.looking import standing_of
from bot.services.ports import Clock, Reading, UnitOfWork
from bot.services.seen_by import looks_at
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
        now = self._clock.now()
        with self._store.read() as view:
            as_of = view.ledger.latest_as_of(now.date())
            hr = may(asker, Matter.LEDGER)
            home = HomeView(
                linked=True,
                name=person.name,
                as_of=as_of,
                supervisor=bool(view.people.team_of(person.id)),
                hr=hr,
                session=_next_session(view, person, now),
                looks=looks_at(view, person.id, now),
                branch=branch_of(view, now) if hr else None,
            )
            return self._with_card(view, home, person)

    def _with_card(self, view: Reading, home: HomeView, person: Person) -> HomeView:
        as_of = home.as_of
        rulebook = next((r for r in self._shelf.rulebooks if as_of and r.holds_on(as_of)), None)
        if as_of is None or rulebook is None or person.grade is None:
            return home
        standing = standing_of(view, rulebook, person, Period.at(as_of))
        focus = focus_of(standing, None)
        missed = focus.verdict is Verdict.FAILED and standing.state.has_figures
        plan = plan_routes(focus, view.ledger.clients(as_of, person.id)) if missed else None
        return replace(home, standing=standing, focus=focus, faults=faults_behind(view, standing), plan=plan)


def _next_session(view: Reading, person: Person, now: datetime) -> Session | None:
    """The first that has not begun and is for the person's grade."""
    coming = view.sessions.between(*days_of(Span.NEXT, now.date()))
    return next((s for s in coming if not s.begun(now) and s.fits(person.grade)), None)
