"""What nobody has asked for just now goes to the person's own direct message, and nowhere else. Each call once."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.outbox import Result, Tried
from bot.services.letters import Recipient
from bot.services.origin import Page
from bot.slack.delivery import BLOCK_FAULTS, Plainer
from bot.slack.directory import StaffDirectory
from bot.slack.messenger import Messenger
from bot.slack.problems import IdentityUnavailable, Refused, Unknown

_BARRED = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission"}
_BARRED |= {"missing_scope", "team_access_not_granted", "org_login_required"}
_GONE = {
    "channel_not_found",
    "user_not_found",
    "user_disabled",
    "cannot_dm_bot",
    "messages_tab_disabled",
    "not_in_channel",
}
_GONE |= {"user_not_visible", "is_archived"}


class RateLimitedError(Exception):
    """Slack asks to wait: nothing was done."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds} s")
        self.seconds = seconds


async def no_waiting(seconds: float) -> None:
    """For a messenger whose waits would outlast a lease: it tells instead."""
    raise RateLimitedError(seconds)


class SlackLetters:
    """Implements `services.letters.Letters`. Its messenger and directory must not wait by themselves (`no_waiting`)."""

    def __init__(self, messenger: Messenger, directory: StaffDirectory, zone: ZoneInfo) -> None:
        """`zone`: of those whose profile names none."""
        self._messenger = messenger
        self._directory = directory
        self._zone = zone

    async def reach(self, person: str) -> Recipient | Tried:
        """Asked anew each time, but for what the directory keeps for some minutes."""
        try:
            found = await self._directory.reach(person)
        except RateLimitedError as limited:
            return _limited(limited)
        except IdentityUnavailable as problem:
            return _unidentified(problem.__cause__)
        if found is None:
            return Tried(result=Result.GONE, detail="undeliverable")
        user, zone = found
        return Recipient(user, self._own_zone(zone))

    async def look(self, recipient: Recipient, mark: str, since: datetime) -> Tried | None:
        """By the mark in the messages' metadata, from some minutes before `since` on."""
        found = await self._tried(self._look(recipient, mark, since), Result.UNREACHED, Result.BLIND)
        return found if isinstance(found, Tried) else None

    async def post(self, recipient: Recipient, page: Page, mark: str) -> Tried:
        """To the user's id, which is the direct message: opening it first would be one call more for each person."""
        tried = await self._post(recipient, page, mark)
        if tried.result is Result.REFUSED and tried.detail in BLOCK_FAULTS:
            return await self._post(recipient, Plainer.of(page), mark)
        return tried

    async def _post(self, recipient: Recipient, page: Page, mark: str) -> Tried:
        posting = self._messenger.post(recipient.user, page, None, (mark, 0))
        ts = await self._tried(posting, Result.UNSURE, Result.REFUSED)
        return ts if isinstance(ts, Tried) else Tried(result=Result.SENT, ts=ts, recipient=recipient.user)

    async def _look(self, recipient: Recipient, mark: str, since: datetime) -> Tried | None:
        direct = await self._messenger.direct(recipient.user)
        posted = await self._messenger.parts_posted(direct, None, since)
        ts = posted.get((mark, 0))
        return Tried(result=Result.SENT, ts=ts, recipient=recipient.user) if ts else None

    async def _tried(self, call: Awaitable[Any], unknown: Result, refused: Result) -> Any:
        """The call's own result, or a Tried for what Slack said instead."""
        try:
            return await call
        except RateLimitedError as limited:
            return _limited(limited)
        except Unknown as problem:
            return Tried(result=unknown, detail=problem.cause)
        except Refused as problem:
            return _refused(problem.code, refused)

    def _own_zone(self, name: str | None) -> ZoneInfo:
        try:
            return ZoneInfo(name) if name else self._zone
        except (ZoneInfoNotFoundError, ValueError):
            return self._zone


def _limited(limited: RateLimitedError) -> Tried:
    return Tried(result=Result.RATE_LIMITED, wait=timedelta(seconds=limited.seconds), detail="ratelimited")


def _unidentified(cause: BaseException | None) -> Tried:
    if isinstance(cause, Refused):
        return _refused(cause.code, Result.GONE)
    return Tried(result=Result.UNREACHED, detail=cause.cause if isinstance(cause, Unknown) else "unreachable")


def _refused(code: str, otherwise: Result) -> Tried:
    if code in _BARRED:
        return Tried(result=Result.BARRED, detail=code)
    if code in _GONE:
        return Tried(result=Result.GONE, detail="undeliverable")
    return Tried(result=otherwise, detail=code)
