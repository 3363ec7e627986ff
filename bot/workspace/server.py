"""The workspace as a whole: one server on this machine, people who act, and what each of them sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from bot.workspace.acts import Acts
from bot.workspace.announcer import Announcer
from bot.workspace.api import WebApi
from bot.workspace.clock import MovableClock
from bot.workspace.controls import Controls
from bot.workspace.delivery import Delivery, Handed, Line, Retry, Unacked
from bot.workspace.faults import KINDS, Fault, Faults
from bot.workspace.file_routes import MOST_BODY, FileRoutes
from bot.workspace.http_line import HttpLine
from bot.workspace.interactions import Interactions
from bot.workspace.methods import Call, Context
from bot.workspace.mistakes import Mistake
from bot.workspace.pace import Pace
from bot.workspace.page import Page, only_from_here
from bot.workspace.payloads import verification_token
from bot.workspace.people import People
from bot.workspace.problems import NotDelivered
from bot.workspace.seed import Seed
from bot.workspace.sockets import SocketHub
from bot.workspace.state import Json, World

T = TypeVar("T")
_HERE = Path(__file__).resolve()
_LOOK_AGAIN = 0.02


def default_templates() -> Path:
    """The page's folder: inside an installed package (bot/_data), else in the checkout."""
    packaged = _HERE.parents[1] / "_data" / "templates" / "workspace"
    return packaged if packaged.is_dir() else _HERE.parents[2] / "templates" / "workspace"


class Workspace(People):
    """A local Slack for one app. `port` 0 takes a free one.

    `patience` (for an ack) and `retry_delays` are in seconds. `paced`: a second post within a second is answered with
    429, and so are calls beyond a method's tier (`per_minute` sets other limits, by method).
    """

    def __init__(
        self,
        seed: Seed,
        *,
        port: int = 0,
        templates: Path | None = None,
        http_target: str | None = None,
        clock: Callable[[], float] = time.time,
        patience: float = 3.0,
        retry_delays: Sequence[float] = (0, 3, 10),
        paced: bool = False,
        per_minute: Mapping[str, int] | None = None,
    ) -> None:
        self.clock = MovableClock(clock)
        self.world = World(seed, self.clock)
        self._faults, self.pace = Faults(), Pace(paced, per_minute)
        self.hub = SocketHub(seed.app_id, patience, self.world.mistakes)
        self._port, self._templates = port, templates or default_templates()
        line: Line = self.hub
        if http_target:
            line = HttpLine(http_target, seed.signing_secret, verification_token(self.world), patience)
        self._delivery = Delivery(line, retry_delays, self.world.mistakes)
        self._announcer = Announcer(self.world, self._delivery)

    async def start(self) -> None:
        """Listen on 127.0.0.1; from here on `url` and `api_url` hold."""
        app = web.Application(middlewares=[only_from_here], client_max_size=MOST_BODY)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        # The routes need the port, and the port needs a server: so listen first with the app open for routes.
        sock = await asyncio.to_thread(_listen, self._port)
        self._port = sock.getsockname()[1]
        self._join(app)
        await self._runner.setup()
        await web.SockSite(self._runner, sock).start()

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self._api.close()
        await self._delivery.close()
        await self.hub.close()
        await self._page.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self._port}/"

    @property
    def api_url(self) -> str:
        """The Web API's base address, for SLACK_API_URL or WebClient(base_url=…)."""
        return f"{self.url}api/"

    @property
    def http_target(self) -> str | None:
        """The app's address in HTTP mode, None in Socket Mode; may be set anew when the app has moved."""
        line = self._delivery.line
        return line.target if isinstance(line, HttpLine) else None

    @http_target.setter
    def http_target(self, target: str) -> None:
        line = self._delivery.line
        if not isinstance(line, HttpLine):
            raise TypeError("this workspace was made for Socket Mode")
        line.target = target

    @property
    def calls(self) -> list[Call]:
        """Every Web API call and response_url post so far, oldest first."""
        return self._api.calls

    @property
    def mistakes(self) -> list[Mistake]:
        """Every mistake of the app that was seen so far, oldest first."""
        return self.world.mistakes.all

    def keep_private(self, text: str, *people: str) -> None:
        """From now on it is a mistake to show this text to anybody but these people, in words or in a file."""
        self.world.mistakes.keep_private(text, people)

    @property
    def handed(self) -> list[Handed]:
        """Every try to hand something to the app so far, oldest first, with how long its ack took."""
        return self._delivery.handed

    @property
    def downloads(self) -> list[tuple[str, int]]:
        """(file id, status) of every download by the app so far."""
        return self._files.downloads

    async def inject(self, payload: Json, kind: str = "events_api", retry_num: int = 0, retry_reason: str = "") -> Json:
        """Hand over a payload as it stands, once; the ack's payload. Raises NotDelivered."""
        try:
            return await self._delivery.hand(kind, payload, Retry(retry_num, retry_reason))
        except Unacked as failed:
            raise NotDelivered(failed.reason) from None

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to reconnect, as Slack does every few hours."""
        await self.hub.disconnect(reason)

    def drop_sockets(self) -> None:
        """Break every connection of Socket Mode without a word."""
        self.hub.drop()

    def leave_sockets_half_open(self) -> None:
        """Nothing comes or goes any more over the sockets open now, and neither side has closed them."""
        self.hub.leave_half_open()

    def lose_acks(self, times: int) -> None:
        """The acks of the next events get lost, so that they are sent again."""
        self._delivery.lost_acks = times

    def lag_history(self, seconds: float) -> None:
        """For so long new messages are missing in conversations.history and .replies."""
        self.world.history_lag = seconds

    def fail(self, fault: Fault, *, times: int = 1) -> None:
        """Let the next `times` calls of a method meet this fault."""
        self._faults.add(fault, times)

    def fail_as(self, kind: str, method: str = "*", *, times: int = 1, seconds: float = 1.0) -> None:
        """The same by the fault's name (`faults.KINDS`); `seconds` is how slow, or the Retry-After."""
        self._faults.add(KINDS[kind](method, seconds), times, kind)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109
        """The predicate's first true value; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (value := predicate()):  # noqa: ASYNC110
                # The predicate may also look at things outside the workspace, so look again now and then.
                await asyncio.sleep(_LOOK_AGAIN)
        return value

    def _join(self, app: web.Application) -> None:
        context = Context(self.world, self._announcer.announce, self.url, self._socket_url)
        self._api = WebApi(context, self._faults, self.pace)
        self._acts = Acts(self.world, self._announcer, self.url)
        self._interactions = Interactions(self._acts)
        self._page = Page(self._acts, self._interactions, self._templates)
        self._files = FileRoutes(self._acts)
        controls = Controls(self.world, self.clock, self._api, self._delivery, self.hub)
        app.add_routes([*self._files.routes(), *controls.routes()])
        app.add_routes(self._page.routes())
        app.add_routes([web.post("/api/{method}", self._api.serve), web.get("/api/{method}", self._api.serve)])
        app.add_routes([web.post("/respond/{name}", self._api.answer), web.get("/socket", self.hub.serve)])

    def _socket_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/socket?ticket={self.hub.ticket()}&app_id={self.world.seed.app_id}"


def _listen(port: int) -> Any:
    import socket

    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    return sock
