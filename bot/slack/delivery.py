"""The one place that decides where an answer stands: where it was asked, or in the asker's direct message."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from prometheus_client import CollectorRegistry, Counter

from bot.domain.access import Matter, Surface
from bot.services.origin import Mail, Page, Sent
from bot.services.outcomes import Outcome
from bot.services.placing import place
from bot.slack.messenger import Messenger
from bot.slack.problems import NoDirectMessage, Refused, Unknown

log = structlog.get_logger("ladder.delivery")

BLOCK_FAULTS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}
_PLAIN_BLOCK = 2_900
_MOST_PLAIN_BLOCKS = 4


class Notes(Protocol):
    """The renderer, as far as it is needed here."""

    def note(self, name: str, /, **facts: object) -> Page: ...


class Delivery:
    """Implements `services.origin.Courier`. Figures go to nobody's direct message but the asker's own."""

    def __init__(self, messenger: Messenger, notes: Notes, registry: CollectorRegistry) -> None:
        self._messenger = messenger
        self._notes = notes
        self._failures = Counter("ladder_undelivered", "Messages that Slack refused", ["code"], registry=registry)

    async def deliver(self, mail: Mail, outcome: Outcome, pages: Sequence[Page]) -> Sent:
        """By the outcome's matter; what is moved leaves one line where it was asked."""
        origin = mail.origin
        if place(outcome, origin.surface).moved:
            sent = await self._guarded(mail, self._in_private(mail, pages))
            if sent is Sent.REFUSED:
                raise NoDirectMessage
            return await self._guarded(mail, self._say_moved(mail)) if sent is Sent.DONE else sent
        if origin.surface is Surface.DM and outcome.matter is not Matter.RULES:
            return await self._guarded(mail, self._in_private(mail, pages))
        return await self._guarded(mail, self._where_asked(mail, pages))

    async def tell(self, mail: Mail, page: Page) -> Sent:
        """Errors and notes: nothing private in them."""
        return await self._guarded(mail, self._where_asked(mail, [page]))

    async def write_to(self, user: str, mail: Mail, pages: Sequence[Page]) -> Sent:
        """To somebody else's direct message."""
        return await self._guarded(mail, self._to_direct(user, None, mail, pages))

    async def post_in(self, channel: str, thread: str | None, mail: Mail, page: Page) -> str | None:
        """HR's own channel. In channels we hold no scope to look, so a re-run after a kill may post it again."""
        posted: list[str] = []

        async def post() -> None:
            posted.append(await self._messenger.post(channel, page, thread, (mail.mark, 0)))

        sent = await self._guarded(mail, post())
        return posted[0] if sent is Sent.DONE else None

    async def publish_home(self, mail: Mail, view: Mapping[str, Any]) -> Sent:
        """Nothing is kept of an older Home."""
        return await self._guarded(mail, self._messenger.publish(mail.origin.user, view))

    async def _guarded(self, mail: Mail, sending: Awaitable[None]) -> Sent:
        """The one place where a failure of Slack ends: logged with the reference, counted."""
        try:
            await sending
        except Refused as refused:
            self._failures.labels(refused.code).inc()
            log.error("undelivered", code=refused.code, method=refused.method, **_where(mail))
            return Sent.REFUSED
        except Unknown as unknown:
            self._failures.labels("unknown").inc()
            log.warning("outcome unknown", cause=unknown.cause, method=unknown.method, **_where(mail))
            return Sent.UNSURE
        return Sent.DONE

    async def _say_moved(self, mail: Mail) -> None:
        """One line where it was asked; where we may not write, the direct message has said it all."""
        try:
            await self._there(mail, [self._notes.note("moved_to_dm")])
        except Refused as refused:
            log.info("moved without a word", code=refused.code, **_where(mail))

    async def _where_asked(self, mail: Mail, pages: Sequence[Page]) -> None:
        """What is not private. Where we may not write, the direct message takes it."""
        try:
            await self._there(mail, pages)
        except Refused as refused:
            log.info("not where asked", code=refused.code, **_where(mail))
            await self._to_direct(mail.origin.user, None, mail, pages)

    async def _there(self, mail: Mail, pages: Sequence[Page]) -> None:
        origin = mail.origin
        if origin.channel is None:
            await self._to_direct(origin.user, None, mail, pages)
        elif origin.surface is Surface.EPHEMERAL:
            await self._ephemeral(origin.channel, mail, pages)
        else:
            await self._post_all(origin.channel, origin.thread, mail, pages, look=origin.surface is Surface.DM)

    async def _in_private(self, mail: Mail, pages: Sequence[Page]) -> None:
        """The asker's own direct message, whatever channel a payload names; in the thread if it was asked there."""
        origin = mail.origin
        direct = await self._messenger.direct(origin.user)
        await self._to_direct(origin.user, origin.thread if origin.channel == direct else None, mail, pages)

    async def _to_direct(self, user: str, thread: str | None, mail: Mail, pages: Sequence[Page]) -> None:
        direct = await self._messenger.direct(user)
        try:
            await self._post_all(direct, thread, mail, pages, look=True)
        except Refused:
            if thread is None:
                raise
            # The message that the thread hangs on has been deleted.
            await self._post_all(direct, None, mail, pages, look=True)

    async def _post_all(
        self, channel: str, thread: str | None, mail: Mail, pages: Sequence[Page], *, look: bool
    ) -> None:
        """`look`: an earlier run may have posted some of it. In channels we hold no scope to look."""
        edited = 1 if await self._edited(channel, mail, pages) else 0
        posted = await self._messenger.parts_posted(channel, thread, mail.since) if look and mail.since else {}
        for number, page in enumerate(pages[edited:], edited):
            if (mail.mark, number) not in posted:
                await self._post(channel, thread, mail, number, page)

    async def _edited(self, channel: str, mail: Mail, pages: Sequence[Page]) -> bool:
        """Whether the first page has taken the place of the message that was pressed; what is gone is posted anew."""
        origin = mail.origin
        if not origin.edits or origin.channel != channel:
            return False
        try:
            await self._messenger.update(channel, origin.edits, pages[0])
        except Refused as refused:
            log.info("not in place", code=refused.code, **_where(mail))
            return False
        return True

    async def _post(self, channel: str, thread: str | None, mail: Mail, number: int, page: Page) -> None:
        try:
            await self._messenger.post(channel, page, thread, (mail.mark, number))
        except Refused as refused:
            if refused.code not in BLOCK_FAULTS:
                raise
            self._fell_back(refused, mail)
            await self._messenger.post(channel, Plainer.of(page), thread, (mail.mark, number))

    async def _ephemeral(self, channel: str, mail: Mail, pages: Sequence[Page]) -> None:
        origin = mail.origin
        for page in pages:
            try:
                await self._messenger.post_ephemeral(channel, origin.user, page, origin.thread)
            except Refused as refused:
                if refused.code not in BLOCK_FAULTS:
                    raise
                self._fell_back(refused, mail)
                await self._messenger.post_ephemeral(channel, origin.user, Plainer.of(page), origin.thread)

    def _fell_back(self, refused: Refused, mail: Mail) -> None:
        self._failures.labels(refused.code).inc()
        log.error("plain instead", code=refused.code, **_where(mail))


@dataclass(frozen=True, slots=True)
class Plainer:
    """A page in the plainest blocks that there are. Its fallback text stays as it was: lock screens show that."""

    text: str
    blocks: Sequence[Mapping[str, Any]]
    words: str

    @classmethod
    def of(cls, page: Page) -> "Plainer":
        """The title first, since notifications show the first block too."""
        words = page.plain()
        pieces = [words[i : i + _PLAIN_BLOCK] for i in range(0, len(words), _PLAIN_BLOCK)][:_MOST_PLAIN_BLOCKS]
        return cls(page.text, [_plain_section(piece) for piece in (page.text, *pieces)], words)

    def plain(self) -> str:
        """What a reader sees."""
        return self.words


def _plain_section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _where(mail: Mail) -> dict[str, str]:
    return {"reference": mail.reference, "surface": str(mail.origin.surface)}
