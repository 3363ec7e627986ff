"""What the agent's pane suggests to somebody, by role: at most four."""

from bot.domain.access import Asker, Matter, may
from bot.services.ports import UnitOfWork

MOST = 4


class Prompting:
    """Names of slots of `templates/agent/agent.j2`."""

    def __init__(self, store: UnitOfWork) -> None:
        self._store = store

    def __call__(self, asker: Asker) -> tuple[str, ...]:
        """Rules for everybody; one's own standing, a team's and the branch's for those who have them."""
        person = asker.staff
        if person is None:
            return ("rules", "training", "help")
        with self._store.read() as view:
            team = bool(view.people.team_of(person.id))
        offered = [
            *(("own", "route") if person.grade else ()),
            *(("team",) if team else ()),
            *(("branch",) if may(asker, Matter.STANDING) else ()),
            "rules",
            "training",
            "help",
        ]
        return tuple(offered[:MOST])
