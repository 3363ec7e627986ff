"""What one person can see, gathered for tests of privacy and for the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.workspace.messages import seen_by_events
from bot.workspace.state import Conversation, Json, World
from bot.workspace.text import strings


@dataclass(frozen=True)
class Seen:
    """Everything in front of one person: messages (with `channel`), ephemeral ones, Home, open modals, prompts."""

    messages: tuple[Json, ...]
    ephemerals: tuple[Json, ...]
    home: Json | None
    modals: tuple[Json, ...]
    extras: tuple[Any, ...] = ()

    def texts(self) -> list[str]:
        """All strings shown, from text, blocks, views, status lines and prompts."""
        return [s for part in self._parts() for s in strings(part)]

    def raw(self) -> bytes:
        """All of it as the JSON that was received, metadata and button values too."""
        return json.dumps(self._parts(), ensure_ascii=False).encode()

    def _parts(self) -> list[Any]:
        return [*self.messages, *self.ephemerals, *([self.home] if self.home else []), *self.modals, *self.extras]


def visible(world: World, user: str, place: Conversation) -> tuple[list[Json], list[Json]]:
    """The messages of a conversation and the ephemeral ones shown to this person, oldest first."""
    hidden = [m | {"channel": place.id} for u, m in place.ephemerals if u == user and _in_sight(place, m)]
    return [m | {"channel": place.id} for m in place.messages.values()], hidden


def _in_sight(place: Conversation, ephemeral: Json) -> bool:
    """An ephemeral message in a thread is shown only where the thread has begun already.

    https://docs.slack.dev/reference/methods/chat.postEphemeral
    """
    parent = place.messages.get(ephemeral.get("thread_ts", ""))
    return parent is None or bool(parent.get("reply_count"))


def seen_by(world: World, user: str) -> Seen:
    """Gather what this person sees; metadata stays in, since any app of the workspace could read it out."""
    messages: list[Json] = []
    ephemerals: list[Json] = []
    extras: list[Any] = []
    for place in world.of_member(user):
        shown, hidden = visible(world, user, place)
        messages += shown
        ephemerals += hidden
        extras += [{"text": status} for status in world.shown_statuses(place.id).values()]
        extras += [world.prompts[place.id]] if place.id in world.prompts else []
    modals = tuple(world.stacks.get(user, ()))
    return Seen(tuple(messages), tuple(ephemerals), world.homes.get(user), modals, tuple(extras))


def without_metadata(messages: list[Json]) -> list[Json]:
    """Messages as a client draws them."""
    return [seen_by_events(m) for m in messages]
