"""A Web API call's arguments, whether they came as JSON, as a form or in the address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from functools import lru_cache
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

    Raises SlackError: invalid_json, json_not_object, invalid_post_type, missing_post_type, invalid_charset,
    invalid_form_data, invalid_arg_name.
    """
    args = Args(query)
    kind, charset = _content_type(content_type)
    if charset not in ("", "utf-8", "iso-8859-1"):
        raise SlackError("invalid_charset")
    if kind == "application/json":
        args.update(_object(body))
    elif kind == "multipart/form-data":
        args.update(_parts(body, content_type))
    elif kind == "application/x-www-form-urlencoded":
        try:
            args.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise SlackError("invalid_form_data") from None
    elif body:
        raise SlackError("invalid_post_type" if kind else "missing_post_type")
    if any(len(name) > 255 or not name.replace("_", "a").isalnum() for name in args):
        raise SlackError("invalid_arg_name")
    for name in _STRUCTURED:
        if isinstance(args.get(name), str) and args[name]:
            args[name] = _structure(name, args[name])
    return args


def charset_warning(body: bytes, content_type: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What Slack adds to an answer when the charset stands where it should not, or not where it should.

    https://docs.slack.dev/apis/web-api/#evaluating_responses
    """
    kind, charset = _content_type(content_type)
    if kind == "application/json" and body and not charset:
        code = "missing_charset"
    elif kind.endswith(("form-data", "form-urlencoded")) and charset:
        code = "superfluous_charset"
    else:
        return {}
    return {"warning": code, "response_metadata": {**answer.get("response_metadata", {}), "warnings": [code]}}


@lru_cache(maxsize=64)
def _content_type(header: str) -> tuple[str, str]:
    """The type and the charset of a Content-Type header, in small letters; empty where not said."""
    message = Message()
    message["Content-Type"] = header
    return message.get_content_type() if header else "", str(message.get_param("charset") or "").lower()


def _parts(body: bytes, content_type: str) -> dict[str, Any]:
    """The fields of a multipart form; files among them are left out."""
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, Any] = {}
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes) and part.get_filename() is None:
            fields[name] = value.decode("utf-8", "replace")
    if not fields and body:
        raise SlackError("invalid_form_data")
    return fields


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
