"""A small workspace, and plain Bolt apps that know nothing of Ladder, to hold it against Slack's documentation."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.workspace import Seed, SeedChannel, SeedUser, WorkspaceThread

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Echo", "description": "试验用的应用"},
    "features": {
        "bot_user": {"display_name": "Echo"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/echo", "description": "重复一遍", "usage_hint": "<文字>"}],
        "agent_view": {"agent_description": "试验", "suggested_prompts": [{"title": "试试看", "message": "试一句"}]},
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands",
                "im:history", "im:read", "im:write", "reactions:write", "users:read", "users:read.email",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im", "app_mention", "app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}  # fmt: skip

PEOPLE = (
    SeedUser("U1", "王芳", "王芳", email="wang@example.test", title="客户经理", group="一队"),
    SeedUser("U2", "李强", "李强", email="li@example.test", title="客户经理", group="二队"),
    SeedUser("U3", "访客", "访客", restricted=True),
    SeedUser("U4", "旧人", "旧人", email="old@example.test", deleted=True),
    SeedUser("U5", "外人", "外人", email="far@example.test", stranger=True),
)
CHANNELS = (
    SeedChannel("C1", "general", ("U1", "U2", "UBOT")),
    SeedChannel("C2", "no-app", ("U1", "U2")),
    SeedChannel("G1", "private", ("U1",), private=True),
)


def make_seed(change: Callable[[dict[str, Any]], None] | None = None) -> Seed:
    """The seed, with a change made to a copy of its manifest."""
    manifest = copy.deepcopy(MANIFEST)
    if change:
        change(manifest)
    return Seed(
        team_id="T1", team_name="Branch", app_id="A1", bot_user_id="UBOT", bot_name="Echo", bot_token="xoxb-test",
        app_token="xapp-test", signing_secret="s3cret", manifest=manifest, users=PEOPLE, channels=CHANNELS,
    )  # fmt: skip


@pytest.fixture
def workspace() -> Iterator[WorkspaceThread]:
    """A running workspace with quick retries and little patience, so that tests of failure are short."""
    with WorkspaceThread(make_seed(), patience=1.5, retry_delays=(0, 0.05, 0.1)) as running:
        yield running
