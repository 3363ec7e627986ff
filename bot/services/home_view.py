"""What the App Home shows: filled by a use case, worded by `bot.render.home`."""

from dataclasses import dataclass
from datetime import date

from bot.domain.judge import GradeFinding
from bot.domain.ledger import Fault
from bot.domain.routes import RoutePlan
from bot.domain.standing import Standing
from bot.domain.training_sessions import Session
from bot.services.ports import Batch
from bot.services.seen_by import Look


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits for HR, by its word in `templates/home/branch.j2`; `count` 0 where there is nothing to
    count."""

    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What HR sees of the branch."""

    batch: Batch | None
    """The newest import."""
    runs: tuple[tuple[str, str], ...]
    """(period, state) of the appraisals that are not published, oldest first."""
    waits: tuple[Waits, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """One person's Home. Without a link there are only rules; without a grade there is no card."""

    linked: bool
    name: str | None = None
    standing: Standing | None = None
    """Own standing; None for staff without a grade, and where there is nothing to judge by yet."""
    focus: GradeFinding | None = None
    """The grade that the card is about; stands whenever `standing` does."""
    faults: tuple[Fault, ...] = ()
    as_of: date | None = None
    """The newest date with figures; None where nothing has been imported."""
    hints: tuple[str, ...] = ()
    """Questions to try, each as it can be asked."""
    supervisor: bool = False
    hr: bool = False
    plan: RoutePlan | None = None
    """The ways to the grade of the card, where it is missed."""
    session: Session | None = None
    """The next training session that fits."""
    looks: tuple[Look, ...] = ()
    branch: Branch | None = None
    """For HR."""
