"""Where tests end the process, as a power cut would: LADDER_CRASH_AT=after_claim, or after_claim:3 for the third."""

import os
import signal
from collections.abc import Callable

POINTS = (
    "before_plan",
    "in_plan",
    "after_plan",
    "after_claim",
    "in_look",
    "connected",
    "bytes_sent",
    "answer_read",
    "in_commit",
    "after_commit",
)
"""Of the send path, in its order."""

Reach = Callable[[str], None]


def crash_at() -> Reach:
    """Nothing happens where nothing is set."""
    point, _, count = os.environ.get("LADDER_CRASH_AT", "").partition(":")
    if point not in POINTS:
        return go_on
    left = int(count or 1)

    def reach(here: str) -> None:
        nonlocal left
        left -= here == point
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    return reach


def go_on(_: str) -> None:
    """Nothing happens at a point."""
