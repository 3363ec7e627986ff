"""Plain slack-bolt apps, sync and async, over Socket Mode, as their own documentation starts them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import WorkspaceThread


def client(workspace: WorkspaceThread, token: str = "xoxb-test") -> WebClient:
    return WebClient(token=token, base_url=workspace.api_url)


def let_go(client_or_handler: Any) -> None:
    """Close a Socket Mode client of the SDK without waiting for it.

    That takes it seconds, and for ever where it is told to close just as it reconnects.
    """
    threading.Thread(target=client_or_handler.close, daemon=True).start()


@contextmanager
def sync_app(workspace: WorkspaceThread, *registers: Callable[[App], None]) -> Iterator[App]:
    """Run a sync app, once for each of `registers` if several: they are then sockets of the same app."""
    handlers = []
    for register in registers:
        app = App(client=client(workspace))
        register(app)
        handler = SocketModeHandler(app, app_token="xapp-test", web_client=client(workspace, "xapp-test"))
        handler.connect()
        handlers.append(handler)
    workspace.wait_for(lambda: len(workspace.workspace.hub.sockets) == len(registers))
    try:
        yield app
    finally:
        for handler in handlers:
            let_go(handler)


@contextmanager
def async_app(workspace: WorkspaceThread, register: Callable[[AsyncApp], None]) -> Iterator[None]:
    """Run an async app in a thread with its own loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> AsyncSocketModeHandler:
        app = AsyncApp(client=AsyncWebClient(token="xoxb-test", base_url=workspace.api_url))
        register(app)
        handler = AsyncSocketModeHandler(
            app, "xapp-test", web_client=AsyncWebClient(token="xapp-test", base_url=workspace.api_url)
        )
        await handler.connect_async()
        return handler

    handler = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(handler.close_async(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
