"""Where tests end the process, as a power cut would: LADDER_CRASH_AT=after_ack or after_post; unset otherwise."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

_TIME_FOR_THE_ACK = 0.3


def crash_point() -> Callable[[str], Awaitable[None]] | None:
    """None where nothing is set."""
    point = os.environ.get("LADDER_CRASH_AT")
    if not point:
        return None

    async def reach(here: str) -> None:
        if here == point:
            await asyncio.sleep(_TIME_FOR_THE_ACK)
            os.kill(os.getpid(), signal.SIGKILL)

    return reach
