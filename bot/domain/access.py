"""Who may see what, and where: one table (contract.md, "In Slack"), asked by every service, worded by none."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Person, Role


class Matter(StrEnum):
    """What is asked for."""

    RULES = "rules"
    """The regulation and the training plans: everybody, everywhere."""
    STANDING = "standing"
    """A person's figures, grade, verdicts and clients."""
    LEDGER = "ledger"
    """Imports: loading, withdrawing, and their reports."""
    LINKS = "links"
    """Which Slack user is which member of staff."""
    QUESTIONS = "questions"
    """Questions that were not answered, and what is taught of them."""
    SESSIONS = "sessions"
    """HR's list of training sessions: which there are, for whom, how many seats are left."""
    LOG = "log"
    """Who did and who looked at what."""


class Relation(StrEnum):
    """How the asker stands to the person asked about."""

    SELF = "self"
    TEAM = "team"
    """The asker is the supervisor named for that person."""
    OTHER = "other"


class Surface(StrEnum):
    """Where the question was asked, and so who reads an answer given there."""

    DM = "dm"
    CHANNEL = "channel"
    """A channel or a thread in one: others read along."""
    EPHEMERAL = "ephemeral"
    """A slash command in a channel: seen by one, but not kept."""
    HOME = "home"
    CLI = "cli"


ANYONE = None
"""Any member of staff, and for RULES anybody at all."""

MAY_SEE: frozenset[tuple[Matter, Role | None, Relation]] = frozenset(
    {
        (Matter.STANDING, ANYONE, Relation.SELF),
        (Matter.STANDING, ANYONE, Relation.TEAM),
        *(
            (Matter.STANDING, role, relation)
            for role in (Role.HR_CLERK, Role.HR_REVIEWER, Role.LEADING_GROUP)
            for relation in (Relation.TEAM, Relation.OTHER)
        ),
        *((Matter.LEDGER, role, Relation.OTHER) for role in (Role.HR_CLERK, Role.HR_REVIEWER)),
        *((Matter.LINKS, role, Relation.OTHER) for role in (Role.HR_CLERK, Role.HR_REVIEWER)),
        *((Matter.QUESTIONS, role, Relation.OTHER) for role in (Role.HR_CLERK, Role.HR_REVIEWER)),
        (Matter.SESSIONS, ANYONE, Relation.OTHER),
        *((Matter.LOG, role, Relation.OTHER) for role in (Role.HR_CLERK, Role.HR_REVIEWER, Role.AUDIT)),
    }
)
"""Everything that is allowed; what does not stand here is not. Audit reads the log, no figures."""

SHOWN_ON: dict[Matter, frozenset[Surface]] = {
    Matter.RULES: frozenset(Surface),
    Matter.STANDING: frozenset({Surface.DM, Surface.HOME, Surface.CLI}),
    Matter.LEDGER: frozenset({Surface.DM, Surface.HOME, Surface.CLI}),
    Matter.LINKS: frozenset({Surface.DM, Surface.HOME, Surface.CLI, Surface.EPHEMERAL}),
    Matter.QUESTIONS: frozenset({Surface.DM, Surface.HOME, Surface.CLI}),
    Matter.SESSIONS: frozenset(Surface),
    Matter.LOG: frozenset({Surface.DM, Surface.HOME, Surface.CLI}),
}
"""Where a matter may appear; asked for elsewhere it goes to the direct message, whoever asks."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a member of staff, or somebody whom nobody has matched to one (then `person` is None)."""

    person: Person | None
    label: str
    """For the log: a staff number, or the Slack team and user id."""

    @property
    def staff(self) -> Person | None:
        """The person, unless no longer on staff (离岗): they keep the rules and nothing else."""
        return self.person if self.person and self.person.active else None


def relation(asker: Person, subject: Person) -> Relation:
    """Self, the supervisor named for the subject, or anybody else."""
    if asker.id == subject.id:
        return Relation.SELF
    return Relation.TEAM if subject.supervisor == asker.id else Relation.OTHER


def may(asker: Asker, matter: Matter, subject: Person | None = None) -> bool:
    """Whether the asker may have this matter, of `subject` where it is about a person."""
    if matter is Matter.RULES:
        return True
    person = asker.staff
    if person is None:
        return False
    related = relation(person, subject) if subject else Relation.OTHER
    return any((matter, role, related) in MAY_SEE for role in (ANYONE, *person.roles))


def stays_on(matter: Matter, surface: Surface) -> bool:
    """Whether the answer may stand where it was asked; if not, it goes to the direct message."""
    return surface in SHOWN_ON[matter]
