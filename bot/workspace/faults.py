"""Faults on demand: what happens to a coming Web API call instead of a good answer, and Slack's pace of posting."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.args import Args
from bot.workspace.state import World

_SECONDS_BETWEEN_POSTS = 1.0  # https://docs.slack.dev/apis/web-api/rate-limits: one message a second and channel


@dataclass(frozen=True)
class Fault:
    """One fault. `after`: the call takes effect first; `reset`: the connection ends without any answer.

    `error` is the code answered, `status` the HTTP status, `retry_after` the header's seconds.
    """

    method: str
    error: str = "internal_error"
    status: int = 200
    after: bool = False
    reset: bool = False
    retry_after: int | None = None


class Faults:
    """The faults that wait for their call, first come first served, and the pace that `paced` holds callers to."""

    def __init__(self, paced: bool) -> None:
        self.paced = paced
        self._waiting: list[Fault] = []
        self._posted: dict[str, float] = {}

    def add(self, fault: Fault, times: int) -> None:
        """Let the next `times` calls of the fault's method meet it."""
        self._waiting += [fault] * times

    def meet(self, world: World, method: str, args: Args) -> Fault | None:
        """The fault that this call meets, used up by it."""
        for fault in self._waiting:
            if fault.method in (method, "*"):
                self._waiting.remove(fault)
                return fault
        return self._too_fast(world, method, args)

    def _too_fast(self, world: World, method: str, args: Args) -> Fault | None:
        if not self.paced or method not in ("chat.postMessage", "chat.postEphemeral"):
            return None
        now, channel = world.clock(), args.text("channel")
        if now - self._posted.get(channel, 0.0) < _SECONDS_BETWEEN_POSTS:
            return Fault(method, "ratelimited", 429, retry_after=1)
        self._posted[channel] = now
        return None
