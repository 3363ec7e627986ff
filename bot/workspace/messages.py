"""What any writer of messages does, whether over chat.postMessage or a response_url: check, store, tell the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.workspace.block_check import faults_in
from bot.workspace.block_rules import MOST_TEXT_IN_BLOCKS
from bot.workspace.block_text import text_length, with_ids
from bot.workspace.problems import SlackError
from bot.workspace.state import Conversation, Json, World

Announce = Callable[[Conversation, Json], None]
MOST_ATTACHMENTS = 100
LONGEST_MARKDOWN = 12_000
LONGEST_UPDATE = 4_000
"""Characters of a message's text; https://docs.slack.dev/reference/methods/chat.update."""


def check_content(args: Mapping[str, Any], longest: int = 40_000) -> Json:
    """The visible part of a message, checked. `longest` is the most characters of `text`.

    Raises SlackError: invalid_blocks with each place, msg_blocks_too_long, msg_too_long, no_text,
    markdown_text_conflict, too_many_attachments, invalid_attachments.
    """
    content: Json = {"text": _text(args, longest)}
    if args.get("blocks"):
        content["blocks"] = check_blocks(args["blocks"])
    if args.get("attachments"):
        content["attachments"] = _attachments(args["attachments"])
    if not any(content.values()):
        raise SlackError("no_text")
    if args.get("metadata"):
        content["metadata"] = check_metadata(args["metadata"])
    return content


def check_update(args: Mapping[str, Any], message: Json) -> Json:
    """New content for a message: https://docs.slack.dev/reference/methods/chat.update

    Without `blocks` the old ones stay only where there is no `text` either; metadata stays unless it is sent, and an
    empty object takes it away.
    """
    content = check_content(args, LONGEST_UPDATE)
    if "blocks" not in args and not content["text"] and "blocks" in message:
        content["blocks"] = message["blocks"]
    if "metadata" not in content and "metadata" in message and args.get("metadata") != {}:
        content["metadata"] = message["metadata"]
    return content


def _text(args: Mapping[str, Any], longest: int) -> str:
    markdown = args.get("markdown_text")
    if markdown and (args.get("text") or args.get("blocks")):
        raise SlackError("markdown_text_conflict")
    text = args.get("text") or markdown or ""
    if not isinstance(text, str):
        raise SlackError("invalid_arguments")
    if len(text) > (LONGEST_MARKDOWN if markdown else longest):
        raise SlackError("msg_too_long")
    return text


def _attachments(told: Any) -> list[Json]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise SlackError("invalid_attachments")
    if len(told) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    faults = [f for n, one in enumerate(told) if "blocks" in one for f in _faults_of(one["blocks"], n)]
    if faults:
        raise SlackError("invalid_attachments", response_metadata=_told(faults))
    return [one | ({"blocks": with_ids(one["blocks"])} if "blocks" in one else {}) for one in told]


def _faults_of(blocks: Any, number: int) -> list[str]:
    return faults_in(blocks, "message", f"/attachments/{number}/blocks")


def _told(faults: list[str]) -> Json:
    return {"messages": [f"[ERROR] {fault}" for fault in faults]}


def check_blocks(blocks: Any) -> list[Json]:
    """A message's blocks with their ids filled in; SlackError invalid_blocks says each place."""
    faults = faults_in(blocks, "message")
    if faults:
        raise SlackError("invalid_blocks", errors=faults, response_metadata=_told(faults))
    if text_length(blocks) > MOST_TEXT_IN_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def check_metadata(metadata: Any) -> Json:
    """https://docs.slack.dev/messaging/message-metadata: an event_type and an object of facts."""
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    return metadata


def by_the_app(world: World, content: Json) -> Json:
    """The content with the author's fields that Slack adds to an app's message, and its ts."""
    seed = world.seed
    profile = {"id": world.bot_id, "app_id": seed.app_id, "name": seed.bot_name, "team_id": seed.team_id}
    author = {"user": seed.bot_user_id, "bot_id": world.bot_id, "app_id": seed.app_id, "team": seed.team_id}
    return {"type": "message", "ts": world.stamp(), **author, "bot_profile": profile | {"deleted": False}, **content}


def replace(world: World, place: Conversation, message: Json, content: Json, announce: Announce) -> Json:
    """Put new content into a message, in place, and announce message_changed; with blocks it does not say edited."""
    before = dict(message)
    for key in ("text", "blocks", "attachments", "metadata"):
        message.pop(key, None)
    message |= content
    if "blocks" not in content:
        message["edited"] = {"user": message.get("user", ""), "ts": world.stamp()}
    watch(world, place, message, [])
    world.changes.note()
    if place.messages.get(message["ts"]) is message:
        changed = {"subtype": "message_changed", "message": seen_by_events(message), "hidden": True}
        announce(place, message_event(world, place, changed | {"previous_message": seen_by_events(before)}))
    return message


def remove(world: World, place: Conversation, ts: str, announce: Announce) -> None:
    """Delete a message and announce message_deleted."""
    gone = world.remove(place, ts)
    deleted = {"subtype": "message_deleted", "deleted_ts": ts, "hidden": True, "previous_message": seen_by_events(gone)}
    announce(place, message_event(world, place, deleted))


def post(world: World, place: Conversation, message: Json, announce: Announce) -> Json:
    """Store a message of the app and announce it, since the app hears its own words too; its status line ends."""
    watch(world, place, message, list(place.messages.values()))
    world.add(place, message)
    # A status belongs to a thread; in the app's direct message any answer ends it, as an agent's page shows one only.
    ended = [k for k in world.statuses if k[0] == place.id and (place.kind == "im" or k[1] == message.get("thread_ts"))]
    for key in ended:
        del world.statuses[key]
    facts = seen_by_events(message)
    announce(place, facts | {"channel": place.id, "event_ts": message["ts"], "channel_type": place.kind})
    return message


def watch(world: World, place: Conversation, message: Json, earlier: list[Json]) -> None:
    """Look for the app's mistakes in a message, its files among it, that these people are going to see."""
    audience = world.audience(place)
    world.mistakes.of_message(place.id, message, earlier, audience)
    for told in message.get("files", ()):
        words = (world.files[told["id"]].content or b"").decode("utf-8", "replace")
        world.mistakes.of_shown(place.id, [words], audience)


def message_event(world: World, place: Conversation, facts: Json) -> Json:
    """An event about a message (changed, deleted), with a ts of its own."""
    ts = world.stamp()
    where = {"channel": place.id, "ts": ts, "event_ts": ts, "channel_type": place.kind}
    return {"type": "message", **facts, **where}


def seen_by_events(message: Json) -> Json:
    """A message without its metadata, which events and reads show only when asked for."""
    return {k: v for k, v in message.items() if k != "metadata"}
