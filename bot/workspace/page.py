"""The page for people in a browser: HTML and files, a live view per person, and what they do.

There is no log-in, on purpose (`?as=` says who one is), so the server listens on this machine only, and refuses
requests that another site's page makes: a foreign Host (DNS rebinding) or a foreign Origin.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.workspace.acts import Acts
from bot.workspace.interactions import Interactions
from bot.workspace.page_acts import PageActs
from bot.workspace.people_view import front, snapshot
from bot.workspace.problems import NotDelivered, Refused
from bot.workspace.state import World

_AT_LEAST_EVERY = 30.0
"""Seconds between two snapshots."""
_LOCAL = frozenset({"127.0.0.1", "localhost"})
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse any request whose Host or Origin is not this machine."""
    origin = request.headers.get("Origin")
    if (request.url.host or "") not in _LOCAL or (origin is not None and origin != f"http://{request.host}"):
        raise web.HTTPForbidden(text="this workspace answers only to its own page on this machine")
    return await handler(request)


class Page:
    """The page's routes. `folder` holds page.html and its CSS and JavaScript."""

    def __init__(self, acts: Acts, interactions: Interactions, folder: Path) -> None:
        self.world: World = acts.world
        self.page_acts = PageActs(acts, interactions)
        self.folder = folder
        self._open: set[web.WebSocketResponse] = set()
        self._html = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [
            web.get("/", self.show), web.get("/page/live", self.live), web.post("/page/do", self.do),
            web.get("/page/{file}", self.file),
        ]  # fmt: skip

    async def show(self, request: web.Request) -> web.Response:
        """The page itself; its script asks for the rest."""
        html = self._html.get_template("page.html").render(front=front(self.world))
        here = f"http://{request.host} ws://{request.host}"
        policy = (
            f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src {here}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        safe = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return web.Response(text=html, content_type="text/html", headers=safe | {"Referrer-Policy": "no-referrer"})

    async def file(self, request: web.Request) -> web.Response:
        """One of the page's own files; only names that stand in its folder."""
        path = self.folder / request.match_info["file"]
        if path.suffix not in _TYPES or path.name not in {p.name for p in self.folder.iterdir()}:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=headers)

    async def live(self, request: web.Request) -> web.StreamResponse:
        """A WebSocket that sends a person's snapshot now and after every change."""
        user = request.query.get("as", "")
        if user not in self.world.users:
            raise web.HTTPNotFound(text="no such person")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._open.add(socket)
        sender = asyncio.create_task(self._send(socket, user))
        try:
            async for _ in socket:
                pass  # the page says nothing here; reading keeps the connection's end visible
        finally:
            self._open.discard(socket)
            sender.cancel()
        return socket

    async def do(self, request: web.Request) -> web.Response:
        """One act of a person (`page_acts`); answers `{ok}` or `{ok: false, notice}`."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            asked = json.loads(await request.read())
            answer = {"ok": True, **await self.page_acts.do(str(asked["as"]), str(asked["act"]), asked)}
        except Refused as refused:
            answer = {"ok": False, "notice": refused.words, "reason": refused.reason}
        except NotDelivered as failed:
            answer = {"ok": False, "notice": failed.words, "reason": failed.reason, "sent": True}
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise web.HTTPBadRequest(text=type(wrong).__name__) from None
        return web.json_response(answer, dumps=lambda v: json.dumps(v, ensure_ascii=False))

    async def close(self) -> None:
        """Close every browser's connection."""
        for socket in list(self._open):
            await socket.close()

    async def _send(self, socket: web.WebSocketResponse, user: str) -> None:
        """Send snapshots; several changes within a moment become one."""
        with contextlib.suppress(ConnectionError):
            while not socket.closed:
                version = self.world.changes.version
                await socket.send_str(json.dumps(snapshot(self.world, user), ensure_ascii=False))
                with contextlib.suppress(TimeoutError):  # a status line ends by itself, which nothing announces
                    await asyncio.wait_for(self.world.changes.after(version), _AT_LEAST_EVERY)
                await asyncio.sleep(0.02)
