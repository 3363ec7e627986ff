"""HTTP: Slack's signed posts at /slack/events, and what operators look at."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.shape import well_formed

_STAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_OLDEST = 5 * 60


class Unreadable(ValueError):
    """A signed body that is no payload."""


def signed_by_slack(secret: str, headers: Any, body: bytes, now: float) -> bool:
    """Bolt fails (500) on a malformed time and on non-ASCII signatures; here whatever is not right is false."""
    stamp, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not (_STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature)) or abs(now - int(stamp)) > _OLDEST:
        return False
    made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={made}", signature)


def read_payload(body: bytes) -> dict[str, Any]:
    """JSON, a form with a `payload`, or a form. Bolt takes any form that holds the word for the second."""
    try:
        text = body.decode()
        if text.startswith(("{", "[")):
            payload = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True))
            payload = json.loads(form["payload"]) if "payload" in form and "command" not in form else form
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not well_formed(payload):
        raise Unreadable
    return dict(payload)


class Line:
    """Receives Slack's posts for an app; it sees them as Socket Mode would hand them over."""

    def __init__(self, app: AsyncApp, secret: str) -> None:
        self._app = app
        self._secret = secret

    async def receive(self, request: web.Request) -> web.Response:
        """401 for what Slack has not signed, 400 for what cannot be read, else what Bolt answers."""
        body = await request.read()
        if not signed_by_slack(self._secret, request.headers, body, time.time()):
            return web.json_response({"error": "invalid request"}, status=401)
        try:
            payload = read_payload(body)
        except Unreadable:
            return web.json_response({"error": "unreadable"}, status=400)
        bolt_request = AsyncBoltRequest(mode="socket_mode", body=payload)
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))


def web_app(
    line: Line | None,
    registry: CollectorRegistry,
    ready: Callable[[], Awaitable[bool]],
    feed: Callable[[str], Awaitable[bytes | None]],
) -> web.Application:
    """`line` is None in Socket Mode, where Slack posts nothing. `feed`: the calendar of a private address's token."""

    async def calendar(request: web.Request) -> web.Response:
        """404 alike for an address that never was and one that was revoked; nobody on the way may keep it."""
        found = await feed(request.match_info["token"])
        if found is None:
            raise web.HTTPNotFound
        private = {"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, no-store"}
        return web.Response(body=found, headers=private)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_: web.Request) -> web.Response:
        return web.Response(text="ready") if await ready() else web.Response(text="not ready", status=503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    app.add_routes([web.get(r"/calendar/{token:[A-Za-z0-9_-]{1,64}}.ics", calendar)])
    if line:
        app.add_routes([web.post("/slack/events", line.receive)])
    return app
