"""The table of methods, what each is given, and the look-ups with Slack's error codes that most of them need."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.workspace.args import Args
from bot.workspace.messages import Announce
from bot.workspace.problems import SlackError
from bot.workspace.scopes import FAMILY, demand
from bot.workspace.state import Conversation, Json, World


@dataclass(frozen=True)
class Context:
    """What a method may touch: the state, the way to announce an event, and the addresses of this server."""

    world: World
    announce: Announce
    page_url: str
    socket_url: Callable[[], str]


@dataclass(frozen=True)
class Call:
    """One recorded Web API call.

    `bytes` is the body as received, `time` seconds since the epoch by the workspace's clock, `owner` whose token it
    bore: bot, app, or empty for none known, `status` the HTTP status answered (0: a fault let no answer through),
    `retry_after` the seconds that a 429 asked to wait.
    """

    method: str
    args: dict[str, Any]
    bytes: bytes
    time: float
    owner: str
    response: dict[str, Any]
    status: int = 200
    retry_after: int = 0


Method = Callable[[Context, Args], Json]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Enter a function in the table under Slack's name for it; it returns what comes beside `"ok": true`."""

    def enter(function: Method) -> Method:
        METHODS[name] = function
        return function

    return enter


def place_named(world: World, name: str) -> str:
    """The id of the conversation that a `channel` argument means: an id, `#name`, or a person's id; `name` if none."""
    if name in world.users:
        return world.direct_message(name).id
    bare = name.removeprefix("#")
    return next((c.id for c in world.conversations.values() if c.name == bare and c.kind != "im"), name)


def conversation_of(context: Context, args: Args, what: str = "", member: bool = True) -> Conversation:
    """The conversation that `channel` names, as the app may see it.

    `what` is the kind of scope needed there (read, history); `member` demands that the app is in it.
    Raises SlackError: channel_not_found, not_in_channel, missing_scope.
    """
    world, name = context.world, args.needed("channel")
    place = world.conversations.get(name)
    if place is None and name.startswith("D"):
        place = next((c for c in map(world.direct_message, list(world.users)) if c.id == name), None)
    inside = place is not None and world.seed.bot_user_id in place.members
    if place is None or (place.kind != "channel" and not inside):
        raise SlackError("channel_not_found")
    if what:
        demand(world.manifest, f"{FAMILY[place.kind]}:{what}")
    if member and not inside:
        raise SlackError("not_in_channel")
    return place


def pages(items: list[Json], args: Args, most: int, default: int) -> tuple[list[Json], str]:
    """One page of a list and the cursor of the next: https://docs.slack.dev/apis/web-api/pagination"""
    limit = _limit(args, most, default)
    cursor = args.text("cursor")
    if cursor and not cursor.isdigit():
        raise SlackError("invalid_cursor")
    begin = int(cursor or 0)
    return items[begin : begin + limit], str(begin + limit) if begin + limit < len(items) else ""


def pages_by_ts(messages: list[Json], args: Args, most: int, default: int) -> tuple[list[Json], str]:
    """The same for messages: the cursor names the next one, so that what comes meanwhile shifts nothing."""
    limit = _limit(args, most, default)
    if args.text("cursor"):
        at = _named_by(args.text("cursor"))
        places = [n for n, m in enumerate(messages) if m["ts"] == at]
        if not places:
            raise SlackError("invalid_cursor")
        messages = messages[places[0] :]
    following = messages[limit]["ts"] if len(messages) > limit else ""
    return messages[:limit], b64encode(f"next_ts:{following}".encode()).decode() if following else ""


def _limit(args: Args, most: int, default: int) -> int:
    limit = args.whole("limit", default)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit


def _named_by(cursor: str) -> str:
    try:
        return b64decode(cursor, validate=True).decode().removeprefix("next_ts:")
    except ValueError:
        raise SlackError("invalid_cursor") from None
