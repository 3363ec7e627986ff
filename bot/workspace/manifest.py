"""Reads a Slack app manifest: the parts that decide what the workspace allows, offers and delivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """One slash command as the composer completes it."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    """One shortcut; `kind` is global or message."""

    callback_id: str
    kind: str
    name: str
    description: str


@dataclass(frozen=True)
class Manifest:
    """https://docs.slack.dev/reference/app-manifest, read once; what is not written is off, as at Slack."""

    scopes: frozenset[str]
    bot_events: frozenset[str]
    commands: Mapping[str, Command]
    shortcuts: tuple[Shortcut, ...]
    interactivity: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    agent_kind: str
    """agent (`agent_view`), assistant (the older `assistant_view`), or empty."""
    prompts: tuple[Mapping[str, str], ...]
    description: str

    @property
    def agent(self) -> bool:
        """An app of either kind that shows prompts and a status."""
        return bool(self.agent_kind)


def _at(tree: Mapping[str, Any], *path: str) -> Any:
    """The value under a path of keys, or None as soon as a step is missing."""
    here: Any = tree
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here


def read_manifest(raw: Mapping[str, Any]) -> Manifest:
    """A manifest's meaning; unknown keys are left alone, since Slack adds new ones often."""
    commands = [
        Command(c["command"], c.get("description", ""), c.get("usage_hint", ""), bool(c.get("should_escape")))
        for c in _at(raw, "features", "slash_commands") or []
    ]
    home = _at(raw, "features", "app_home") or {}
    features = raw.get("features") or {}
    return Manifest(
        scopes=frozenset(_at(raw, "oauth_config", "scopes", "bot") or ()),
        bot_events=frozenset(_at(raw, "settings", "event_subscriptions", "bot_events") or ()),
        commands={c.command: c for c in commands},
        shortcuts=tuple(
            Shortcut(s["callback_id"], s["type"], s.get("name", ""), s.get("description", ""))
            for s in features.get("shortcuts") or ()
        ),
        interactivity=bool(_at(raw, "settings", "interactivity", "is_enabled")),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
        agent_kind=next((k.removesuffix("_view") for k in ("agent_view", "assistant_view") if k in features), ""),
        prompts=tuple(
            p
            for kind in ("agent_view", "assistant_view")
            for p in _at(raw, "features", kind, "suggested_prompts") or ()
        ),
        description=_at(raw, "display_information", "description") or "",
    )
