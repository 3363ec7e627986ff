"""Marks on messages, put there by people and by the app under one set of rules.

https://docs.slack.dev/reference/methods/reactions.add
"""

from __future__ import annotations

from bot.workspace.problems import SlackError
from bot.workspace.state import Conversation, Json, World

MOST_BY_ONE = 23
MOST_KINDS = 50
"""https://slack.com/help/articles/206870317: different marks by one person on a message, and by all."""


def mark(world: World, place: Conversation, ts: str, user: str, name: str) -> Json:
    """Put a mark on; returns the event. SlackError: message_not_found, invalid_name, already_reacted, too_many_…"""
    message, name = _found(place, ts, name)
    marks: list[Json] = message.get("reactions", [])
    one = next((m for m in marks if m["name"] == name), None)
    if one and user in one["users"]:
        raise SlackError("already_reacted")
    if one is None and len(marks) >= MOST_KINDS:
        raise SlackError("too_many_emoji")
    if sum(user in m["users"] for m in marks) >= MOST_BY_ONE:
        raise SlackError("too_many_reactions")
    if one is None:
        one = {"name": name, "users": [], "count": 0}
        message["reactions"] = [*marks, one]
    one["users"].append(user)
    one["count"] += 1
    return _event(world, place, message, user, name, kind="reaction_added")


def unmark(world: World, place: Conversation, ts: str, user: str, name: str) -> Json:
    """Take one's mark off; returns the event. SlackError: message_not_found, invalid_name, no_reaction."""
    message, name = _found(place, ts, name)
    one = next((m for m in message.get("reactions", []) if m["name"] == name and user in m["users"]), None)
    if one is None:
        raise SlackError("no_reaction")
    one["users"].remove(user)
    one["count"] -= 1
    message["reactions"] = [m for m in message["reactions"] if m["count"]]
    if not message["reactions"]:
        del message["reactions"]
    return _event(world, place, message, user, name, kind="reaction_removed")


def _found(place: Conversation, ts: str, name: str) -> tuple[Json, str]:
    message = place.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    bare = name.strip(":")
    if not bare or not bare.translate({ord(c): "a" for c in "_-+'"}).isalnum():
        raise SlackError("invalid_name")
    return message, bare


def _event(world: World, place: Conversation, message: Json, user: str, name: str, *, kind: str) -> Json:
    """https://docs.slack.dev/reference/events/reaction_added"""
    world.changes.note()
    item = {"type": "message", "channel": place.id, "ts": message["ts"]}
    told: Json = {"type": kind, "user": user, "reaction": name, "item": item, "event_ts": world.stamp()}
    return told | ({"item_user": message["user"]} if message.get("user") else {})
