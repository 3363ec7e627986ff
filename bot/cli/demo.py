"""What `ladder demo` does: the sample branch, a local workspace, and the real bot connected to it by Socket Mode."""

import asyncio
import contextlib
import os
import signal
import socket
import tempfile
import time
import webbrowser
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.cli.output import say
from bot.config import Settings
from bot.loading.data import knowledge
from bot.services.import_ledger import ImportLedger
from bot.wiring import Parts, build, build_app
from bot.workspace import Seed, SeedChannel, SeedUser, Workspace

BEGINS = "2026-10-09T09:30"
"""The branch's day: the third quarter's figures are in, whatever the machine's date is."""
STARTED = "LADDER_DEMO_STARTED"
"""When `make demo` began, in seconds since 1970; without it the seconds are counted from here."""
_LOADED = time.time()


class ShiftedClock:
    """Runs as fast as the machine's clock, but begins on the branch's day; implements `services.ports.Clock`."""

    def __init__(self, begins: datetime) -> None:
        self._zone = begins.tzinfo
        self._shift = begins.timestamp() - time.time()

    def time(self) -> float:
        """Seconds since 1970, for the workspace."""
        return time.time() + self._shift

    def now(self) -> datetime:
        """Aware, in the branch's time zone."""
        return datetime.fromtimestamp(self.time(), self._zone)


class SharedClock:
    """The workspace's clock as the bot's: both go on from where the page sets it; implements `services.ports.Clock`."""

    def __init__(self, workspace: Workspace, zone: tzinfo | None) -> None:
        self._time, self._zone = workspace.clock, zone

    def now(self) -> datetime:
        """Aware, in the branch's time zone."""
        return datetime.fromtimestamp(self._time(), self._zone)


@dataclass(frozen=True)
class Demo:
    """A demo that runs: its page is at `workspace.url`."""

    workspace: Workspace
    parts: Parts


async def run_demo(port: int, open_browser: bool) -> None:
    """Serves until Ctrl-C. The store is a new one each time, in a temporary folder that goes with it."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    began = float(os.environ.get(STARTED) or _LOADED)
    async with demo(port) as running:
        url = running.workspace.url
        say(f"{running.workspace.world.seed.team_name}已就绪:{url}  ({time.time() - began:.1f} 秒)")
        today = running.parts.clock.now().date().isoformat()
        say(f"样例分行的今天是 {today}。在页面上选择身份,试着问:我离二级还差多少。按 Ctrl-C 结束。")
        if open_browser:
            await asyncio.to_thread(webbrowser.open, url)
        await stop.wait()


@contextlib.asynccontextmanager
async def demo(port: int) -> AsyncIterator[Demo]:
    """Starts everything and stops it again, in the opposite order."""
    with tempfile.TemporaryDirectory(prefix="ladder-demo-", ignore_cleanup_errors=True) as folder:
        seed = read_seed(knowledge() / "demo" / "slack.yaml")
        begins = datetime.fromisoformat(BEGINS).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        workspace = Workspace(seed, port=_free(port), clock=ShiftedClock(begins).time)
        await workspace.start()
        try:
            clock = SharedClock(workspace, begins.tzinfo)
            parts = build(settings(workspace, Path(folder) / "demo.sqlite3"), clock)
            await asyncio.to_thread(load_branch, parts)
            async with _connected(parts):
                yield Demo(workspace, parts)
        finally:
            await workspace.stop()


HR_CHANNEL = "C0HR"
"""人力资源 in `knowledge/demo/slack.yaml`."""


def settings(workspace: Workspace, store: Path) -> Settings:
    """The workspace's tokens and a store of our own: of the environment only what may leave the bank
    (LADDER_CLIENT_NAMES, LADDER_FIGURES) counts, and no `.env` file."""
    seed = workspace.world.seed
    ours: dict[str, Any] = {
        "database_url": f"sqlite:///{store}",
        "timezone": "Asia/Shanghai",
        "metrics_port": None,
        "log_level": "WARNING",
        "hr_channel": HR_CHANNEL,
        "SLACK_BOT_TOKEN": seed.bot_token,
        "SLACK_APP_TOKEN": seed.app_token,
        "SLACK_SIGNING_SECRET": seed.signing_secret,
        "SLACK_API_URL": workspace.api_url,
    }
    return Settings(_env_file=None, **ours)


def load_branch(parts: Parts) -> None:
    """Imports the sample branch as any ledger is. RuntimeError where it is refused."""
    files = sorted((knowledge() / "demo").glob("*.csv"))
    report = parts.imports(ImportLedger(parsed=parts.read_ledger(files), actor="demo"))
    if not report.accepted:
        raise RuntimeError("\n".join(found.message for found in report.errors))


def read_seed(path: Path) -> Seed:
    """The workspace's people and channels (`knowledge/demo/slack.yaml`); the app's manifest is the real one."""
    from bot.slack.manifest import manifest

    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Seed(
        team_id=data["team"]["id"],
        team_name=data["team"]["name"],
        app_id=data["app"]["id"],
        bot_user_id=data["app"]["bot_user"],
        bot_name=data["app"]["bot_name"],
        bot_token="xoxb-demo",  # noqa: S106
        app_token="xapp-demo",  # noqa: S106
        signing_secret="demo",  # noqa: S106
        manifest=manifest(),
        users=tuple(SeedUser(**user) for user in data["users"]),
        channels=tuple(SeedChannel(**{**c, "members": tuple(c["members"])}) for c in data["channels"]),
    )


@contextlib.asynccontextmanager
async def _connected(parts: Parts) -> AsyncIterator[None]:
    """The real bot, as `ladder run` has it, its socket open."""
    from bot.slack.logs import set_up_logs

    set_up_logs(parts.settings.log_level)
    bot = await build_app(parts)
    await bot.runner.start()
    try:
        yield
    finally:
        await bot.runner.stop()
        await asyncio.to_thread(parts.store.close)


def _free(port: int) -> int:
    """The port asked for, or 0 (any) where another program holds it."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
