"""The port through which the outbox sends; `bot.slack.letters` is behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.outbox import Tried
from bot.services.origin import Page


@dataclass(frozen=True, slots=True)
class Recipient:
    """A Slack user who would be known as the person if they wrote to us, and their own time zone."""

    user: str
    zone: ZoneInfo


class Letters(Protocol):
    """Every method tells by a value what came of it, and raises nothing of Slack's."""

    async def reach(self, person: str) -> Recipient | Tried:
        """Whom to write to. Tried: gone, unreached, rate limited or barred."""

    async def look(self, recipient: Recipient, mark: str, since: datetime) -> Tried | None:
        """`sent` where the mark stands in the direct message, None where it does not; else why nobody can tell."""

    async def post(self, recipient: Recipient, page: Page, mark: str) -> Tried:
        """One call."""
