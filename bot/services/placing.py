"""Where an outcome is shown: where it was asked, or in the direct message. Delivery and the CLI both ask here."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.access import Surface, stays_on
from bot.services.outcomes import Outcome


class Visibility(StrEnum):
    """Who reads what stands where it was asked (contract.md, `ladder ask`)."""

    DM = "dm"
    THREAD = "thread"
    EPHEMERAL = "ephemeral"


_VISIBILITY = {
    Surface.DM: Visibility.DM,
    Surface.HOME: Visibility.DM,
    Surface.CLI: Visibility.DM,
    Surface.CHANNEL: Visibility.THREAD,
    Surface.EPHEMERAL: Visibility.EPHEMERAL,
}


@dataclass(frozen=True, slots=True)
class Placing:
    """`moved`: the outcome goes to the direct message, and where it was asked stands only that it did."""

    visibility: Visibility
    moved: bool


def place(outcome: Outcome, surface: Surface) -> Placing:
    """By the matter of the outcome, whoever asks."""
    return Placing(_VISIBILITY[surface], moved=not stays_on(outcome.matter, surface))
