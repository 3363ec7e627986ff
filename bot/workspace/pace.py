"""Slack's pace: one message a second in each conversation, and so many calls a minute of any other method.

https://docs.slack.dev/apis/web-api/rate-limits. Slack lets short bursts pass now and then; here the published figure
is the limit, so that an app that keeps to it is safe there.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping

from bot.workspace.faults import Fault

SECONDS_BETWEEN_POSTS = 1.0
_WINDOW = 60.0
_TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
_POSTS = ("chat.postMessage", "chat.postEphemeral")
# Tier 1 by its page, but ten sockets may be open at once, and each is opened anew at every refresh.
_BURST = {"apps.connections.open": 10}
_TIER = {
    "apps.connections.open": 1,
    "conversations.list": 2, "users.list": 2, "files.getUploadURLExternal": 4, "files.completeUploadExternal": 4,
    "chat.update": 3, "chat.delete": 3, "conversations.info": 3, "conversations.open": 3, "conversations.history": 3,
    "conversations.replies": 3, "users.lookupByEmail": 3, "reactions.add": 3, "reactions.remove": 2,
    "conversations.members": 4, "users.info": 4, "files.info": 4, "views.open": 4, "views.push": 4, "views.update": 4,
    "views.publish": 4, "assistant.threads.setStatus": 4, "assistant.threads.setSuggestedPrompts": 4,
    "assistant.threads.setTitle": 4,
}  # fmt: skip
"""Each method's tier by its page under docs.slack.dev/reference/methods; those left out have a special one."""


class Pace:
    """Counts calls while `on`. `per_minute` replaces a method's limit (0: none); without it the tier's holds."""

    def __init__(self, on: bool, per_minute: Mapping[str, int] | None = None) -> None:
        self.on = on
        self.per_minute = dict(per_minute or {})
        self._posted: dict[str, float] = {}
        self._called: dict[str, deque[float]] = {}

    def limit(self, method: str) -> int:
        """Calls a minute; 0 for a method that is not counted by the minute."""
        own = _BURST.get(method, _TIERS.get(_TIER.get(method, 0), 0))
        return self.per_minute.get(method, own)

    def too_fast(self, method: str, place: str, now: float) -> Fault | None:
        """The refusal of a call that comes too soon, or None when it counts. `place` is a post's conversation."""
        if not self.on:
            return None
        wait = self._posts(place, now) if method in _POSTS else self._calls(method, now)
        return Fault(method, "ratelimited", 429, retry_after=max(1, math.ceil(wait))) if wait > 0 else None

    def _posts(self, place: str, now: float) -> float:
        last = self._posted.get(place, -math.inf)
        wait = last + SECONDS_BETWEEN_POSTS - now if last <= now else 0.0  # the clock may have been set back
        if wait <= 0:
            self._posted[place] = now
        return wait

    def _calls(self, method: str, now: float) -> float:
        most = self.limit(method)
        if not most:
            return 0
        recent = self._called.setdefault(method, deque())
        while recent and not now - _WINDOW < recent[0] <= now:
            recent.popleft()
        if len(recent) >= most:
            return recent[0] + _WINDOW - now
        recent.append(now)
        return 0
