"""A ledger in the direct message: fetched, checked, confirmed, answered, the faults sent back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.domain.access import Asker, Surface
from bot.domain.importing import Remark
from bot.render.renderer import Renderer
from bot.services.attachments import Attachment, Attachments
from bot.services.ledger_drops import Checked, LedgerDrops, LedgerLoaded, LedgerRefused
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from handlers.access_desk import AccessDesk
from handlers.requests import ConfirmLedger, DropLedger, SendWorkbook

T = TypeVar("T")
InThread = Callable[..., Awaitable[Any]]
Marking = Callable[[str, bytes, Sequence[Remark]], bytes | None]
LedgerRequest = ConfirmLedger | DropLedger | SendWorkbook

_BEFORE_A_LINE = 2.0
"""Seconds: what is quicker shows no progress."""
_BETWEEN = 1.0
"""Slack takes one change a second."""


class LedgerDesk:
    """Everything that a file and the buttons of its report ask for."""

    def __init__(
        self,
        *,
        drops: LedgerDrops,
        access: AccessDesk,
        attachments: Attachments,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        blank: Callable[[], bytes],
        example: Callable[[], bytes],
        marked: Marking,
        in_thread: InThread,
    ) -> None:
        self._drops = drops
        self._access = access
        self._attachments = attachments
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._blank = blank
        self._example = example
        self._marked = marked
        self._in_thread = in_thread

    async def __call__(self, request: LedgerRequest, mail: Mail) -> Sent:
        """In a channel a file is only sent away, the same for everybody."""
        if isinstance(request, DropLedger) and mail.origin.surface is not Surface.DM:
            return await self._courier.tell(mail, self._renderer.note("drop_in_dm"))
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        if refusal := self._drops.refusal(asker):
            return await self._deliver(mail, refusal)
        match request:
            case DropLedger():
                return await self._check(mail, asker, request.files.split(","))
            case ConfirmLedger():
                return await self._confirm(mail, asker, request.drop)
            case SendWorkbook():
                return await self._send(mail, request.example)

    async def _check(self, mail: Mail, asker: Asker, ids: Sequence[str]) -> Sent:
        async def work() -> tuple[Outcome, list[Attachment]]:
            files = await self._attachments.fetch(ids)
            return await self._in_thread(self._drops.check, asker, files, mail.mark), files

        return await self._answer(mail, *await self._with_progress(mail, work()))

    async def _confirm(self, mail: Mail, asker: Asker, drop: str) -> Sent:
        found: Checked | Outcome = await self._in_thread(self._drops.checked, asker, drop)
        if isinstance(found, Outcome):
            # Loaded already: by an earlier press, or by this one before we were killed, who had nobody told yet.
            return await self._deliver(mail, await self._waits(mail, asker, found) if mail.since else found)
        checked = found

        async def work() -> tuple[Outcome, list[Attachment]]:
            files = await self._attachments.fetch(checked.files)
            return await self._in_thread(self._drops.load, asker, files, checked, mail.mark), files

        outcome, files = await self._with_progress(mail, work())
        return await self._answer(mail, await self._waits(mail, asker, outcome), files)

    async def _waits(self, mail: Mail, asker: Asker, outcome: Outcome) -> Outcome:
        """The other HR people are told what waits for them, and the answer says who was."""
        if not isinstance(outcome, LedgerLoaded) or outcome.batch is None or not outcome.changed:
            return outcome
        waiting, told = await self._access.tell_others(mail, asker, outcome.batch)
        return replace(outcome, waiting=waiting, told=told)

    async def _send(self, mail: Mail, filled: bool) -> Sent:
        name, comment = self._renderer.workbook(filled)
        content = await self._in_thread(self._example if filled else self._blank)
        await self._attachments.send(mail, name, content, comment)
        return Sent.DONE

    async def _answer(self, mail: Mail, outcome: Outcome, files: Sequence[Attachment]) -> Sent:
        sent = await self._deliver(mail, outcome)
        if isinstance(outcome, LedgerRefused) and sent is Sent.DONE:
            for file in files:
                remarks = [*outcome.errors, *outcome.warnings]
                content = await self._in_thread(self._marked, file.name, file.content, remarks)
                if content:
                    name = f"{file.name.rpartition('.')[0] or file.name}-标注.xlsx"
                    await self._attachments.send(mail, name, content, self._renderer.marked_comment())
        return sent

    async def _deliver(self, mail: Mail, outcome: Outcome) -> Sent:
        pages = await self._in_thread(self._renderer.pages, outcome)
        return await self._courier.deliver(mail, outcome, pages)

    async def _with_progress(self, mail: Mail, work: Awaitable[T]) -> T:
        """A line that counts the seconds, from the third on, edited at most once a second."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait([task], timeout=_BEFORE_A_LINE)
            shown, seconds = None, int(_BEFORE_A_LINE)
            while not task.done():
                note = self._renderer.note("drop_progress", seconds=seconds, done=False)
                shown = await self._attachments.show(mail, note, shown)
                await asyncio.wait([task], timeout=_BETWEEN)
                seconds += int(_BETWEEN)
            if shown:
                await asyncio.sleep(_BETWEEN)
                await self._attachments.show(
                    mail, self._renderer.note("drop_progress", seconds=seconds, done=True), shown
                )
            return await task
        except asyncio.CancelledError:
            task.cancel()
            raise
