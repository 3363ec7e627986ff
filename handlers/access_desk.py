"""Changes of access that wait: the other HR people are told, one of them decides, whoever brought them hears of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.access import Asker
from bot.render.renderer import Renderer
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.waiting_access import AccessDecided, AccessWaits, WaitingAccess
from handlers.requests import DecideOnAccess

InThread = Callable[..., Awaitable[Any]]


class AccessDesk:
    """确认 and 驳回, and the messages that bear them."""

    def __init__(
        self,
        *,
        waiting: WaitingAccess,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        in_thread: InThread,
    ) -> None:
        self._waiting = waiting
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._in_thread = in_thread

    async def __call__(self, request: DecideOnAccess, mail: Mail) -> Sent:
        """Decided on the server by who presses, whatever message the button stands in."""
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        outcome: Outcome = await self._in_thread(self._waiting.decide, asker, request.batch, request.confirm)
        pages = await self._in_thread(self._renderer.pages, outcome)
        sent = await self._courier.deliver(mail, outcome, pages)
        if isinstance(outcome, AccessDecided) and outcome.actor != outcome.by and (mail.since or not outcome.again):
            await self._tell_actor(mail, asker, outcome)
        return sent

    async def tell_others(self, mail: Mail, asker: Asker, batch: int) -> tuple[int, tuple[str, ...]]:
        """How many people's access waits of the batch, and the names of those HR people who have been told."""
        waits: AccessWaits | None = await self._in_thread(self._waiting.brought_by, batch)
        if waits is None:
            return 0, ()
        others: dict[str, str] = await self._in_thread(self._waiting.others, asker.label)
        accounts = await self._directory.accounts(list(others))
        pages = await self._in_thread(self._renderer.pages, waits)
        told = [
            others[person]
            for person, user in accounts.items()
            if await self._courier.write_to(user, mail, pages) is Sent.DONE
        ]
        return sum(len(one.people) for one in waits.batches), tuple(told)

    async def _tell_actor(self, mail: Mail, asker: Asker, decided: AccessDecided) -> None:
        """An operating-system user of the command line has no account to be told at."""
        accounts = await self._directory.accounts([decided.actor])
        by = asker.person.name if asker.person else decided.by
        note = self._renderer.note(
            "access_decided", batch=decided.batch, people=decided.people, confirmed=decided.confirmed, by=by
        )
        for user in accounts.values():
            await self._courier.write_to(user, mail, [note])
