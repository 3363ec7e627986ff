"""What Slack sends an app, shape by shape. https://docs.slack.dev/reference/interaction-payloads"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from bot.workspace.scopes import FAMILY
from bot.workspace.state import Conversation, Json, World
from bot.workspace.view_state import entry

STRANGERS = "T0STRANGERS"
"""The team of those who are met over Slack Connect."""


def verification_token(world: World) -> str:
    """The deprecated token that Slack still sends; the same in every payload."""
    return hashlib.sha256(world.seed.signing_secret.encode()).hexdigest()[:24]


def event_name(event: Json) -> str:
    """The name under which a manifest subscribes to this event: message.im, message.channels, app_mention …"""
    if event["type"] == "message":
        return f"message.{FAMILY[event['channel_type']]}"
    return str(event["type"])


def event_callback(world: World, event: Json, shared: bool) -> Json:
    """https://docs.slack.dev/apis/events-api#callback-field; a retry carries the same event_id.

    `shared`: the conversation is one with another organisation, whoever wrote.
    """
    seed = world.seed
    person = world.users.get(str(event.get("user")))
    if person and person.stranger:
        event = event | {"user_team": STRANGERS, "source_team": STRANGERS, "team": STRANGERS}
    who = {"enterprise_id": None, "team_id": seed.team_id, "user_id": seed.bot_user_id, "is_bot": True}
    return {
        "token": verification_token(world), "team_id": seed.team_id, "context_team_id": seed.team_id,
        "context_enterprise_id": None, "api_app_id": seed.app_id, "event": event, "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(), "event_time": int(world.clock()),
        "authorizations": [who | {"is_enterprise_install": False}], "is_ext_shared_channel": shared,
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }  # fmt: skip


def slash_command(world: World, user: str, place: Conversation, line: tuple[str, str], reply: str) -> Json:
    """https://docs.slack.dev/interactivity/implementing-slash-commands; `line` is command and text,
    `reply` the response_url."""
    seed = world.seed
    named = _named(place)
    return {
        "token": verification_token(world), "team_id": seed.team_id, "team_domain": _domain(world),
        "channel_id": named["id"], "channel_name": named["name"], "user_id": user,
        "user_name": world.users[user].name, "command": line[0], "text": line[1], "api_app_id": seed.app_id,
        "is_enterprise_install": "false", "response_url": reply, "trigger_id": world.trigger(user, place.id),
    }  # fmt: skip


def action(world: World, block: Json, element: Json, value: Any) -> Json:
    """One entry of `actions`: a button's own value, or what was picked."""
    told: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    told["action_ts"] = world.stamp()
    if element["type"] == "button":
        return told | {k: element[k] for k in ("text", "value", "style", "url") if k in element}
    if element["type"] in ("feedback_buttons", "icon_button"):
        return told | ({"value": value} if value is not None else {})
    return told | entry(element, value)


def block_actions(world: World, user: str, actions: list[Json], source: Json) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload; `source` holds the container."""
    where = source.get("channel", {}).get("id", "")
    return {"type": "block_actions", **_person(world, user, where), "actions": actions, **source}


def from_message(place: Conversation, message: Json, values: Json, reply: str) -> Json:
    """The source part of an action in a message."""
    hidden = bool(message.get("is_ephemeral"))
    where: Json = {"type": "message", "message_ts": message["ts"], "channel_id": place.id, "is_ephemeral": hidden}
    if "thread_ts" in message:
        where["thread_ts"] = message["thread_ts"]
    told = {"container": where, "channel": _named(place), "state": {"values": values}}
    # An ephemeral message is nowhere stored, so the payload holds its ts alone.
    return told | ({} if hidden else {"message": dict(message)}) | {"response_url": reply}


def from_view(view: Json) -> Json:
    """The source part of an action in a Home tab or modal."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def block_suggestion(world: World, user: str, block: Json, element: Json, typed: str, *, source: Json) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload: options are asked of the app."""
    told = {k: v for k, v in source.items() if k not in ("response_url", "state")}
    asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
    person = _person(world, user)
    del person["trigger_id"]
    return {"type": "block_suggestion", **person, **asked, **told}


def shortcut(world: World, user: str, callback_id: str) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, of the global kind."""
    return {"type": "shortcut", "callback_id": callback_id, **_person(world, user), "action_ts": world.stamp()}


def message_action(
    world: World, user: str, callback_id: str, place: Conversation, message: Json, *, reply: str
) -> Json:
    """The same page, of the kind that stands in a message's menu."""
    told: Json = {"type": "message_action", "callback_id": callback_id, **_person(world, user, place.id)}
    told |= {"action_ts": world.stamp(), "channel": _named(place), "message_ts": message["ts"], "response_url": reply}
    return told | {"message": {k: v for k, v in message.items() if k != "metadata"}}


def view_submission(world: World, user: str, view: Json, response_urls: list[Json]) -> Json:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload

    `response_urls`: one for each select of the form that asked for it (`response_url_enabled`).
    """
    return {"type": "view_submission", **_person(world, user), "view": view, "response_urls": response_urls}


def view_closed(world: World, user: str, view: Json, cleared: bool) -> Json:
    """Sent only for views with notify_on_close; `cleared` when the whole stack went."""
    told = _person(world, user)
    del told["trigger_id"]
    return {"type": "view_closed", **told, "view": view, "is_cleared": cleared}


def _named(place: Conversation) -> Json:
    names = {"im": "directmessage", "group": "privategroup"}
    return {"id": place.id, "name": names.get(place.kind, place.name)}


def _person(world: World, user: str, channel: str = "") -> Json:
    seed, person = world.seed, world.users[user]
    team = STRANGERS if person.stranger else seed.team_id
    return {
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": team},
        "team": {"id": seed.team_id, "domain": _domain(world)}, "api_app_id": seed.app_id,
        "token": verification_token(world), "trigger_id": world.trigger(user, channel), "enterprise": None,
        "is_enterprise_install": False,
    }  # fmt: skip


def _domain(world: World) -> str:
    return "".join(c for c in world.seed.team_name.lower() if c.isascii() and c.isalnum()) or "local"
