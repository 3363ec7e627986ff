"""稍后提醒 on Slack."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from bot.domain.access import Asker
from bot.render.renderer import Renderer
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.remind_later import RemindLater
from handlers import requests

InThread = Callable[..., Awaitable[Any]]


class ReminderDesk:
    """The row must be the presser's own."""

    def __init__(
        self, *, later: RemindLater, directory: Directory, courier: Courier, renderer: Renderer, in_thread: InThread
    ) -> None:
        self._later = later
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._in_thread = in_thread

    async def __call__(self, request: requests.RemindLater, mail: Mail) -> Sent:
        """Says on which day."""
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        day: date | None = await self._in_thread(self._later, asker, request.number)
        note = self._renderer.note("remind_later", day=day) if day else self._renderer.note("not_yours")
        return await self._courier.tell(mail, note)
