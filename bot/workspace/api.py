"""The HTTP side of the Web API: token, scopes, arguments, method, and a record of every call."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from bot.workspace.answers import answer_by_url
from bot.workspace.args import Args, parse_args
from bot.workspace.faults import Fault, Faults
from bot.workspace.methods import METHODS, Call, Context
from bot.workspace.problems import SlackError
from bot.workspace.scopes import METHOD_SCOPES, demand
from bot.workspace.state import Json


class WebApi:
    """Answers /api/<method> and response_urls; `calls` is all that came, oldest first."""

    def __init__(self, context: Context, faults: Faults) -> None:
        self.context = context
        self.faults = faults
        self.calls: list[Call] = []

    async def serve(self, request: web.Request) -> web.Response:
        """One method call. Refusals are HTTP 200 with `ok` false, as Slack has it."""
        body, name = await request.read(), request.match_info["method"]
        args, owner, fault = Args(), "", None
        try:
            args = parse_args(body, request.headers.get("Content-Type", ""), request.query)
            owner = self._owner(request, args)
            fault = self.faults.meet(self.context.world, name, args)
            answer = self._run(name, args, owner) if fault is None or fault.after else {}
        except SlackError as refused:
            answer = {"ok": False, "error": refused.code, **refused.facts}
        if fault is not None:
            answer = {"ok": False, "error": fault.error}
        self._record(name, args, body, owner, answer)
        return _answered(request, answer, self._headers(name, owner), fault)

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
        self._record("response_url", Args(args), body, "", {"ok": not code, "error": code})
        if code:
            return web.Response(status=404 if code in ("expired_url", "used_url") else 400, text=code)
        return web.Response(text="ok")

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

    def _record(self, name: str, args: Args, body: bytes, owner: str, answer: Json) -> None:
        now = self.context.world.clock()
        self.calls.append(Call(name, dict(args), body, now, owner, answer))
        self.context.world.changes.note()


def _answered(request: web.Request, value: Json, headers: dict[str, str], fault: Fault | None) -> web.Response:
    if fault is not None and fault.reset and request.transport is not None:
        request.transport.close()
    if fault is not None and fault.retry_after is not None:
        headers = headers | {"Retry-After": str(fault.retry_after)}
    status = 200 if fault is None else fault.status
    return web.json_response(value, status=status, headers=headers, dumps=_dumps)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
