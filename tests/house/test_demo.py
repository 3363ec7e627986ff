"""`ladder demo` without a browser: everything joined, its own store and tokens, nothing left behind."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli.demo import BEGINS, Demo, demo, read_seed
from tests.house import sample


def in_demo(act: Callable[[Demo], object], port: int = 0) -> None:
    """Starts a demo, awaits what `act` gives, stops it."""

    async def run() -> None:
        async with demo(port) as running:
            await act(running)  # type: ignore[misc]

    asyncio.run(run())


async def answer_to(running: Demo, user: str, text: str) -> str:
    """What the bot writes back in the direct message: blocks and all."""
    await running.workspace.say(user, text)
    told = await running.workspace.wait_for(
        lambda: [m for m in running.workspace.dm(user) if m.get("bot_id")], timeout=15
    )
    return json.dumps(told, ensure_ascii=False)


@pytest.fixture(autouse=True)
def settings_of_the_real_thing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """None of these may reach the demo."""
    untouched = tmp_path / "real.sqlite3"
    monkeypatch.setenv("LADDER_DATABASE_URL", f"sqlite:///{untouched}")
    monkeypatch.setenv("LADDER_METRICS_PORT", "1")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-real")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-real")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    monkeypatch.chdir(tmp_path)
    return untouched


def test_a_question_is_answered_and_nothing_is_left_behind(settings_of_the_real_thing: Path) -> None:
    stores: list[Path] = []

    async def ask(running: Demo) -> None:
        stores.append(Path(make_url(running.parts.settings.database_url).database or ""))
        assert stores[0].exists()
        assert "差 600万元" in await answer_to(running, "U1001", "我离二级还差多少")

    in_demo(ask)
    assert not stores[0].parent.exists()
    assert not settings_of_the_real_thing.exists()


def test_accounts_that_get_no_figures() -> None:
    async def ask(running: Demo) -> None:
        for user in ("U9001", "U9002", "U9003"):
            told = await answer_to(running, user, "我离二级还差多少")
            assert "万" not in told, user

    in_demo(ask)


def test_a_port_that_is_taken_is_left_to_its_owner() -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]

        async def look(running: Demo) -> None:
            assert running.workspace.url != f"http://127.0.0.1:{taken}/"

        in_demo(look, taken)


def test_the_branch_lives_on_its_own_day() -> None:
    async def look(running: Demo) -> None:
        assert running.parts.clock.now().isoformat().startswith(BEGINS[:10])
        ts = await running.workspace.say("U1001", "帮助")
        assert abs(float(ts) - running.parts.clock.now().timestamp()) < 5

    in_demo(look)


def test_the_workspace_reads_the_apps_own_manifest() -> None:
    seed = read_seed(sample.FOLDER / "slack.yaml")
    assert "/grade" in {command["command"] for command in seed.manifest["features"]["slash_commands"]}
    assert len(seed.users) == 35


def test_the_bot_s_clock_goes_where_the_page_sets_the_workspace_s() -> None:
    moved: list[datetime] = []

    async def jump(running: Demo) -> None:
        running.workspace.clock.set(datetime.fromisoformat("2026-12-31T09:00+08:00").timestamp())
        moved.append(running.parts.clock.now())

    in_demo(jump)
    assert moved[0].isoformat()[:13] == "2026-12-31T09"
