"""The plain app connected in the four ways that Bolt offers: each flavour over Socket Mode, and over HTTP."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from aiohttp import web
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Seed, WorkspaceThread

from ..apps import async_app as on_async_socket
from ..apps import sync_app as on_sync_socket
from . import async_app, sync_app
from .blocks import Json

Running = tuple[WorkspaceThread, list[Json]]
_NOWHERE = "http://127.0.0.1:9/"


@contextmanager
def sync_socket(seed: Seed) -> Iterator[Running]:
    heard: list[Json] = []
    with (
        WorkspaceThread(seed) as workspace,
        on_sync_socket(workspace, lambda app: sync_app.register(app, seed.bot_token, heard)),
    ):
        yield workspace, heard


@contextmanager
def async_socket(seed: Seed) -> Iterator[Running]:
    heard: list[Json] = []
    with (
        WorkspaceThread(seed) as workspace,
        on_async_socket(workspace, lambda app: async_app.register(app, seed.bot_token, heard)),
    ):
        yield workspace, heard


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def sync_http(seed: Seed) -> Iterator[Running]:
    heard: list[Json] = []
    with WorkspaceThread(seed, http_target=_NOWHERE) as workspace:
        web_client = WebClient(token=seed.bot_token, base_url=workspace.api_url)
        app = App(client=web_client, signing_secret=seed.signing_secret)
        sync_app.register(app, seed.bot_token, heard)
        server = make_server("127.0.0.1", 0, SlackRequestHandler(app, path="/slack/events"), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        workspace.http_target = f"http://127.0.0.1:{server.server_port}/slack/events"
        try:
            yield workspace, heard
        finally:
            server.shutdown()
            server.server_close()


@contextmanager
def async_http(seed: Seed) -> Iterator[Running]:
    heard: list[Json] = []
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    async def start(workspace: WorkspaceThread) -> web.AppRunner:
        web_client = AsyncWebClient(token=seed.bot_token, base_url=workspace.api_url)
        app = AsyncApp(client=web_client, signing_secret=seed.signing_secret)
        async_app.register(app, seed.bot_token, heard)
        runner = web.AppRunner(app.web_app(path="/slack/events"), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    with WorkspaceThread(seed, http_target=_NOWHERE) as workspace:
        runner = asyncio.run_coroutine_threadsafe(start(workspace), loop).result(10)
        workspace.http_target = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        try:
            yield workspace, heard
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)


WAYS: dict[str, Callable[[Seed], Any]] = {
    "sync, Socket Mode": sync_socket,
    "async, Socket Mode": async_socket,
    "sync, HTTP": sync_http,
    "async, HTTP": async_http,
}
