"""导出: whoever presses is checked anew; the files go to their own direct message, where files may leave the bank."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.access import Asker
from bot.domain.period import Period
from bot.render.renderer import Renderer
from bot.render.workbook import workbook
from bot.services.attachments import Attachments
from bot.services.export import Exports, StandingExport
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.ports import Clock
from handlers.requests import ExportStanding

InThread = Callable[..., Awaitable[Any]]
Files = list[tuple[str, bytes]]


class ExportDesk:
    """The button of a card."""

    def __init__(
        self,
        *,
        exports: Exports,
        attachments: Attachments,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        self._exports = exports
        self._attachments = attachments
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._clock = clock
        self._in_thread = in_thread

    async def __call__(self, request: ExportStanding, mail: Mail) -> Sent:
        """A workbook and a page to print, or the refusal."""
        if not self._renderer.sends_files:
            return await self._courier.tell(mail, self._renderer.note("export_here"))
        known = await self._directory.known(mail.origin)
        made: Outcome | Files = await self._in_thread(lambda: self._made(known(), request))
        if isinstance(made, Outcome):
            return await self._courier.deliver(mail, made, self._renderer.pages(made))
        for name, content in made:
            await self._attachments.send(mail, name, content, "")
        return Sent.DONE

    def _made(self, asker: Asker, request: ExportStanding) -> Outcome | Files:
        export = self._exports(
            asker,
            subject_id=request.person,
            period=Period.parse(request.period),
            grade=request.grade,
            now=self._clock.now(),
            surface=request.origin.surface,
        )
        if not isinstance(export, StandingExport):
            return export
        exported = self._renderer.exported(export)
        return [(f"{exported.name}.xlsx", workbook(exported)), (f"{exported.name}.html", exported.page().encode())]
