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


class Refused(NotDelivered):
    """Slack itself would not let this person do that; the app never hears of it."""
