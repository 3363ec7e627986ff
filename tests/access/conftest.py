"""One workspace and one bot for all cells: what is read are the bytes that the workspace received."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from bot.config import FixedClock, Settings
from bot.wiring import build
from bot.workspace import SeedChannel, SeedUser, WorkspaceThread
from tests.access.people import STAFF, ledger, shown_in
from tests.conftest import SHANGHAI, address_of, on_server
from tests.handlers.branch import RunningBot, branch_seed, press_event, slack_settings
from tests.judges.sent import judge_sent
from tests.ledgers import load

UNMATCHED, GUEST, STRANGER = "U9001", "U9002", "U9003"
CHANNEL = "C0ALL"


@dataclass(frozen=True)
class Post:
    """One call in which the bot sent something: to whom it goes, and all that it holds."""

    method: str
    to: str
    text: str
    everything: str

    @property
    def figures(self) -> set[int]:
        """The numbers of the people whose figure is in it."""
        return shown_in(self.everything)


class Office:
    """Asks, waits until the bot is idle again, and reads what it sent."""

    def __init__(self, workspace: WorkspaceThread, bot: RunningBot) -> None:
        self.workspace = workspace
        self.bot = bot

    def ask(self, user: str, surface: str, text: str, value: str) -> list[Post]:
        """One question on one surface; everything that was sent because of it."""
        before = len(self.workspace.calls)
        match surface:
            case "私信":
                self.workspace.say(user, text)
            case "频道":
                self.workspace.mention(user, CHANNEL, text)
            case "频道内的讨论":
                opened = self.workspace.say(user, "说个事", channel=CHANNEL)
                self.workspace.mention(user, CHANNEL, text, thread_ts=opened)
            case "私信中的命令":
                self.workspace.slash(user, f"/grade {text}")
            case "频道中的命令":
                self.workspace.slash(user, f"/grade {text}", channel=CHANNEL)
            case "按钮":
                dm = self.workspace.dm_id(user)
                self.workspace.inject(press_event(user, dm, "explain_figure", value), "interactive")
            case "主页":
                self.workspace.open_home(user)
        self.workspace.wait_for(lambda: self._sent(before) and self.bot.bot.desk.waiting == 0)
        return self._sent(before)

    def _sent(self, before: int) -> list[Post]:
        methods = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.publish", "views.open")
        return [self._post(call) for call in self.workspace.calls[before:] if call.method in methods]

    def _post(self, call: object) -> Post:
        args = call.args  # type: ignore[attr-defined]
        to = str(args.get("user_id") or args.get("user") or args.get("channel"))
        return Post(call.method, to, str(args.get("text", "")), json.dumps(args, ensure_ascii=False))  # type: ignore[attr-defined]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("access")
    address = f"sqlite:///{folder / 'ladder.sqlite3'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        name = f"access_{uuid.uuid4().hex[:12]}"
        on_server(server, f"CREATE DATABASE {name}")
        address = address_of(server, name)
    users = tuple(SeedUser(m.slack, f"m{m.n:02}", m.name, email=m.email) for m in STAFF)
    outsiders = tuple(user for user in branch_seed().users if user.id in (UNMATCHED, GUEST, STRANGER))
    everyone = tuple(user.id for user in (*users, *outsiders))
    channel = SeedChannel(CHANNEL, "全行", (*everyone, branch_seed().bot_user_id))
    seed = replace(branch_seed(), users=(*users, *outsiders), channels=(channel,))
    with WorkspaceThread(seed) as workspace:
        clock = FixedClock(datetime(2026, 10, 9, 9, 30, tzinfo=SHANGHAI))
        settings = slack_settings(workspace, address)
        assert isinstance(settings, Settings)
        parts = build(settings, clock)
        assert load(parts, *ledger(folder)).accepted
        bot = RunningBot(parts)
        bot.start()
        workspace.wait_for(lambda: workspace.workspace.hub.sockets)
        yield Office(workspace, bot)
        bot.stop()
        assert judge_sent(workspace.calls) > 10
