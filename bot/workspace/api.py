"""The HTTP side of the Web API: token, scopes, arguments, method, and a record of every call."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.workspace.answers import answer_by_url
from bot.workspace.args import Args, charset_warning, parse_args
from bot.workspace.faults import Fault, Faults
from bot.workspace.methods import METHODS, Call, Context
from bot.workspace.methods.registry import place_named
from bot.workspace.pace import Pace
from bot.workspace.problems import SlackError
from bot.workspace.scopes import METHOD_SCOPES, demand
from bot.workspace.state import Json


class WebApi:
    """Answers /api/<method> and response_urls; `calls` is all that came, oldest first."""

    def __init__(self, context: Context, faults: Faults, pace: Pace) -> None:
        self.context = context
        self.faults = faults
        self.pace = pace
        self.calls: list[Call] = []
        self._closing = asyncio.Event()

    async def serve(self, request: web.Request) -> web.Response:
        """One method call. Refusals are HTTP 200 with `ok` false, as Slack has it."""
        body, name = await request.read(), request.match_info["method"]
        kind = request.headers.get("Content-Type", "")
        args, owner, fault = Args(), "", None
        try:
            args = parse_args(body, kind, request.query)
            owner = self._owner(request, args)
            fault = self._fault(name, args)
            answer = self._run(name, args, owner) if fault is None or fault.after else {}
        except SlackError as refused:
            answer = {"ok": False, "error": refused.code, **refused.facts}
        if fault is None:
            self.context.world.mistakes.of_call(name, answer)
        elif not fault.good:
            answer = {"ok": False, "error": fault.error}
        answer |= charset_warning(body, kind, answer)
        now, wait = self.context.world.clock(), (fault and fault.retry_after) or 0
        self._record(Call(name, dict(args), body, now, owner, answer, _status(fault), wait))
        if fault is not None:
            await self._hold(request, fault)
        return _answered(request, answer, self._headers(name, owner), fault)

    def close(self) -> None:
        """Let go of the calls that are held."""
        self._closing.set()

    async def answer(self, request: web.Request) -> web.Response:
        """A post to a response_url: `ok`, or the error code with status 404 or 400."""
        body = await request.read()
        try:
            content: Any = json.loads(body)
        except ValueError:
            content = None
        world = self.context.world
        code = answer_by_url(world, request.match_info["name"], content, self.context.announce)
        args = content if isinstance(content, dict) else {}
        status = (404 if code in ("expired_url", "used_url") else 400) if code else 200
        told = {"ok": not code, "error": code}
        world.mistakes.of_call("response_url", told)
        self._record(Call("response_url", dict(args), body, world.clock(), "", told, status))
        return web.Response(status=status, text=code or "ok")

    def _fault(self, name: str, args: Args) -> Fault | None:
        """What this call meets instead of a good answer: a fault on demand, or Slack's pace."""
        world = self.context.world
        place, now = place_named(world, args.text("channel")), world.clock()
        world.mistakes.of_pace(name, place)
        fault = self.faults.meet(name) or (self.pace.too_fast(name, place, now) if self.pace.on else None)
        if fault is not None and fault.retry_after:
            world.mistakes.told_to_wait(name, place, fault.retry_after)
        if fault is not None and fault.after and not fault.good and name == "chat.postMessage":
            world.mistakes.may_come_again(place, world.stamp())
        return fault

    async def _hold(self, request: web.Request, fault: Fault) -> None:
        """Keep the caller waiting: for a while, or (`hang`) until it or this server gives up."""
        if fault.delay:
            await self._pause(fault.delay)
        while fault.hang and not self._closing.is_set() and request.transport is not None:
            await self._pause(0.05)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    def _owner(self, request: web.Request, args: Args) -> str:
        """Whose token it is: bot or app. SlackError not_authed without one, invalid_auth for a strange one."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = bearer or args.text("token")
        args.pop("token", None)  # a recorded call shows no secret
        if not token:
            raise SlackError("not_authed")
        seed = self.context.world.seed
        owner = {seed.bot_token: "bot", seed.app_token: "app"}.get(token)
        if owner is None:
            raise SlackError("invalid_auth")
        return owner

    def _run(self, name: str, args: Args, owner: str) -> Json:
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        if (owner == "app") != (name == "apps.connections.open"):
            raise SlackError("not_allowed_token_type")
        demand(self.context.world.manifest, *METHOD_SCOPES.get(name, ()))
        return {"ok": True, **METHODS[name](self.context, args)}

    def _headers(self, name: str, owner: str) -> dict[str, str]:
        if owner != "bot":
            return {}
        granted = ",".join(sorted(self.context.world.manifest.scopes))
        return {"x-oauth-scopes": granted, "x-accepted-oauth-scopes": ",".join(METHOD_SCOPES.get(name, ()))}

    def _record(self, call: Call) -> None:
        self.calls.append(call)
        self.context.world.changes.note()


def _answered(request: web.Request, value: Json, headers: dict[str, str], fault: Fault | None) -> web.Response:
    if fault is not None and (fault.reset or fault.hang) and request.transport is not None:
        request.transport.close()
    if fault is not None and fault.retry_after is not None:
        headers = headers | {"Retry-After": str(fault.retry_after)}
    return web.json_response(value, status=_status(fault) or 200, headers=headers, dumps=_dumps)


def _status(fault: Fault | None) -> int:
    """The HTTP status that the caller gets; 0 when it gets none at all."""
    if fault is None or fault.good:
        return 200
    return 0 if fault.reset or fault.hang else fault.status


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
