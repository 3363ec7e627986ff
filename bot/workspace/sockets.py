"""Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode

Each envelope goes to one of the open sockets, in turn. A socket that closes before its ack fails that try at once.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from bot.workspace.delivery import Retry, Unacked
from bot.workspace.mistakes import Mistakes
from bot.workspace.problems import SlackError
from bot.workspace.state import Json

_MOST_SOCKETS = 10


class SocketHub:
    """All sockets of the app. `patience` is how many seconds an ack may take, and a first socket to come."""

    def __init__(self, app_id: str, patience: float, mistakes: Mistakes) -> None:
        self.app_id = app_id
        self.mistakes = mistakes
        self._overdue: dict[str, str] = {}
        """The kind of each envelope that has not been acked in time, by its id."""
        self.patience = patience
        self.sockets: list[web.WebSocketResponse] = []
        self.half_open: set[web.WebSocketResponse] = set()
        """Sockets over which nothing comes or goes any more, though neither side has closed them."""
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._tickets: set[str] = set()
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json]]] = {}
        self._some_open = asyncio.Event()
        self._turn = 0

    def ticket(self) -> str:
        """A secret that opens one socket, once."""
        if len(self.sockets) >= _MOST_SOCKETS:
            raise SlackError("too_many_websockets")
        name = secrets.token_urlsafe(16)
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket route: hello, then acks until it closes."""
        if request.query.get("ticket") not in self._tickets:
            raise web.HTTPForbidden(text="bad ticket")
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.sockets.append(socket)
        if isinstance(request.transport, asyncio.Transport):
            self._transports[socket] = request.transport
        try:
            await socket.send_json(self._hello())
            self._some_open.set()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take_ack(message.data)
        except ConnectionError:
            pass  # the other side is gone; what waited for it is failed below
        finally:
            self._drop(socket)
            self.half_open.discard(socket)
            self._transports.pop(socket, None)
        return socket

    async def hand(self, kind: str, payload: Json, retry: Retry) -> Json:
        """Send one envelope to the next socket and return the payload of its ack; raises Unacked."""
        socket = await self._next_socket()
        envelope_id = secrets.token_hex(16)
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry.num, "retry_reason": retry.reason}
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, ack)
        try:
            if socket not in self.half_open:
                await socket.send_json(envelope)
            return await asyncio.wait_for(ack, self.patience)
        except TimeoutError:
            staged = socket in self.half_open
            if staged:
                self._cut(socket)
            else:
                self._overdue[envelope_id] = kind
            raise Unacked("timeout", staged=staged) from None
        except ConnectionError:
            raise Unacked("socket_closed") from None
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str) -> None:
        """Tell every socket to reconnect (`warning`, `refresh_requested`, `link_disabled`), as Slack does at times."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
            if reason != "warning":
                self._drop(socket)
                await socket.close()

    def drop(self) -> None:
        """End every connection without a word, as a broken network does."""
        for socket in list(self.sockets):
            self._cut(socket)

    def leave_half_open(self) -> None:
        """Neither read nor answer on any socket open now, not even a ping; each is given up at its first time-out."""
        for socket in self.sockets:
            self.half_open.add(socket)
            if socket in self._transports:
                self._transports[socket].pause_reading()

    def _cut(self, socket: web.WebSocketResponse) -> None:
        self._drop(socket)
        if socket in self._transports:
            self._transports[socket].abort()

    async def close(self) -> None:
        """Close every socket; for the end of the workspace."""
        for socket in self.half_open & set(self.sockets):
            self._cut(socket)
        for socket in list(self.sockets):
            self._drop(socket)
            await socket.close()

    def _hello(self) -> Json:
        debug = {"host": "local", "build_number": 1, "approximate_connection_time": 18_060}
        info = {"app_id": self.app_id}
        count = len(self.sockets)
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": info}

    async def _next_socket(self) -> web.WebSocketResponse:
        try:
            async with asyncio.timeout(self.patience):
                while not self.sockets:
                    await self._some_open.wait()
        except TimeoutError:
            raise Unacked("no_socket") from None
        self._turn += 1
        return self.sockets[self._turn % len(self.sockets)]

    def _take_ack(self, text: str) -> None:
        """An ack names its envelope; anything else (a client's own ping text) is not for us."""
        try:
            ack: Any = json.loads(text)
        except ValueError:
            return
        name = str(ack.get("envelope_id")) if isinstance(ack, dict) else ""
        if name in self._overdue:
            self.mistakes.of_late_ack(self._overdue.pop(name))
        waiting = self._waiting.get(name)
        if waiting is not None and not waiting[1].done():
            payload = ack.get("payload")
            waiting[1].set_result(payload if isinstance(payload, dict) else {})

    def _drop(self, socket: web.WebSocketResponse) -> None:
        if socket in self.sockets:
            self.sockets.remove(socket)
        if not self.sockets:
            self._some_open.clear()
        for owner, future in self._waiting.values():
            if owner is socket and not future.done():
                future.set_exception(ConnectionError("socket closed before the ack"))
