"""Mistakes of the app that this Slack can see, as a list that tests and the page read.

| kind | the app |
| --- | --- |
| `not_acked`, `late_ack` | did not ack an event, a command or an interaction in time, or acked when it was too late |
| `refused` | made a call, or a post to a response_url, that was refused; `about` is the method, `code` the error |
| `retry_after_ignored` | called again before the seconds of a Retry-After were over |
| `double_answer` | wrote the same words again after an event had come twice, or a post had got no answer |
| `private_shown` | showed what a test has declared private (`keep_private`) to somebody else, as words or in a file |
| `rings_everyone` | wrote `<!channel>`, `<!here>` or `<!everyone>` where it rings |

A fault on demand is not the app's mistake and does not stand here, nor is an answer that says no to a question.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.workspace.text import strings

Json = dict[str, Any]
_RINGS = re.compile(r"<!(channel|here|everyone)(\|[^>]*)?>")
_ANSWERS = frozenset({("users.lookupByEmail", "users_not_found")})
_BY_PLACE = frozenset({"chat.postMessage", "chat.postEphemeral"})
_WHAT = {"events_api": "事件", "slash_commands": "命令", "interactive": "操作"}


@dataclass(frozen=True)
class Mistake:
    """One mistake: `about` is a method, a kind of delivery or a conversation, `at` seconds since the epoch."""

    kind: str
    about: str
    words: str
    at: float
    code: str = ""


class Mistakes:
    """All so far, oldest first. `noted` is called at each."""

    def __init__(self, clock: Callable[[], float], noted: Callable[[], None]) -> None:
        self.all: list[Mistake] = []
        self._clock, self._noted = clock, noted
        self._private: list[tuple[str, frozenset[str]]] = []
        self._not_before: dict[tuple[str, str], float] = {}
        self._again: dict[str, str] = {}

    def add(self, kind: str, about: str, words: str, code: str = "") -> None:
        """Write one down; `words` is a sentence for the page."""
        self.all.append(Mistake(kind, about, words, self._clock(), code))
        self._noted()

    def keep_private(self, text: str, people: Iterable[str]) -> None:
        """From now on only these people may be shown this text."""
        self._private.append((text, frozenset(people)))

    # -- calls -------------------------------------------------------------------------------------------------------

    def of_call(self, method: str, answer: Json) -> None:
        """A call that was refused by Slack's rules."""
        code = str(answer.get("error", ""))
        if answer.get("ok") or (method, code) in _ANSWERS:
            return
        places = "；".join((answer.get("response_metadata") or {}).get("messages", [])[:3])
        self.add("refused", method, f"{method} 被拒绝:{code}{':' + places if places else ''}", code)

    def told_to_wait(self, method: str, place: str, seconds: float) -> None:
        """A call was answered with 429 and Retry-After."""
        self._not_before[self._key(method, place)] = self._clock() + seconds

    def of_pace(self, method: str, place: str) -> None:
        """A call comes: too early, if it was told to wait."""
        until = self._not_before.pop(self._key(method, place), 0.0)
        if self._clock() < until:
            self.add("retry_after_ignored", method, f"{method} 没有等到 Retry-After 就又调用了")

    def _key(self, method: str, place: str) -> tuple[str, str]:
        return method, place if method in _BY_PLACE else ""

    # -- deliveries --------------------------------------------------------------------------------------------------

    def of_ack(self, kind: str, reason: str) -> None:
        """An ack that has not come in time, or came with an HTTP error."""
        self.add("not_acked", kind, f"应用没有在时限内确认{_WHAT.get(kind, kind)}({reason})", reason)

    def of_late_ack(self, kind: str) -> None:
        """An ack came after its time."""
        self.add("late_ack", kind, f"应用确认{_WHAT.get(kind, kind)}太迟了:Slack 已按未确认处理")

    def may_come_again(self, place: str, since: str) -> None:
        """The app may answer twice from this ts on: an event was sent again, or a post got no answer."""
        self._again.setdefault(place, since)

    def asked_anew(self, place: str) -> None:
        """A person has done something there, so that the same words may be right again."""
        self._again.pop(place, None)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def of_message(self, place: str, message: Json, earlier: Iterable[Json], audience: Iterable[str]) -> None:
        """A message of the app, new or changed; `earlier` are those that stood there before."""
        since = self._again.get(place)
        if since and any(_said(m) == _said(message) for m in _own_words(message, earlier) if m["ts"] >= since):
            self.add("double_answer", place, "同一条消息回答了两次")
        self.of_shown(place, strings(message), audience)
        if not place.startswith("D") and any(map(_RINGS.search, _calling(message))):
            self.add("rings_everyone", place, "消息会提醒频道里的所有人(<!channel> 之类没有转义)")

    def of_shown(self, about: str, shown: Iterable[str], audience: Iterable[str]) -> None:
        """Words that these people can see."""
        words = "\n".join(shown)
        for text, people in self._private:
            if text in words and not people.issuperset(audience):
                self.add("private_shown", about, "应当保密的内容让别人看到了", text)


def _own_words(message: Json, earlier: Iterable[Json]) -> Iterator[Json]:
    """What the app has said since a person last wrote there."""
    author = message.get("user")
    return itertools.takewhile(lambda m: m.get("user") == author, reversed(list(earlier)))


def _said(message: Json) -> tuple[Any, list[str]]:
    """What a reader sees of a message, and in which thread."""
    return message.get("thread_ts"), list(strings({k: message.get(k) for k in ("text", "blocks", "attachments")}))


def _calling(message: Json) -> Iterator[str]:
    """Every text in which Slack looks for mentions."""
    yield message.get("text") or ""
    yield from _mrkdwn([message.get("blocks"), message.get("attachments")])


def _mrkdwn(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        if tree.get("type") == "mrkdwn":
            yield str(tree.get("text"))
        elif tree.get("type") == "broadcast":
            yield f"<!{tree.get('range')}>"
        for value in tree.values():
            yield from _mrkdwn(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from _mrkdwn(item)
