"""What a workspace begins with: its team, its app, its people, its channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SeedUser:
    """One person (or bot) as users.info shows them: https://docs.slack.dev/reference/objects/user-object

    `stranger` is of another organisation, met over Slack Connect; `group` only sorts the page's people switcher.
    """

    id: str
    name: str
    real_name: str
    email: str | None = None
    title: str = ""
    tz: str = "Asia/Shanghai"
    locale: str = "zh-CN"
    restricted: bool = False
    ultra_restricted: bool = False
    deleted: bool = False
    stranger: bool = False
    is_bot: bool = False
    group: str = ""


@dataclass(frozen=True)
class SeedChannel:
    """A channel and the ids of those in it (the app's bot user among them, where it was invited).

    `shared` with another organisation, `archived`: see `state.Conversation`.
    """

    id: str
    name: str
    members: tuple[str, ...]
    private: bool = False
    topic: str = ""
    archived: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Seed:
    """A whole workspace; `manifest` is a Slack app manifest and decides scopes, commands, events and tabs.

    https://docs.slack.dev/reference/app-manifest. `edit_seconds`: how long a message can be edited (None: always).
    """

    team_id: str
    team_name: str
    app_id: str
    bot_user_id: str
    bot_name: str
    bot_token: str
    app_token: str
    signing_secret: str
    manifest: dict[str, Any]
    users: tuple[SeedUser, ...] = field(default=())
    channels: tuple[SeedChannel, ...] = field(default=())
    edit_seconds: float | None = None
