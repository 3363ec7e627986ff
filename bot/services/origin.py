"""Where a request came from, and the port through which its answer goes back; `bot.slack.delivery` is behind it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.access import Asker, Surface
from bot.services.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A Slack user and the place where they asked."""

    team: str
    """The user's own team, which is not ours for a stranger met over Slack Connect."""
    user: str
    surface: Surface
    channel: str | None = None
    """None for App Home."""
    thread: str | None = None
    """The thread to answer in: always one in a channel, in a direct message only where one was written in."""
    edits: str | None = None
    """The message of ours that the answer takes the place of: a choice pressed answers where it was offered."""

    @property
    def conversation(self) -> tuple[str, str, str]:
        """What is answered in order: one person in one thread."""
        return self.channel or "", self.thread or "", self.user

    @property
    def follow_up_key(self) -> str:
        """What a follow-up refers to: the thread, whoever writes in it."""
        return f"{self.team}:{self.channel or self.user}:{self.thread or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One answer's envelope."""

    origin: Origin
    key: str
    """The inbox row that it answers."""
    reference: str
    """The number that an error message shows and the log holds."""
    since: datetime | None = None
    """When the question came, where an earlier run may have answered it: then look before posting."""

    @property
    def mark(self) -> str:
        """Says nothing to anybody, and is the same for each run: any app can read a message's metadata."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


class Sent(StrEnum):
    """What became of an answer."""

    DONE = "done"
    REFUSED = "refused"
    """Slack will not have it; the log says why."""
    UNSURE = "unsure"
    """Nobody knows whether Slack took it: look later, then post again."""


class Page(Protocol):
    """One message, as `bot.render` makes it."""

    @property
    def text(self) -> str:
        """The fallback that a lock screen shows."""

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]: ...

    def plain(self) -> str:
        """What a reader sees, without marks."""


class Directory(Protocol):
    """Who somebody on Slack is."""

    async def known(self, origin: Origin) -> Callable[[], Asker]:
        """Asks Slack; what it gives back looks into the store, and so belongs in a thread, with the use case.

        Never somebody else; IdentityUnavailable where Slack cannot be asked.
        """

    async def mentioned(self, users: Sequence[str]) -> dict[str, str]:
        """Staff numbers of those of these Slack users who are matched to staff."""

    async def may_be_linked(self, origin: Origin) -> bool:
        """A full, active member of our own team."""

    async def accounts(self, people: Sequence[str]) -> dict[str, str]:
        """Staff number -> Slack user id, of those of these members of staff who are on Slack."""


class Courier(Protocol):
    """Sends what has been answered."""

    async def deliver(self, mail: Mail, outcome: Outcome, pages: Sequence[Page]) -> Sent:
        """Where it was asked, or in the direct message: by the outcome's matter."""

    async def tell(self, mail: Mail, page: Page) -> Sent:
        """Where it was asked: errors and notes, which hold nothing private."""

    async def write_to(self, user: str, mail: Mail, pages: Sequence[Page]) -> Sent:
        """To another person's direct message."""

    async def post_in(self, channel: str, thread: str | None, mail: Mail, page: Page) -> str | None:
        """Into a channel that the configuration names; the message's ts, None where Slack refuses."""

    async def publish_home(self, mail: Mail, view: Mapping[str, Any]) -> Sent:
        """The asker's App Home."""
