"""The sample branch in a local workspace, with the real bot connected to it as `ladder run` connects it."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.cli.demo import ShiftedClock, load_branch, read_seed
from bot.cli.demo import settings as demo_settings
from bot.config import Settings
from bot.loading.data import knowledge
from bot.services.ports import Clock
from bot.wiring import Parts, build
from bot.wiring.slack import Bot, build_app
from bot.workspace import Seed, SeedChannel, SeedUser, WorkspaceThread
from handlers.desk import Patience
from tests.conftest import SHANGHAI

T = TypeVar("T")

OWN, SUPERVISOR, OTHER, HR = "U1001", "U2001", "U1002", "U3001"
"""李强 of 城东支行, his supervisor 周敏, his colleague 王静, and the HR clerk, by Slack user id."""
LEFT, UNKNOWN, GUEST, STRANGER = "U1025", "U9001", "U9002", "U9003"
TEAM = "T0JIANGZHOU"
FIGURE = "6900"
"""万元: 李强's deposits of 二级 (knowledge/demo/README.md); it stands on every card of his."""
QUESTION = "我离二级还差多少"
RULE = "二级要多少贷款"
MOVED = "已私信你"
PROGRESS = ("正在处理台账", "台账已处理完")
QUICK = Patience(lease=timedelta(seconds=1), grace=timedelta(seconds=0.5), drain=5.0)


def branch_seed() -> Seed:
    """The sample's people, and a channel that the app is not in."""
    seed = read_seed(knowledge() / "demo" / "slack.yaml")
    without_app = SeedChannel("C9NOAPP", "无助手", (OWN, OTHER))
    impostor = SeedUser("U9100", "impostor", "同邮箱的客人", email="liqiang@jiangzhou.example", restricted=True)
    return replace(seed, users=(*seed.users, impostor), channels=(*seed.channels, without_app))


def slack_settings(workspace: WorkspaceThread, database_url: str) -> Settings:
    """As the environment would give them."""
    return demo_settings(workspace.workspace, Path("unused")).model_copy(update={"database_url": database_url})


def branch_clock() -> Clock:
    """A clock that runs, on the sample's day."""
    return ShiftedClock(datetime(2026, 10, 9, 9, 30, tzinfo=SHANGHAI))


def load_sample(address: str) -> None:
    """The sample branch into the store at that address."""
    parts = build(Settings(_env_file=None, database_url=address), branch_clock())
    load_branch(parts)
    parts.store.close()


class RunningBot:
    """A bot in a thread with a loop of its own."""

    def __init__(self, parts: Parts, http: int | None = None, patience: Patience = QUICK) -> None:
        self.parts = parts
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot", daemon=True)
        self._thread.start()
        self.bot: Bot = self.run(build_app(parts, http, patience))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def start(self) -> None:
        self.run(self.bot.runner.start())

    def stop(self) -> None:
        self.run(self.bot.runner.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self.parts.store.close()

    @property
    def address(self) -> str:
        assert self.bot.runner.address
        return f"http://127.0.0.1:{self.bot.runner.address[1]}"


@contextmanager
def running_bot(
    workspace: WorkspaceThread, database_url: str, *, http: int | None = None, metrics: int | None = None
) -> Iterator[RunningBot]:
    """The bot, connected; stopped at the end. Port 0 takes a free one."""
    settings = slack_settings(workspace, database_url).model_copy(update={"metrics_port": metrics})
    parts = build(settings, branch_clock())
    bot = RunningBot(parts, http)
    before = len(workspace.workspace.hub.sockets)
    bot.start()
    try:
        if http is None:
            workspace.wait_for(lambda: len(workspace.workspace.hub.sockets) > before)
        yield bot
    finally:
        bot.stop()


def words(message: dict[str, Any]) -> str:
    """All that a message shows, thousands without commas."""
    return f"{message.get('text', '')}\n{message.get('blocks', '')}".replace(",", "")


def answers(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bot's own among them, but for the line of progress that a slow machine is shown."""
    return [m for m in messages if m.get("bot_id") and not m["text"].startswith(PROGRESS)]


def button_values(message: dict[str, Any], action: str) -> list[str]:
    """The values of a message's buttons of one kind."""
    found = []
    for block in message["blocks"]:
        parts = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        found += [part.get("value", "") for part in parts if part.get("action_id") == action]
    return found


def message_event(channel: str, user: str, text: str, /, **changes: str) -> dict[str, Any]:
    """An event as Slack sends it, for what a person in the workspace could not do."""
    stamp = f"{time.time():.6f}"
    event = {"type": "message", "channel": channel, "channel_type": "im", "user": user, "text": text, "team": TEAM}
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{time.monotonic_ns()}",
        "event": event | {"ts": stamp, "event_ts": stamp} | changes,
        "authorizations": [{"team_id": TEAM, "user_id": "U0LADDER", "is_bot": True}],
    }


def press_event(user: str, channel: str, action: str, value: str, *, team: str = "") -> dict[str, Any]:
    """A button pressed in a message, as Slack tells it."""
    stamp = f"{time.time():.6f}"
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": team or TEAM},
        "team": {"id": TEAM, "domain": "branch"},
        "trigger_id": f"{time.monotonic_ns()}.1",
        "container": {"type": "message", "message_ts": stamp, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "ts": stamp},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": stamp}],
    }
