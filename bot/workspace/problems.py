"""What goes wrong: an answer that Slack would give a caller, and an act of a person that did not reach the app."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """Becomes `{"ok": false, "error": code, ...facts}` with HTTP status 200, as all of Slack's own refusals do."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotDelivered(Exception):
    """The app did not take what a person did; `reason` is Slack's own word (timeout, http_error …)."""

    def __init__(self, reason: str, words: str = "") -> None:
        super().__init__(words or reason)
        self.reason = reason
        self.words = words or f"应用没有应答({reason})"


def unanswered(reason: str) -> str:
    """Why what a person did has not reached the app, in the page's words."""
    if "timeout" in reason:
        return "应用没有响应"
    return "应用没有连接" if reason in ("no_socket", "socket_closed", "connection_failed") else "应用没有接受"


class Refused(NotDelivered):
    """Slack itself would not let this person do that; the app never hears of it."""
