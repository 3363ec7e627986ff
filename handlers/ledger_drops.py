"""A ledger in the direct message: fetched, checked, confirmed, answered, the faults sent back."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.access import Asker, Surface
from bot.domain.importing import Remark
from bot.render.renderer import Renderer
from bot.services.attachments import Attachment, Attachments
from bot.services.ledger_drops import Checked, LedgerDrops, LedgerLoaded, LedgerRefused
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from handlers.access_desk import AccessDesk
from handlers.progress import Pause, ProgressLine
from handlers.requests import ConfirmLedger, DropLedger, SendWorkbook

InThread = Callable[..., Awaitable[Any]]
Marking = Callable[[str, bytes, Sequence[Remark], Sequence[Remark]], bytes | None]
Listing = Callable[[Sequence[Remark], Sequence[Remark]], bytes]
LedgerRequest = ConfirmLedger | DropLedger | SendWorkbook


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
        faults: Listing,
        in_thread: InThread,
        pause: Pause,
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
        self._faults = faults
        self._progress = ProgressLine(attachments, renderer, pause)
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

        return await self._answer(mail, *await self._progress.during(mail, work()))

    async def _confirm(self, mail: Mail, asker: Asker, drop: str) -> Sent:
        found: Checked | Outcome = await self._in_thread(self._drops.checked, asker, drop)
        if isinstance(found, Outcome):
            # Loaded already: by an earlier press, or by this one before we were killed, who had nobody told yet.
            return await self._deliver(mail, await self._waits(mail, asker, found) if mail.since else found)
        checked = found

        async def work() -> tuple[Outcome, list[Attachment]]:
            files = await self._attachments.fetch(checked.files)
            return await self._in_thread(self._drops.load, asker, files, checked, mail.mark), files

        outcome, files = await self._progress.during(mail, work())
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
        if isinstance(outcome, LedgerRefused) and sent is Sent.DONE and self._renderer.sends_files:
            await self._send_back(mail, outcome, files)
        return sent

    async def _send_back(self, mail: Mail, refused: LedgerRefused, files: Sequence[Attachment]) -> None:
        """Each file with its faults marked; a list of them all, where the message has not named every one or a file
        with faulty cells cannot be marked."""
        unmarked = {found.place.file for found in refused.errors if found.place.row}
        names = Counter(file.name for file in files)
        for file in files:
            if names[file.name] > 1:  # of two files of one name nobody can say in which a fault stands
                continue
            content = await self._in_thread(self._marked, file.name, file.content, refused.errors, refused.warnings)
            if content:
                unmarked.discard(file.name)
                name = f"{file.name.rpartition('.')[0] or file.name}-标注.xlsx"
                await self._attachments.send(mail, name, content, self._renderer.said_beside("marked"))
        if unmarked or refused.more:
            content = await self._in_thread(self._faults, refused.errors, refused.warnings)
            name = self._renderer.said_beside("list_name")
            await self._attachments.send(
                mail, name, content, self._renderer.said_beside("list", unmarked=sorted(unmarked))
            )

    async def _deliver(self, mail: Mail, outcome: Outcome) -> Sent:
        pages = await self._in_thread(self._renderer.pages, outcome)
        return await self._courier.deliver(mail, outcome, pages)
