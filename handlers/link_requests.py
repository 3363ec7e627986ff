"""申请绑定: HR is told who asks to be matched to staff, once a day for each account."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.domain.access import Asker, Matter, may
from bot.render.renderer import Renderer
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.ports import Clock, Inbox, UnitOfWork

InThread = Callable[..., Awaitable[Any]]


class LinkRequests:
    """Carries a request to those who may link; where nobody of HR is on Slack, says how it is done without."""

    def __init__(
        self,
        *,
        store: UnitOfWork,
        inbox: Inbox,
        renderer: Renderer,
        directory: Directory,
        courier: Courier,
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._renderer = renderer
        self._directory = directory
        self._courier = courier
        self._clock = clock
        self._in_thread = in_thread

    async def __call__(self, mail: Mail) -> Sent:
        """A guest or stranger is told the way, and nobody is bothered for them."""
        passed_on = await self._directory.may_be_linked(mail.origin) and await self._tell_hr(mail)
        note = "link_requested" if passed_on else "link_howto"
        return await self._courier.tell(mail, self._renderer.note(note))

    async def _tell_hr(self, mail: Mail) -> bool:
        """True when somebody of HR has been told, now or earlier today."""
        accounts = await self._directory.accounts(await self._in_thread(self._hr))
        if accounts and await self._in_thread(self._first_today, mail):
            origin = mail.origin
            note = self._renderer.note("link_wanted", user=origin.user, team=origin.team)
            for account in accounts.values():
                await self._courier.write_to(account, mail, [note])
        return bool(accounts)

    def _hr(self) -> list[str]:
        with self._store.read() as view:
            people = view.people.everyone()
        return [p.id for p in people if may(Asker(p, p.id), Matter.LINKS)]

    def _first_today(self, mail: Mail) -> bool:
        """The inbox knows each key once, across processes; a re-run of the same press tells HR again, if need be."""
        now, origin = self._clock.now(), mail.origin
        key = f"link:{origin.team}:{origin.user}:{now.date()}"
        first = self._inbox.take_in(key, "", now, now + timedelta(days=1))
        self._inbox.finish(key, now)
        return first or mail.since is not None
