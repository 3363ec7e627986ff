"""稍后提醒 on Slack, and HR's 再发 and 撤回."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any

from bot.domain.access import Asker
from bot.render.renderer import Renderer
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.remind_later import RemindLater
from bot.services.reminder_review import ReminderReview
from handlers import requests

InThread = Callable[..., Awaitable[Any]]


class ReminderDesk:
    """The row must be the presser's own."""

    def __init__(
        self,
        *,
        later: RemindLater,
        review: ReminderReview,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        in_thread: InThread,
    ) -> None:
        self._later = later
        self._review = review
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._in_thread = in_thread

    async def __call__(self, request: requests.RemindLater | requests.DecideOnReminder, mail: Mail) -> Sent:
        """Says on which day, or what is so now."""
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        if isinstance(request, requests.DecideOnReminder):
            decide = partial(self._review.decide, asker, request.number, again=request.again)
            outcome: Outcome = await self._in_thread(decide)
            return await self._courier.deliver(mail, outcome, self._renderer.pages(outcome))
        day: date | None = await self._in_thread(self._later, asker, request.number)
        note = self._renderer.note("remind_later", day=day) if day else self._renderer.note("not_yours")
        return await self._courier.tell(mail, note)
