"""Links a Slack user to a member of staff, by HR: for those whose e-mail Slack and the staff list do not share."""

from dataclasses import dataclass

from bot.domain.access import Asker, Matter, may
from bot.errors import NotAllowed, UnknownPerson
from bot.services.ports import Clock, Link, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUser:
    """Team id and user id together name a Slack user."""

    asker: Asker
    team_id: str
    user_id: str
    person: str


class Linking:
    """Makes links; each is recorded in the audit chain."""

    def __init__(self, store: UnitOfWork, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, request: LinkUser) -> Link:
        """NotAllowed unless HR asks, nor for oneself; UnknownPerson for a number that nobody has."""
        staff = request.asker.staff
        if staff is None or not may(request.asker, Matter.LINKS) or staff.id == request.person:
            raise NotAllowed(reason="links")
        now = self._clock.now()
        with self._store.write() as view:
            if view.people.get(request.person) is None:
                raise UnknownPerson(person=request.person)
            link = Link(request.team_id, request.user_id, request.person, staff.id, now)
            view.links.put(link)
            details = {"team": request.team_id, "user": request.user_id}
            view.audit.record(now, staff.id, "linked", request.person, details)
        return link
