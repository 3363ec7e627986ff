"""What the App Home shows: filled by a use case, worded by `bot.render.home`."""

from dataclasses import dataclass
from datetime import date

from bot.domain.judge import GradeFinding
from bot.domain.ledger import Fault
from bot.domain.standing import Standing


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
