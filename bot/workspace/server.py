"""The workspace as a whole: one server on this machine, people who act, and what each of them sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from bot.workspace.acts import Acts, SlashReceipt
from bot.workspace.announcer import Announcer
from bot.workspace.api import WebApi
from bot.workspace.delivery import Delivery, Line, Retry, Unacked
from bot.workspace.faults import Fault, Faults
from bot.workspace.file_routes import MOST_BODY, FileRoutes
from bot.workspace.http_line import HttpLine
from bot.workspace.interactions import Interactions, SubmitReceipt
from bot.workspace.methods import Call, Context
from bot.workspace.page import Page, only_from_here
from bot.workspace.payloads import verification_token
from bot.workspace.people_view import mark_read
from bot.workspace.problems import NotDelivered
from bot.workspace.seed import Seed
from bot.workspace.seen import Seen, seen_by
from bot.workspace.sockets import SocketHub
from bot.workspace.state import Json, World

T = TypeVar("T")
_HERE = Path(__file__).resolve()
_LOOK_AGAIN = 0.02


def default_templates() -> Path:
    """The page's folder: inside an installed package (bot/_data), else in the checkout."""
    packaged = _HERE.parents[1] / "_data" / "templates" / "workspace"
    return packaged if packaged.is_dir() else _HERE.parents[2] / "templates" / "workspace"


class Workspace:
    """A local Slack for one app. `port` 0 takes a free one.

    `patience` (for an ack) and `retry_delays` are in seconds; `paced` answers 429 to a second post within a second.
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
    ) -> None:
        self.world = World(seed, clock)
        self._faults = Faults(paced)
        self.hub = SocketHub(seed.app_id, patience)
        self._port, self._templates = port, templates or default_templates()
        line: Line = self.hub
        if http_target:
            line = HttpLine(http_target, seed.signing_secret, verification_token(self.world), patience)
        self._delivery = Delivery(line, retry_delays)
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

    async def say(self, user: str, text: str, *, channel: str | None = None, thread_ts: str | None = None) -> str:
        """Write a message, in the direct message when no channel is given; its ts. Raises NotDelivered."""
        return await self._acts.say(user, text, channel, thread_ts)

    async def drop_file(
        self, user: str, name: str, content: bytes, *, channel: str | None = None, text: str = ""
    ) -> str:
        """Drop one file, into the direct message when no channel is given; the message's ts. Raises NotDelivered."""
        return await self._acts.drop_files(user, [(name, content)], channel, text)

    async def drop_files(self, user: str, files: Sequence[tuple[str, bytes]], *, channel: str | None = None) -> str:
        """Drop several, as one message."""
        return await self._acts.drop_files(user, files, channel)

    def file(self, number: str) -> bytes:
        """The bytes of a file by its id."""
        return self.world.files[number].content or b""

    @property
    def downloads(self) -> list[tuple[str, int]]:
        """(file id, status) of every download by the app so far."""
        return self._files.downloads

    async def mention(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write `@app text` in a channel; its ts. Raises NotDelivered, also when the app is not in the channel."""
        if self.world.seed.bot_user_id not in self._acts.place(user, channel).members:
            raise NotDelivered("not_in_channel", "应用不在这个频道里。")
        return await self._acts.say(user, f"@{self.world.seed.bot_name} {text}", channel, thread_ts)

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Edit one's own message."""
        await self._acts.edit(user, channel, ts, text)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        await self._acts.delete(user, channel, ts)

    async def slash(self, user: str, command_text: str, *, channel: str | None = None) -> SlashReceipt:
        """Type a slash command. Raises Refused for an unknown one, NotDelivered without an ack."""
        return await self._acts.slash(user, command_text, channel)

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """Use a button, select or picker of a message."""
        await self._interactions.press(user, channel, ts, action_id, value=value, block_id=block_id)

    async def press_home(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """The same on one's Home tab."""
        await self._interactions.press_home(user, action_id, value, block_id)

    async def press_modal(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """The same in the topmost modal."""
        await self._interactions.press_modal(user, action_id, value, block_id)

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """Fill in and submit the topmost modal."""
        return await self._interactions.submit(user, values)

    async def close_modal(self, user: str, *, everything: bool = False) -> None:
        """Close the topmost modal, or all of them."""
        await self._interactions.close(user, everything)

    async def open_home(self, user: str, *, tab: str = "home") -> None:
        """Open the app's Home tab (or `messages`)."""
        await self._acts.open_home(user, tab)

    async def invite_app(self, user: str, channel: str) -> None:
        """Bring the app into a channel."""
        await self._acts.invite_app(user, channel)

    async def inject(self, payload: Json, kind: str = "events_api", retry_num: int = 0, retry_reason: str = "") -> Json:
        """Hand over a payload as it stands, once; the ack's payload. Raises NotDelivered."""
        try:
            return await self._delivery.line.hand(kind, payload, Retry(retry_num, retry_reason))
        except Unacked as failed:
            raise NotDelivered(failed.reason) from None

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to reconnect, as Slack does every few hours."""
        await self.hub.disconnect(reason)

    def fail(self, fault: Fault, *, times: int = 1) -> None:
        """Let the next `times` calls of a method meet this fault."""
        self._faults.add(fault, times)

    def seen_by(self, user: str) -> Seen:
        """Everything this person can see."""
        return seen_by(self.world, user)

    def dm(self, user: str) -> list[Json]:
        """The messages between a person and the app, oldest first, ephemeral ones left out."""
        return list(self.world.direct_message(user).messages.values())

    def dm_id(self, user: str) -> str:
        """The id of that direct message."""
        return self.world.direct_message(user).id

    def messages(self, channel: str) -> list[Json]:
        """The messages of a channel, replies among them, oldest first, ephemeral ones left out."""
        return list(self.world.conversations[channel].messages.values())

    def ephemerals(self, user: str) -> list[Json]:
        """The ephemeral messages shown to a person, oldest first."""
        return list(self.seen_by(user).ephemerals)

    def read(self, user: str, channel: str) -> None:
        """Mark a conversation as read."""
        mark_read(self.world, user, channel)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 10) -> T:  # noqa: ASYNC109
        """The predicate's first true value; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (value := predicate()):  # noqa: ASYNC110
                # The predicate may also look at things outside the workspace, so look again now and then.
                await asyncio.sleep(_LOOK_AGAIN)
        return value

    def _join(self, app: web.Application) -> None:
        context = Context(self.world, self._announcer.announce, self.url, self._socket_url)
        self._api = WebApi(context, self._faults)
        self._acts = Acts(self.world, self._announcer, self.url)
        self._interactions = Interactions(self._acts)
        self._page = Page(self._acts, self._interactions, self._templates)
        self._files = FileRoutes(self._acts)
        app.add_routes(self._files.routes())
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
