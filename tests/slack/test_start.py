"""What stands in the way of a start is said in words, and leaves nothing open."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import FixedClock
from bot.slack.problems import SlackUnavailable
from bot.wiring import build
from bot.wiring.slack import build_app
from bot.workspace import WorkspaceThread
from tests.conftest import NOW
from tests.handlers.branch import branch_seed, slack_settings


@pytest.fixture(scope="module")
def workspace() -> Iterator[WorkspaceThread]:
    with WorkspaceThread(branch_seed()) as running:
        yield running


@pytest.mark.parametrize(
    ("http", "change", "reason"),
    [
        (None, {"slack_bot_token": None}, "SLACK_BOT_TOKEN"),
        (None, {"slack_app_token": None}, "SLACK_APP_TOKEN"),
        (0, {"slack_signing_secret": SecretStr("")}, "SLACK_SIGNING_SECRET"),
        (None, {"slack_bot_token": SecretStr("xoxb-wrong")}, "invalid_auth"),
        (None, {"slack_app_token": SecretStr("xapp-wrong")}, "invalid_auth"),
    ],
)
def test_a_missing_or_refused_token(
    workspace: WorkspaceThread, tmp_path: Any, http: int | None, change: dict[str, Any], reason: str
) -> None:
    settings = slack_settings(workspace, f"sqlite:///{tmp_path / 'x.sqlite3'}").model_copy(update=change)
    parts = build(settings, FixedClock(NOW))

    async def start() -> None:
        bot = await build_app(parts, http)
        try:
            await bot.runner.start()
        finally:
            await bot.runner.stop()

    with pytest.raises(SlackUnavailable) as refused:
        asyncio.run(start())
    assert reason in str(refused.value.facts["reason"])
    assert "xoxb" not in str(refused.value) and "xapp" not in str(refused.value)
