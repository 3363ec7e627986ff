"""Whether a payload has the shape that Slack's documents give it: Bolt takes that for granted and breaks where not."""

from collections.abc import Callable, Mapping
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
_KNOWN_BY = ("type", "command", "ssl_check")
"""One of these tells what a payload is."""


def well_formed(payload: object) -> bool:
    """False for what no version of Slack sends. A field that is absent or null is no fault of shape."""
    if not isinstance(payload, Mapping) or not any(payload.get(name) for name in _KNOWN_BY):
        return False
    event = payload.get("event") or {}
    if payload.get("type") == "event_callback" and not (isinstance(event, Mapping) and event.get("type")):
        return False
    listed = (entry for name in ("actions", "authorizations") for entry in _entries(payload.get(name)))
    return _fits(payload, _FIELDS) and _fits(event, _EVENT_FIELDS) and all(isinstance(e, Mapping) for e in listed)


def _fits(values: Mapping[str, Any], fields: Mapping[str, tuple[type, ...]]) -> bool:
    right: Callable[[str], bool] = lambda name: isinstance(values[name], fields[name])  # noqa: E731
    return all(right(name) for name in fields if values.get(name) is not None)


def _entries(value: object) -> list[object]:
    return value if isinstance(value, list) else []
