"""A Socket Mode client of a few lines, and a way to run a story with a workspace in one loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.workspace import Workspace

from .conftest import make_seed


class RawSocket:
    """A Socket Mode client of a few lines: it acks only when it is told to."""

    def __init__(self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.session, self.socket = session, socket
        self.hello: dict[str, Any] = {}

    @classmethod
    async def connect(cls, workspace: Workspace) -> RawSocket:
        session = aiohttp.ClientSession()
        headers = {"Authorization": "Bearer xapp-test"}
        async with session.post(f"{workspace.api_url}apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        raw = cls(session, await session.ws_connect(url))
        raw.hello = await raw.next()
        return raw

    async def next(self) -> dict[str, Any]:
        message: dict[str, Any] = await self.socket.receive_json(timeout=5)
        return message

    async def ack(self, envelope: dict[str, Any], payload: dict[str, Any] | None = None) -> None:
        answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        await self.socket.send_json(answer | ({"payload": payload} if payload else {}))

    async def close(self) -> None:
        await self.socket.close()
        await self.session.close()


def with_workspace(story: Callable[[Workspace], Any], **options: Any) -> None:
    """Run a story in one event loop with a workspace of little patience."""

    async def run() -> None:
        workspace = Workspace(make_seed(), **{"patience": 0.3, "retry_delays": (0, 0.01, 0.01), **options})
        await workspace.start()
        try:
            await story(workspace)
        finally:
            await workspace.stop()

    asyncio.run(run())
