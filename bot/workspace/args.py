"""A Web API call's arguments, whether they came as JSON, as a form or in the address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from bot.workspace.problems import SlackError

_STRUCTURED = ("blocks", "attachments", "metadata", "view", "prompts", "loading_messages", "files")


class Args(dict[str, Any]):
    """The arguments by name, with readers that raise the error code that Slack answers."""

    def text(self, name: str, default: str = "") -> str:
        """An argument as a string; what was not sent is `default`."""
        value = self.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """A string that must be there: invalid_arguments otherwise."""
        value = self.text(name)
        if not value:
            raise SlackError(
                "invalid_arguments",
                response_metadata={"messages": [f"[ERROR] missing required field: {name} [json-pointer:/{name}]"]},
            )
        return value

    def flag(self, name: str) -> bool:
        """True for `true` and `1` of any spelling."""
        return self.text(name).lower() in ("true", "1")

    def whole(self, name: str, default: int) -> int:
        """A whole number: invalid_arguments for anything else."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            raise SlackError("invalid_arguments") from None


def parse_args(body: bytes, content_type: str, query: Mapping[str, str]) -> Args:
    """Read a request as Slack does; forms carry blocks, views and metadata as JSON strings.

    Raises SlackError: invalid_json, json_not_object, invalid_post_type, invalid_form_data.
    """
    args = Args(query)
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind == "application/json":
        args.update(_object(body))
    elif kind in ("application/x-www-form-urlencoded", "") or (kind == "application/octet-stream" and not body):
        try:
            args.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise SlackError("invalid_form_data") from None
    else:
        raise SlackError("invalid_post_type")
    for name in _STRUCTURED:
        if isinstance(args.get(name), str) and args[name]:
            args[name] = _structure(name, args[name])
    return args


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(value, dict):
        raise SlackError("json_not_object")
    return value


def _structure(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise SlackError(code) from None
