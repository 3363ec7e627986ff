"""Starts the bot and ends it: the line to Slack, the desk, and the small web server."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

import aiohttp
import structlog
from aiohttp import web

from bot.slack.messenger import Identity, Messenger
from bot.slack.problems import Refused, SlackUnavailable, Unknown
from bot.slack.socket_line import SocketLine

log = structlog.get_logger("ladder.runner")

_LONGEST_WAIT = 30.0


async def introduce(messenger: Messenger) -> Identity:
    """Who we are; waits for a Slack that cannot be reached. SlackUnavailable where it refuses the token."""
    wait = 1.0
    while True:
        try:
            return await messenger.whoami()
        except Refused as refused:
            raise SlackUnavailable(reason=f"auth.test: {refused.code}") from None
        except Unknown as unknown:
            log.warning("Slack not reached", cause=unknown.cause, next_try=wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


class Desk(Protocol):
    """What has to be started and drained."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


class Jobs(Protocol):
    """What runs by itself."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


class Runner:
    """Either line, and the same beginning and end. `port` is None where no web server is wanted."""

    def __init__(
        self,
        *,
        desk: Desk,
        jobs: Jobs,
        socket: SocketLine | None,
        web_server: web.Application,
        port: int | None,
        session: aiohttp.ClientSession,
        finish: Callable[[], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._socket = socket
        self._port = port
        self._session = session
        self._finish = finish
        self._server = web.AppRunner(web_server, access_log=None, shutdown_timeout=5)
        self.address: tuple[str, int] | None = None
        """Where the web server listens, once it does."""

    async def start(self) -> None:
        """Listens; the desk first takes up what an earlier process left."""
        self._desk.start()
        if self._port is not None:
            await self._server.setup()
            site = web.TCPSite(self._server, "0.0.0.0", self._port)  # noqa: S104 - a service; a proxy stands before it
            await site.start()
            self.address = self._server.addresses[0]
        if self._socket:
            await self._socket.open()
        self._jobs.start()

    async def stop(self) -> None:
        """Takes nothing more, answers what it has acked, and lets go of everything."""
        if self._socket:
            self._socket.take_no_more()
        await self._server.cleanup()
        await self._jobs.stop()
        await self._desk.stop()
        if self._socket:
            await self._socket.close()
        await self._session.close()
        await self._finish()

    async def run(self) -> None:
        """Until SIGTERM, SIGINT or cancellation."""
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, ended.set)
        try:
            await self.start()
            await ended.wait()
        finally:
            await self.stop()
