"""A slash command to its ack, and a question to its chat.postMessage: the real bot beside an empty one.

Both talk to the same stub of the Web API and commit as often to a file as durable as ours (WAL, synchronous FULL).
"""

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.cli.demo import load_branch
from bot.config import Settings
from bot.slack.messenger import open_session, web_client
from bot.wiring import build
from bot.wiring.slack import Bot, build_app
from tests.bench.timing import Compared, line, medians
from tests.handlers.branch import TEAM, branch_clock

TURNS = 200
USER, DM = "U1001", "D0001"


class Stub:
    """Answers every Web API call at once; tells when a message arrives."""

    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/api/"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        method = request.match_info["method"]
        if method == "chat.postMessage":
            self.arrived.set()
        user = {"id": USER, "team_id": TEAM, "profile": {"email": "liqiang@jiangzhou.example"}}
        known: dict[str, Any] = {
            "auth.test": {"team_id": TEAM, "user_id": "U0LADDER", "bot_id": "B0LADDER"},
            "users.info": {"user": user},
            "conversations.open": {"channel": {"id": DM}},
        }
        return web.json_response({"ok": True, "ts": "1.1", **known.get(method, {})})


class Ledgerless:
    """The empty bot's store: one row a commit, by the driver alone."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("CREATE TABLE t (key TEXT PRIMARY KEY, payload TEXT)")

    def commit(self, key: str) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO t VALUES (?, ?)", (key, "x" * 300))
        self._connection.execute("COMMIT")


def question(text: str) -> AsyncBoltRequest:
    """A message in the direct message, new each time."""
    stamp = f"{time.time_ns() / 1e9:.6f}"
    event = {"type": "message", "channel": DM, "channel_type": "im", "user": USER, "text": text, "team": TEAM,
             "ts": stamp, "event_ts": stamp}  # fmt: skip
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{time.monotonic_ns()}", "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": "U0LADDER", "is_bot": True}]}  # fmt: skip
    return AsyncBoltRequest(mode="socket_mode", body=json.dumps(body))


def slash() -> AsyncBoltRequest:
    """`/grade` in the direct message."""
    body = {"command": "/grade", "text": "二级", "user_id": USER, "channel_id": DM, "team_id": TEAM,
            "trigger_id": f"{time.monotonic_ns()}.1", "channel_name": "directmessage"}  # fmt: skip
    return AsyncBoltRequest(mode="socket_mode", body=body)


def empty_app(stub: Stub, session: Any, store: Ledgerless) -> AsyncApp:
    """Acks, commits and posts as often as ours, and does nothing else."""
    client = web_client("xoxb-1", stub.url, session)
    known = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id="U0LADDER", bot_token="xoxb-1")

    async def authorize() -> AuthorizeResult:
        return known

    app = AsyncApp(authorize=authorize, process_before_response=True)
    tasks = set()

    async def answer(key: str) -> None:
        await client.chat_postMessage(channel=DM, text="好")
        store.commit(f"{key}/done")

    async def heard(ack: AsyncAck, body: dict[str, Any]) -> None:
        key = body.get("event_id") or body["trigger_id"]
        store.commit(key)
        task = asyncio.create_task(answer(key))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        await ack()

    app.event("message")(heard)
    app.command("/grade")(heard)
    return app


async def measure() -> list[str]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as folder:
        stub = Stub()
        await stub.start()
        settings = Settings(
            _env_file=None, database_url=f"sqlite:///{folder}/l.sqlite3", slack_api_url=stub.url,
            slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_signing_secret="s",
        )  # fmt: skip
        parts = build(settings, branch_clock())
        load_branch(parts)
        bot = await build_app(parts, http=0)
        session, bare = open_session(), Ledgerless(Path(folder) / "bare.sqlite3")
        empty = empty_app(stub, session, bare)

        async def acked(app: AsyncApp) -> float:
            request = slash()
            start = time.perf_counter()
            await app.async_dispatch(request)
            spent = time.perf_counter() - start
            await settled(bot)
            return spent

        posted = posted_by(stub, bot)

        async def commit() -> float:
            start = time.perf_counter()
            bare.commit(f"c{time.monotonic_ns()}")
            return time.perf_counter() - start

        ack = await in_turn(lambda: acked(bot.app), commit)
        rule = await in_turn(lambda: posted(bot.app, "二级要多少贷款"), lambda: posted(empty, "x"))
        own = await in_turn(lambda: posted(bot.app, "我离二级还差多少"), lambda: posted(empty, "x"))
        beyond = (ack.ours - ack.baseline) * 1000
        await bot.runner.stop()
        await session.close()
        await stub.stop()
        parts.store.close()
    return [
        line("slash command to ack, in process", ack, "1 durable commit", f"aim 1 ms beyond: {beyond:.3f} ms"),
        line("question on a rule to chat.postMessage", rule, "empty handler, 2 commits", "aim x2"),
        line("question on one's standing to chat.postMessage", own, "empty handler, 2 commits", "aim x2"),
    ]


async def settled(bot: Bot) -> None:
    """Nothing is under way any more."""
    while bot.desk.waiting:  # noqa: ASYNC110 - the desk has nothing to wait on, and a bench adds nothing to it
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.003)


def posted_by(stub: Stub, bot: Bot) -> Callable[[AsyncApp, str], Awaitable[float]]:
    """Times a message from its event to the stub's chat.postMessage, in seconds."""

    async def posted(app: AsyncApp, text: str) -> float:
        request = question(text)
        stub.arrived.clear()
        start = time.perf_counter()
        await app.async_dispatch(request)
        await stub.arrived.wait()
        spent = time.perf_counter() - start
        await settled(bot)
        return spent

    return posted


async def in_turn(ours: Callable[[], Awaitable[float]], baseline: Callable[[], Awaitable[float]]) -> Compared:
    """The two sides by turns."""
    for _ in range(TURNS // 10):
        await ours()
        await baseline()
    left, right = [], []
    for _ in range(TURNS):
        left.append(await ours())
        right.append(await baseline())
    return medians(left, right)


def report() -> str:
    """Three lines."""
    return "\n".join(asyncio.run(measure()))


if __name__ == "__main__":
    print(report())
