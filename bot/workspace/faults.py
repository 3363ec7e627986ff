"""Faults on demand: what happens to a coming Web API call instead of a good answer.

`KINDS` are the ones with names, for the page and for tests that read like sentences. Faults of the connection to the
app (a dropped or half-open socket, a lost ack) are in `sockets` and `delivery`; Slack's own limits in `pace`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fault:
    """One fault. `after`: the call takes effect first; `reset`: the connection ends without any answer.

    `error` is the code answered, `status` the HTTP status, `retry_after` the header's seconds. `hang`: no answer ever,
    until the caller gives up. `delay`: seconds before the answer. `good`: the true answer, only late.
    """

    method: str
    error: str = "internal_error"
    status: int = 200
    after: bool = False
    reset: bool = False
    retry_after: int | None = None
    hang: bool = False
    delay: float = 0.0
    good: bool = False


KINDS: dict[str, Callable[[str, float], Fault]] = {
    "ratelimited": lambda m, s: Fault(m, "ratelimited", 429, retry_after=max(1, round(s))),
    "server_error": lambda m, _: Fault(m, status=500),
    "server_error_after": lambda m, _: Fault(m, status=500, after=True),
    "timeout": lambda m, _: Fault(m, hang=True),
    "timeout_after": lambda m, _: Fault(m, hang=True, after=True),
    "reset": lambda m, _: Fault(m, reset=True),
    "reset_after": lambda m, _: Fault(m, reset=True, after=True),
    "slow": lambda m, s: Fault(m, after=True, good=True, delay=s),
    "fatal_error": lambda m, _: Fault(m, "fatal_error", after=True),
    "token_revoked": lambda m, _: Fault(m, "token_revoked"),
}
"""By name; the arguments are the method (`*` for any) and seconds (Retry-After, or how slow)."""


@dataclass
class Waiting:
    """A fault and how many more calls are to meet it."""

    fault: Fault
    kind: str
    times: int


class Faults:
    """The faults that wait for their call, first come first served."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []

    def add(self, fault: Fault, times: int, kind: str = "") -> None:
        """Let the next `times` calls of the fault's method meet it."""
        if times > 0:
            self.waiting.append(Waiting(fault, kind, times))

    def clear(self) -> None:
        """Forget those that have not been met."""
        self.waiting.clear()

    def meet(self, method: str) -> Fault | None:
        """The fault that this call meets, used up by it."""
        for one in self.waiting:
            if one.fault.method in (method, "*"):
                one.times -= 1
                if not one.times:
                    self.waiting.remove(one)
                return replace(one.fault, method=method)
        return None
