"""Files that people send, and files and progress lines that go back; `bot.slack.files` is behind the port."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.services.origin import Mail, Page

MOST_BYTES = 20 * 1024 * 1024
"""Of all files of one message together."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was sent."""

    id: str
    name: str
    content: bytes


class Attachments(Protocol):
    """Files of a conversation."""

    async def fetch(self, ids: Sequence[str]) -> list[Attachment]:
        """By Slack's file ids. FileUnavailable, FileTooLarge."""

    async def send(self, mail: Mail, name: str, content: bytes, comment: str) -> None:
        """Into the asker's own direct message, whatever channel was asked in; not again, where an earlier run had done
        it. FileNotSent where Slack refuses."""

    async def shown_before(self, mail: Mail) -> str | None:
        """What names the progress line of an earlier run; None where there is none, or Slack does not say. Never
        raises."""

    async def show(self, mail: Mail, page: Page, shown: str | None) -> str | None:
        """A progress line in the asker's direct message, or a newer one in its place; what names it. Never raises."""
