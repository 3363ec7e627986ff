"""A line that counts the seconds of long work: posted when it has taken a while, edited at most once a second."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.render.renderer import Renderer
from bot.services.attachments import Attachments
from bot.services.origin import Mail

T = TypeVar("T")
Pause = Callable[[asyncio.Future[Any], float], Awaitable[None]]
"""Until the work is done, or so many seconds have passed."""

_BEFORE_A_LINE = 2
"""Seconds: what is quicker shows no progress."""
_BETWEEN = 1
"""Seconds: Slack takes one change a second."""


async def pause(work: asyncio.Future[Any], seconds: float) -> None:
    """By the event loop's clock."""
    await asyncio.wait([work], timeout=seconds)


class ProgressLine:
    """`pause` is the only way in which it waits, so that a test may let the time pass."""

    def __init__(self, attachments: Attachments, renderer: Renderer, pause: Pause) -> None:
        self._attachments = attachments
        self._renderer = renderer
        self._pause = pause

    async def during(self, mail: Mail, work: Awaitable[T]) -> T:
        """What the work comes to. A line that an earlier run left behind is taken up again."""
        task = asyncio.ensure_future(work)
        try:
            shown = await self._attachments.shown_before(mail) if mail.since else None
            await self._pause(task, _BEFORE_A_LINE)
            shown = await self._count(mail, task, shown)
            if shown:
                await self._pause(_never(), _BETWEEN)
                await self._show(mail, shown, done=True)
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise

    async def _count(self, mail: Mail, task: asyncio.Future[Any], shown: str | None) -> str | None:
        seconds = _BEFORE_A_LINE
        while not task.done():
            shown = await self._show(mail, shown, seconds=seconds)
            await self._pause(task, _BETWEEN)
            seconds += _BETWEEN
        return shown

    async def _show(self, mail: Mail, shown: str | None, *, seconds: int = 0, done: bool = False) -> str | None:
        note = self._renderer.note("drop_progress", seconds=seconds, done=done)
        return await self._attachments.show(mail, note, shown)


def _never() -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_future()
