"""The workspace for callers without an event loop: the same methods, run in a thread of its own."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from bot.workspace.clock import MovableClock
from bot.workspace.delivery import Handed
from bot.workspace.faults import Fault
from bot.workspace.methods import Call
from bot.workspace.mistakes import Mistake
from bot.workspace.people_in_thread import PeopleInThread
from bot.workspace.seed import Seed
from bot.workspace.server import Workspace
from bot.workspace.state import Json


class WorkspaceThread(PeopleInThread):
    """`with WorkspaceThread(seed) as workspace:` starts and stops it; options as for Workspace.

    `workspace` is the Workspace inside; touch it only through `run` or from its own loop.
    """

    def __init__(self, seed: Seed, **options: Any) -> None:
        super().__init__("workspace")
        self.workspace = Workspace(seed, **options)

    def __enter__(self) -> WorkspaceThread:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start the thread and the server; returns when it listens."""
        self.begin()
        try:
            self.run(self.workspace.start())
        except OSError:  # the port is taken: leave no thread behind
            self.end()
            raise

    def stop(self) -> None:
        """Stop the server and end the thread."""
        self.run(self.workspace.stop())
        self.end()

    @property
    def url(self) -> str:
        """See Workspace.url."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """See Workspace.api_url."""
        return self.workspace.api_url

    @property
    def clock(self) -> MovableClock:
        """See Workspace.clock."""
        return self.workspace.clock

    @property
    def calls(self) -> list[Call]:
        """A copy of Workspace.calls."""
        return self.look(lambda: list(self.workspace.calls))

    @property
    def http_target(self) -> str | None:
        """See Workspace.http_target."""
        return self.workspace.http_target

    @http_target.setter
    def http_target(self, target: str) -> None:
        self.workspace.http_target = target

    def inject(self, payload: Json, kind: str = "events_api", retry_num: int = 0, retry_reason: str = "") -> Json:
        """See Workspace.inject."""
        return self.run(self.workspace.inject(payload, kind, retry_num, retry_reason))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """See Workspace.disconnect."""
        self.run(self.workspace.disconnect(reason))

    def fail(self, fault: Fault, *, times: int = 1) -> None:
        """See Workspace.fail."""
        self.look(lambda: self.workspace.fail(fault, times=times))

    def drop_sockets(self) -> None:
        """See Workspace.drop_sockets."""
        self.look(self.workspace.drop_sockets)

    def leave_sockets_half_open(self) -> None:
        """See Workspace.leave_sockets_half_open."""
        self.look(self.workspace.leave_sockets_half_open)

    def lose_acks(self, times: int) -> None:
        """See Workspace.lose_acks."""
        self.look(lambda: self.workspace.lose_acks(times))

    def lag_history(self, seconds: float) -> None:
        """See Workspace.lag_history."""
        self.look(lambda: self.workspace.lag_history(seconds))

    def fail_as(self, kind: str, method: str = "*", *, times: int = 1, seconds: float = 1.0) -> None:
        """See Workspace.fail_as."""
        self.look(lambda: self.workspace.fail_as(kind, method, times=times, seconds=seconds))

    @property
    def mistakes(self) -> list[Mistake]:
        """A copy of Workspace.mistakes."""
        return self.look(lambda: list(self.workspace.mistakes))

    def keep_private(self, text: str, *people: str) -> None:
        """See Workspace.keep_private."""
        self.look(lambda: self.workspace.keep_private(text, *people))

    @property
    def handed(self) -> list[Handed]:
        """A copy of Workspace.handed."""
        return self.look(lambda: list(self.workspace.handed))

    @property
    def downloads(self) -> list[tuple[str, int]]:
        """A copy of Workspace.downloads."""
        return self.look(lambda: list(self.workspace.downloads))
