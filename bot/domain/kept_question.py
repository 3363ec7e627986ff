"""A question that was kept for HR, and a phrase that HR has taught."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestion:
    """Not answered, asked back, or answered to no use; its text without figures."""

    number: int = 0
    """0 until it is kept."""
    key: str
    at: datetime
    asker: str
    """A staff number, or the Slack team and user id."""
    team: str
    user: str
    text: str
    reason: str
    state: str = "open"
    """open, handed_over, answered, taught, closed."""
    hr_channel: str | None = None
    hr_ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtPhrase:
    """A text, as questions are normalised, and the clauses that answer it."""

    phrase: str
    clauses: tuple[str, ...]
    taught_by: str
    taught_at: datetime
