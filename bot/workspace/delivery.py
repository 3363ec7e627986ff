"""Handing things to the app, with Slack's patience: three seconds, then three more tries for events only.

https://docs.slack.dev/apis/events-api#retries
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.workspace.mistakes import Mistakes
from bot.workspace.problems import NotDelivered
from bot.workspace.state import Json

_MISTAKES = frozenset({"timeout", "http_timeout", "http_error", "url_verification", "too_many_redirects"})


@dataclass(frozen=True)
class Retry:
    """Which try this is (0 the first) and why the one before failed."""

    num: int = 0
    reason: str = ""


class Unacked(Exception):
    """One try failed; `final` when the app asked for no more (X-Slack-No-Retry), `staged` when by a fault on demand."""

    def __init__(self, reason: str, final: bool = False, staged: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
        self.staged = staged


@dataclass(frozen=True)
class Handed:
    """One try to hand something over: what, which try, after how many seconds it ended, and why it failed if it did."""

    kind: str
    payload: Json
    retry: Retry
    seconds: float
    failed: str = ""


class Line(Protocol):
    """A way to the app: Socket Mode or HTTP."""

    async def hand(self, kind: str, payload: Json, retry: Retry) -> Json:
        """Hand over once and return what came in the ack (empty when nothing did); raises Unacked."""
        ...

    async def close(self) -> None:
        """Let go of everything that is open."""
        ...


class Delivery:
    """Retries around a line, and the tasks that nobody waits for. `delays` are seconds before tries 1, 2 and 3."""

    def __init__(self, line: Line, delays: Sequence[float], mistakes: Mistakes) -> None:
        self.line = line
        self.mistakes = mistakes
        self.delays = tuple(delays)
        self.handed: list[Handed] = []
        self.lost_acks = 0
        """Of how many coming events the ack is to get lost, so that Slack sends them again."""
        self._tasks: set[asyncio.Task[Any]] = set()

    async def event(self, payload: Json) -> None:
        """Deliver an event; raises NotDelivered when the last try went unacked too."""
        reason = ""
        for num in range(len(self.delays) + 1):
            if num:
                self._expect_twice(payload.get("event") or {})
                await asyncio.sleep(self.delays[num - 1])
            try:
                await self.hand("events_api", payload, Retry(num, reason))
                self._lose_ack()
            except Unacked as failed:
                reason = failed.reason
                if failed.final:
                    break
            else:
                return
        raise NotDelivered(reason)

    async def ask(self, kind: str, payload: Json) -> Json:
        """Deliver a command or an interaction: once, since a person is waiting and can do it again."""
        self.mistakes.asked_anew(payload.get("channel_id") or (payload.get("channel") or {}).get("id", ""))
        try:
            return await self.hand(kind, payload, Retry())
        except Unacked as failed:
            raise NotDelivered(failed.reason) from None

    async def hand(self, kind: str, payload: Json, retry: Retry) -> Json:
        """One try over the line, recorded; raises Unacked."""
        began, failed = time.perf_counter(), ""
        try:
            return await self.line.hand(kind, payload, retry)
        except Unacked as unacked:
            failed = unacked.reason
            if failed in _MISTAKES and not unacked.staged:
                self.mistakes.of_ack(kind, failed)
            raise
        finally:
            self.handed.append(Handed(kind, payload, retry, time.perf_counter() - began, failed))

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that nobody waits for; a failure to deliver ends it quietly, as it does at Slack."""
        task = asyncio.get_running_loop().create_task(_quiet(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _expect_twice(self, event: Json) -> None:
        if isinstance(event.get("channel"), str):
            self.mistakes.may_come_again(event["channel"], str(event.get("ts") or event.get("event_ts")))

    def _lose_ack(self) -> None:
        if self.lost_acks:
            self.lost_acks -= 1
            raise Unacked("timeout")

    async def close(self) -> None:
        """Give up what is under way and close the line."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.line.close()


async def _quiet(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except NotDelivered:
        return
