"""What the page shows one person, as one JSON value: https://docs.slack.dev is its model, a browser its reader."""

from __future__ import annotations

from bot.workspace.seen import visible, without_metadata
from bot.workspace.state import Conversation, Json, World

_NEWEST = 300


def front(world: World) -> Json:
    """What never changes while the workspace runs: team, app, commands, people."""
    seed, manifest = world.seed, world.manifest
    labels = world.labels()
    people = [
        {"id": u.id, "name": u.name, "real_name": u.real_name, "title": u.title, "group": u.group, "bot": u.is_bot}
        | {
            "label": labels[u.id],
            "deleted": u.deleted,
            "tz": u.tz,
            "guest": u.restricted or u.ultra_restricted,
            "stranger": u.stranger,
        }
        for u in world.users.values()
    ]
    commands = [
        {"command": c.command, "hint": c.usage_hint, "description": c.description} for c in manifest.commands.values()
    ]
    app = {"id": seed.bot_user_id, "name": seed.bot_name, "about": manifest.description, "agent": manifest.agent}
    app |= {"prompts": [dict(p) for p in manifest.prompts]}
    app |= {"home": manifest.home_tab, "messages": manifest.messages_tab, "read_only": manifest.messages_read_only}
    shortcuts = [
        {"callback_id": s.callback_id, "kind": s.kind, "name": s.name, "description": s.description}
        for s in manifest.shortcuts
    ]
    return {"team": seed.team_name, "app": app, "people": people, "commands": commands, "shortcuts": shortcuts}


def snapshot(world: World, user: str) -> Json:
    """Everything in front of this person now."""
    places = [_place(world, user, c) for c in world.of_member(user)]
    known = (c for c in world.conversations.values() if c.kind == "channel" or (user in c.members and c.kind != "im"))
    channels = {c.id: c.name for c in known}
    modals = world.stacks.get(user, [])
    home = world.homes.get(user)
    return {"version": world.changes.version, "me": user, "dm": world.direct_message(user).id, "places": places,
            "channels": channels, "home": home, "modals": modals, "now": world.clock(),
            "mistakes": len(world.mistakes.all)}  # fmt: skip


def mark_read(world: World, user: str, channel: str) -> None:
    """This person has seen all of a conversation; wakes the readers only when that is news."""
    place = world.conversations.get(channel)
    if place is None or user not in place.members:
        return
    newest = max([*place.messages, *(m["ts"] for u, m in place.ephemerals if u == user)], default="")
    if newest > world.read_until.get((user, channel), ""):
        world.read_until[user, channel] = newest
        world.changes.note()


def _place(world: World, user: str, place: Conversation) -> Json:
    shown, hidden = visible(world, user, place)
    messages = sorted([*shown[-_NEWEST:], *hidden[-_NEWEST:]], key=lambda m: str(m["ts"]))
    read = world.read_until.get((user, place.id), "")
    unread = sum(1 for m in messages if m["ts"] > read and m.get("user") != user and not m.get("hidden"))
    statuses = world.shown_statuses(place.id)
    facts: Json = {"id": place.id, "kind": place.kind, "name": place.name, "topic": place.topic, "unread": unread}
    facts |= {"archived": place.archived, "shared": world.is_shared(place)}
    facts |= {"members": place.members, "has_app": world.seed.bot_user_id in place.members}
    drawn = [m | {"state": s} if (s := world.entered.get((user, m["ts"]))) else m for m in without_metadata(messages)]
    facts |= {"messages": drawn, "statuses": statuses, "prompts": world.prompts.get(place.id)}
    return facts
