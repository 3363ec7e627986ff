"""The parts that a command works with."""

from bot.cli.arguments import moment
from bot.config import FixedClock, Settings
from bot.wiring import Parts, build


def parts(now: str | None = None) -> Parts:
    """For this machine's settings; `now` (ISO) fixes the clock."""
    settings = Settings()
    return build(settings, FixedClock(moment(now, settings.zone)) if now else None)
