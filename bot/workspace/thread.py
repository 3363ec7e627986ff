"""The workspace for callers without an event loop: the same methods, run in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

from bot.workspace.acts import SlashReceipt
from bot.workspace.faults import Fault
from bot.workspace.interactions import SubmitReceipt
from bot.workspace.methods import Call
from bot.workspace.seed import Seed
from bot.workspace.seen import Seen
from bot.workspace.server import Workspace
from bot.workspace.state import Json

T = TypeVar("T")


class WorkspaceThread:
    """`with WorkspaceThread(seed) as workspace:` starts and stops it; options as for Workspace.

    `workspace` is the Workspace inside; touch it only through `run` or from its own loop.
    """

    def __init__(self, seed: Seed, **options: Any) -> None:
        self.workspace = Workspace(seed, **options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="workspace", daemon=True)

    def __enter__(self) -> WorkspaceThread:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start the thread and the server; returns when it listens."""
        self._thread.start()
        try:
            self.run(self.workspace.start())
        except OSError:  # the port is taken: leave no thread behind
            self._end()
            raise

    def stop(self) -> None:
        """Stop the server and end the thread."""
        self.run(self.workspace.stop())
        self._end()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the workspace's loop and return its result here."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def look(self, question: Callable[[], T]) -> T:
        """Call a function in the workspace's loop, so that nothing changes while it looks."""

        async def ask() -> T:
            return question()

        return self.run(ask())

    @property
    def url(self) -> str:
        """See Workspace.url."""
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """See Workspace.api_url."""
        return self.workspace.api_url

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

    def say(self, user: str, text: str, *, channel: str | None = None, thread_ts: str | None = None) -> str:
        """See Workspace.say."""
        return self.run(self.workspace.say(user, text, channel=channel, thread_ts=thread_ts))

    def drop_file(self, user: str, name: str, content: bytes, *, channel: str | None = None, text: str = "") -> str:
        """See Workspace.drop_file."""
        return self.run(self.workspace.drop_file(user, name, content, channel=channel, text=text))

    def drop_files(self, user: str, files: Sequence[tuple[str, bytes]], *, channel: str | None = None) -> str:
        """See Workspace.drop_files."""
        return self.run(self.workspace.drop_files(user, files, channel=channel))

    def file(self, number: str) -> bytes:
        """See Workspace.file."""
        return self.look(lambda: self.workspace.file(number))

    @property
    def downloads(self) -> list[tuple[str, int]]:
        """A copy of Workspace.downloads."""
        return self.look(lambda: list(self.workspace.downloads))

    def mention(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """See Workspace.mention."""
        return self.run(self.workspace.mention(user, channel, text, thread_ts=thread_ts))

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """See Workspace.edit."""
        self.run(self.workspace.edit(user, channel, ts, text))

    def delete(self, user: str, channel: str, ts: str) -> None:
        """See Workspace.delete."""
        self.run(self.workspace.delete(user, channel, ts))

    def slash(self, user: str, command_text: str, *, channel: str | None = None) -> SlashReceipt:
        """See Workspace.slash."""
        return self.run(self.workspace.slash(user, command_text, channel=channel))

    def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """See Workspace.press."""
        self.run(self.workspace.press(user, channel, ts, action_id, value=value, block_id=block_id))

    def press_home(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """See Workspace.press_home."""
        self.run(self.workspace.press_home(user, action_id, value=value, block_id=block_id))

    def press_modal(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """See Workspace.press_modal."""
        self.run(self.workspace.press_modal(user, action_id, value=value, block_id=block_id))

    def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """See Workspace.submit."""
        return self.run(self.workspace.submit(user, values))

    def close_modal(self, user: str, *, everything: bool = False) -> None:
        """See Workspace.close_modal."""
        self.run(self.workspace.close_modal(user, everything=everything))

    def open_home(self, user: str, *, tab: str = "home") -> None:
        """See Workspace.open_home."""
        self.run(self.workspace.open_home(user, tab=tab))

    def invite_app(self, user: str, channel: str) -> None:
        """See Workspace.invite_app."""
        self.run(self.workspace.invite_app(user, channel))

    def inject(self, payload: Json, kind: str = "events_api", retry_num: int = 0, retry_reason: str = "") -> Json:
        """See Workspace.inject."""
        return self.run(self.workspace.inject(payload, kind, retry_num, retry_reason))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """See Workspace.disconnect."""
        self.run(self.workspace.disconnect(reason))

    def fail(self, fault: Fault, *, times: int = 1) -> None:
        """See Workspace.fail."""
        self.look(lambda: self.workspace.fail(fault, times=times))

    def seen_by(self, user: str) -> Seen:
        """See Workspace.seen_by."""
        return self.look(lambda: self.workspace.seen_by(user))

    def dm(self, user: str) -> list[Json]:
        """See Workspace.dm."""
        return self.look(lambda: self.workspace.dm(user))

    def dm_id(self, user: str) -> str:
        """See Workspace.dm_id."""
        return self.look(lambda: self.workspace.dm_id(user))

    def messages(self, channel: str) -> list[Json]:
        """See Workspace.messages."""
        return self.look(lambda: self.workspace.messages(channel))

    def ephemerals(self, user: str) -> list[Json]:
        """See Workspace.ephemerals."""
        return self.look(lambda: self.workspace.ephemerals(user))

    def read(self, user: str, channel: str) -> None:
        """See Workspace.read."""
        self.look(lambda: self.workspace.read(user, channel))

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10) -> T:
        """The predicate's first true value; TimeoutError after `timeout` seconds. It runs in the caller's thread."""
        deadline = threading.Event()
        timer = threading.Timer(timeout, deadline.set)
        timer.start()
        try:
            while not (value := predicate()):
                if deadline.wait(0.01):
                    raise TimeoutError("nothing came of it in time")
        finally:
            timer.cancel()
        return value
