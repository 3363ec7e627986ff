"""Whether a payload has the shape that Slack's documents give it: Bolt takes that for granted and breaks where not."""

from collections.abc import Mapping
from typing import Any

_OBJECT: tuple[type, ...] = (dict,)
_TEXT: tuple[type, ...] = (str,)
_EITHER: tuple[type, ...] = (dict, str)

_FIELDS: dict[str, tuple[type, ...]] = {
    "type": _TEXT,
    "token": _TEXT,
    "command": _TEXT,
    "text": _TEXT,
    "team_id": _TEXT,
    "user_id": _TEXT,
    "channel_id": _TEXT,
    "event_id": _TEXT,
    "trigger_id": _TEXT,
    "challenge": _TEXT,
    "callback_id": _TEXT,
    "response_url": _TEXT,
    "enterprise_id": _TEXT,
    "event": _OBJECT,
    "team": _EITHER,
    "user": _EITHER,
    "channel": _EITHER,
    "enterprise": _EITHER,
    "container": _OBJECT,
    "message": _OBJECT,
    "view": _OBJECT,
    "state": _OBJECT,
    "function_data": _OBJECT,
    "actions": (list,),
    "authorizations": (list,),
    "response_urls": (list,),
}
_EVENT_FIELDS: dict[str, tuple[type, ...]] = {
    "type": _TEXT,
    "subtype": _TEXT,
    "channel_type": _TEXT,
    "text": _TEXT,
    "ts": _TEXT,
    "thread_ts": _TEXT,
    "bot_id": _TEXT,
    "team": _EITHER,
    "user": _EITHER,
    "channel": _EITHER,
    "item": _OBJECT,
    "message": _OBJECT,
    "previous_message": _OBJECT,
    "view": _OBJECT,
    "assistant_thread": _OBJECT,
}
_ACTION_FIELDS: dict[str, tuple[type, ...]] = {"type": _TEXT, "action_id": _TEXT, "block_id": _TEXT}
_KNOWN_BY = ("type", "command", "ssl_check")
"""One of these tells what a payload is."""


def well_formed(payload: object) -> bool:
    """False for what no version of Slack sends. A field that is absent or null is no fault of shape."""
    if not isinstance(payload, Mapping) or not any(payload.get(name) for name in _KNOWN_BY):
        return False
    event = payload.get("event") or {}
    if payload.get("type") == "event_callback" and not (isinstance(event, Mapping) and event.get("type")):
        return False
    if payload.get("type") == "block_actions" and not payload.get("actions"):
        return False
    acting = all(isinstance(a, Mapping) and _fits(a, _ACTION_FIELDS, needed=True) for a in _entries(payload, "actions"))
    authorized = all(isinstance(entry, Mapping) for entry in _entries(payload, "authorizations"))
    return acting and authorized and _fits(payload, _FIELDS) and _fits(event, _EVENT_FIELDS)


def _fits(values: Mapping[str, Any], fields: Mapping[str, tuple[type, ...]], needed: bool = False) -> bool:
    given = {name: values.get(name) for name in fields}
    return all(isinstance(value, fields[name]) or (value is None and not needed) for name, value in given.items())


def _entries(payload: Mapping[str, Any], name: str) -> list[object]:
    value = payload.get(name)
    return value if isinstance(value, list) else []
