"""A thread with an event loop of its own, and the way to have work done in it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Starts its thread on `begin`; everything else waits for what it asks of the loop."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    def end(self) -> None:
        """Stop the loop and wait for the thread."""
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
