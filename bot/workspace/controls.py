"""Faults, clock and limits from the page, and the record of calls: what a tester turns, beside what people do.

`GET /page/controls` answers:

    {"clock": {"now": 1790000000.0, "shifted": 0.0},        seconds since the epoch; how far it was moved
     "kinds": ["ratelimited", …], "methods": ["*", "auth.test", …],      what a fault can be, and of which method
     "faults": [{"kind", "method", "times"}, …],            those that wait for their call
     "lag": 0.0, "paced": false, "lost_acks": 0, "line": "socket" | "http",
     "sockets": 1, "half_open": 0, "calls": 12,             open now; Web API calls so far
     "mistakes": 0}                                         of the app, so far

`POST /page/controls` takes one JSON object and answers the same as GET does afterwards; `{"do": …}` is one of

    {"do": "fault", "kind": "slow", "method": "chat.postMessage", "times": 1, "seconds": 2}
                        the next `times` calls meet it; method `*` is any; seconds: how slow, or Retry-After
    {"do": "clear"}     forget the faults that wait, lost acks and the lag, and stop the pace
    {"do": "clock", "to": "2026-12-31T09:00"}   or seconds since the epoch; without an offset in the zone of `as`
    {"do": "clock", "by": 3600}                 seconds, back where negative
    {"do": "clock", "quarter_end": true}        09:00 of the next last day of a quarter
    {"do": "clock", "reset": true}
    {"do": "lag", "seconds": 5}                 new messages are missing in conversations.history for so long
    {"do": "pace", "on": true}                  one message a second and conversation, and the tiers' limits
    {"do": "lost_acks", "times": 1}             the next events are sent once more, though they were acked
    {"do": "sockets", "how": "drop"}            or half_open, warning, refresh_requested, link_disabled

400 for what makes no sense. `"as": user id` may stand in each. `GET /page/calls?after=N` answers the calls from number
N on, oldest first, at most 200: `{"calls": [{"number", "method", "time", "owner", "bytes", "status", "ok", "error",
"args"}], "next": M}`; ask again from `next`. `GET /page/mistakes` answers the app's mistakes (`mistakes`), oldest
first, the last 200: `{"mistakes": [{"number", "kind", "about", "words", "code", "time"}]}`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.workspace.api import WebApi
from bot.workspace.clock import MovableClock, quarter_end
from bot.workspace.delivery import Delivery
from bot.workspace.faults import KINDS
from bot.workspace.methods import METHODS
from bot.workspace.sockets import SocketHub
from bot.workspace.state import Json, World

_MOST_CALLS = 200
_WORDS = ("warning", "refresh_requested", "link_disabled")


class Controls:
    """The routes under /page/controls and /page/calls, and what they turn."""

    def __init__(self, world: World, clock: MovableClock, api: WebApi, delivery: Delivery, hub: SocketHub) -> None:
        self.world, self.clock, self.api, self.delivery, self.hub = world, clock, api, delivery, hub
        self._turns: dict[str, Callable[[Json], None]] = {
            "fault": self._fault, "clear": self._clear, "clock": self._clock, "lag": self._lag, "pace": self._pace,
            "lost_acks": self._lost_acks,
        }  # fmt: skip

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [
            web.get("/page/controls", self.show), web.post("/page/controls", self.turn),
            web.get("/page/calls", self.calls), web.get("/page/mistakes", self.mistakes),
        ]  # fmt: skip

    async def show(self, _: web.Request) -> web.Response:
        """How everything stands."""
        return web.json_response(self.state())

    async def turn(self, request: web.Request) -> web.Response:
        """Turn one thing."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            asked = json.loads(await request.read())
            if asked["do"] == "sockets":
                await self._sockets(str(asked["how"]))
            else:
                self._turns[asked["do"]](asked)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
            raise web.HTTPBadRequest(text=type(wrong).__name__) from None
        self.world.changes.note()
        return web.json_response(self.state())

    async def calls(self, request: web.Request) -> web.Response:
        """Web API calls and response_url posts, as they were recorded."""
        try:
            after = max(0, int(request.query.get("after", "0")))
        except ValueError:
            raise web.HTTPBadRequest(text="after") from None
        some = self.api.calls[after : after + _MOST_CALLS]
        told = [
            {"number": n, "method": c.method, "time": c.time, "owner": c.owner, "bytes": len(c.bytes)}
            | {"status": c.status, "ok": bool(c.response.get("ok")), "error": c.response.get("error", "")}
            | {"args": c.args}
            for n, c in enumerate(some, after)
        ]
        return web.json_response({"calls": told, "next": after + len(some)})

    async def mistakes(self, _: web.Request) -> web.Response:
        """The app's mistakes, the last ones."""
        told = [
            {"number": n, "kind": m.kind, "about": m.about, "words": m.words, "code": m.code, "time": m.at}
            for n, m in enumerate(self.world.mistakes.all)
        ]
        return web.json_response({"mistakes": told[-_MOST_CALLS:]})

    def state(self) -> Json:
        """What GET answers."""
        waiting = [
            {"kind": w.kind or w.fault.error, "method": w.fault.method, "times": w.times}
            for w in self.api.faults.waiting
        ]
        return {
            "clock": {"now": self.world.clock(), "shifted": self.clock.shift},
            "kinds": list(KINDS), "methods": ["*", *sorted(METHODS)], "faults": waiting,
            "lag": self.world.history_lag, "paced": self.api.pace.on, "lost_acks": self.delivery.lost_acks,
            "line": "socket" if self.delivery.line is self.hub else "http", "sockets": len(self.hub.sockets),
            "half_open": len(self.hub.half_open), "calls": len(self.api.calls),
            "mistakes": len(self.world.mistakes.all),
        }  # fmt: skip

    def _fault(self, asked: Json) -> None:
        kind, method = str(asked["kind"]), str(asked.get("method", "*"))
        if method != "*" and method not in METHODS:
            raise ValueError(method)
        seconds = _least(float(asked.get("seconds", 1)), 0)
        self.api.faults.add(KINDS[kind](method, seconds), int(asked.get("times", 1)), kind)

    def _clear(self, _: Json) -> None:
        self.api.faults.clear()
        self.world.history_lag, self.delivery.lost_acks, self.api.pace.on = 0.0, 0, False

    def _clock(self, asked: Json) -> None:
        zone = self._zone(str(asked.get("as", "")))
        if asked.get("reset"):
            self.clock.reset()
        elif asked.get("quarter_end"):
            self.clock.set(quarter_end(self.clock(), zone))
        elif "to" in asked:
            self.clock.set(_moment(asked["to"], zone))
        else:
            self.clock.set(_moment(self.clock() + float(asked["by"]), zone))

    def _lag(self, asked: Json) -> None:
        self.world.history_lag = _least(float(asked["seconds"]), 0)

    def _pace(self, asked: Json) -> None:
        self.api.pace.on = bool(asked["on"])

    def _lost_acks(self, asked: Json) -> None:
        self.delivery.lost_acks = int(_least(int(asked.get("times", 1)), 0))

    async def _sockets(self, how: str) -> None:
        if how == "drop":
            self.hub.drop()
        elif how == "half_open":
            self.hub.leave_half_open()
        elif how in _WORDS:
            await self.hub.disconnect(how)
        else:
            raise ValueError(how)

    def _zone(self, user: str) -> tzinfo:
        person = self.world.users.get(user)
        return ZoneInfo(person.tz if person else next(iter(self.world.users.values())).tz)


def _moment(told: object, zone: tzinfo) -> float:
    """Seconds since the epoch, or an ISO moment; ValueError for anything else."""
    if isinstance(told, int | float) and not isinstance(told, bool):
        return datetime.fromtimestamp(told, zone).timestamp()
    at = datetime.fromisoformat(str(told))
    return (at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()


def _least(value: float, least: float) -> float:
    if not value >= least:
        raise ValueError(value)
    return value
