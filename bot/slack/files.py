"""Implements `services.attachments.Attachments`: the bot's token goes to Slack's own file host and nowhere else."""

from collections.abc import Sequence
from pathlib import PurePath

import structlog

from bot.errors import FileNotSent, FileTooLarge, FileUnavailable
from bot.services.attachments import MOST_BYTES, Attachment
from bot.services.origin import Mail, Page
from bot.slack.messenger import Messenger
from bot.slack.problems import Refused, Unknown

log = structlog.get_logger("ladder.files")

_PROGRESS = 99
"""The number of the progress line among an answer's parts."""
_TAG = 8
"""Characters of the mark in a file's name."""
_MB = 1024 * 1024


class SlackFiles:
    """Files and progress lines over the messenger."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    async def fetch(self, ids: Sequence[str]) -> list[Attachment]:
        """What files.info names, whatever address an event bore."""
        found, room = [], MOST_BYTES
        try:
            for number in ids:
                told = await self._messenger.file(number)
                if int(told.get("size") or 0) > room:
                    raise FileTooLarge(most=MOST_BYTES // _MB)
                content = await self._messenger.download(str(told.get("url_private_download") or ""), room)
                room -= len(content)
                found.append(Attachment(number, _name(str(told.get("name") or "")), content))
        except (Refused, Unknown) as fault:
            log.warning("file not read", fault=str(fault))
            code = fault.code if isinstance(fault, Refused) else fault.cause
            if code == "too_large":
                raise FileTooLarge(most=MOST_BYTES // _MB) from None
            raise FileUnavailable(reason=code) from None
        return found

    async def send(self, mail: Mail, name: str, content: bytes, comment: str) -> None:
        """Uploaded, then shared in the asker's direct message. Its name bears the answer's mark, the title does not:
        a run after a kill finds what the one before has shared."""
        stem, dot, ending = name.rpartition(".")
        tagged = f"{stem}-{mail.mark[:_TAG]}{dot}{ending}"
        try:
            direct = await self._messenger.direct(mail.origin.user)
            if mail.since and tagged in await self._messenger.files_shared(direct, mail.since):
                return
            await self._messenger.upload(direct, tagged, content, comment, title=name)
        except (Refused, Unknown) as fault:
            log.warning("file not sent", fault=str(fault), reference=mail.reference)
            raise FileNotSent(name=name) from None

    async def shown_before(self, mail: Mail) -> str | None:
        """By the part's mark."""
        if mail.since is None:
            return None
        try:
            direct = await self._messenger.direct(mail.origin.user)
            return (await self._messenger.parts_posted(direct, None, mail.since)).get((mail.mark, _PROGRESS))
        except (Refused, Unknown) as fault:
            log.info("no progress looked for", fault=str(fault))
            return None

    async def show(self, mail: Mail, page: Page, shown: str | None) -> str | None:
        """Without it the answer is the same: a failure is left to the log."""
        try:
            direct = await self._messenger.direct(mail.origin.user)
            if shown is None:
                return await self._messenger.post(direct, page, None, (mail.mark, _PROGRESS))
            await self._messenger.update(direct, shown, page)
        except (Refused, Unknown) as fault:
            log.info("no progress shown", fault=str(fault))
        return shown


def _name(name: str) -> str:
    """A file's name, and nothing of a path."""
    kept = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())
    return kept[-120:].lstrip(".") or "file"
