"""All that the workspace remembers, in memory: conversations, views, triggers, what each person has read."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.workspace.manifest import Manifest, read_manifest
from bot.workspace.mistakes import Mistakes
from bot.workspace.naming import Naming
from bot.workspace.seed import Seed, SeedUser

if TYPE_CHECKING:
    from bot.workspace.files import StoredFile

Json = dict[str, Any]


@dataclass
class Conversation:
    """A channel, private channel (`group`), direct message (`im`) or one of several (`mpim`); messages by ts.

    `shared` with another organisation over Slack Connect; nobody can write where it is `archived`.
    """

    id: str
    kind: str
    name: str
    members: list[str]
    topic: str = ""
    created: int = 0
    archived: bool = False
    shared: bool = False
    messages: dict[str, Json] = field(default_factory=dict)
    ephemerals: list[tuple[str, Json]] = field(default_factory=list)

    def thread(self, ts: str) -> list[Json]:
        """A parent and its replies, oldest first; empty when there is no such parent."""
        return [m for m in self.messages.values() if m["ts"] == ts or m.get("thread_ts") == ts]


@dataclass
class Trigger:
    """A trigger_id: good once, for three seconds. https://docs.slack.dev/interactivity/handling-user-interaction"""

    user: str
    until: float
    used: bool = False
    channel: str = ""


@dataclass
class ReplyUrl:
    """A response_url: five posts in thirty minutes; `message` is the one that an action came from."""

    user: str
    channel: str
    until: float
    message_ts: str | None = None
    thread_ts: str | None = None
    posts: int = 0


class Changes:
    """A counter that readers (the page, wait_for) sleep on until something in the workspace is new."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """Something visible changed: wake every reader."""
        self.version += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def after(self, version: int) -> int:
        """Return the current version as soon as it is beyond `version`."""
        while self.version <= version:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)
        return self.version


class World(Naming):
    """The state and the few rules that every writer needs; no network, no Slack error codes."""

    def __init__(self, seed: Seed, clock: Callable[[], float]) -> None:
        self.seed = seed
        self.clock = clock
        self.history_lag = 0.0
        """For how many seconds a message is missing in conversations.history and .replies."""
        self.changes = Changes()
        self.mistakes = Mistakes(clock, self.changes.note)
        self.manifest: Manifest = read_manifest(seed.manifest)
        self.bot_id = "B" + _hash(seed.app_id)
        bot = SeedUser(seed.bot_user_id, seed.bot_name.lower(), seed.bot_name, is_bot=True)
        self.users: dict[str, SeedUser] = {u.id: u for u in (*seed.users, bot)}
        self.conversations: dict[str, Conversation] = {}
        self.homes: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.reply_urls: dict[str, ReplyUrl] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.statuses_until: dict[tuple[str, str], float] = {}
        self.prompts: dict[str, Json] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.assistant_threads: dict[str, str] = {}
        self.files: dict[str, StoredFile] = {}
        self.upload_tickets: dict[str, str] = {}
        self.entered: dict[tuple[str, str], Json] = {}
        """By person and message ts, what they have chosen in the message's inputs."""
        self.read_until: dict[tuple[str, str], str] = {}
        self._last_stamp = 0
        for c in seed.channels:
            kind = "group" if c.private else "channel"
            facts = {"topic": c.topic, "created": int(clock()), "archived": c.archived, "shared": c.shared}
            self.conversations[c.id] = Conversation(c.id, kind, c.name, list(c.members), **facts)  # type: ignore[arg-type]

    def stamp(self) -> str:
        """A new ts: seconds and microseconds, unique and rising even when the clock stands still."""
        self._last_stamp = max(self._last_stamp + 1, int(self.clock() * 1_000_000))
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def direct_message(self, user: str) -> Conversation:
        """The direct message between a person and the app; there is always one."""
        name = "D" + _hash(self.seed.app_id + user)
        if name not in self.conversations:
            members = [user, self.seed.bot_user_id]
            self.conversations[name] = Conversation(name, "im", "directmessage", members, created=int(self.clock()))
        return self.conversations[name]

    def group_message(self, members: list[str]) -> Conversation:
        """The group direct message of exactly these people (the app's bot among them); made where there is none."""
        inside = sorted({*members, self.seed.bot_user_id})
        name = "G" + _hash(self.seed.team_id + ",".join(inside))
        if name not in self.conversations:
            people = [m for m in members if m != self.seed.bot_user_id]
            label = "mpdm-" + "--".join(self.users[m].name for m in people) + "-1"
            everyone = [*people, self.seed.bot_user_id]
            self.conversations[name] = Conversation(name, "mpim", label, everyone, created=int(self.clock()))
            self.changes.note()
        return self.conversations[name]

    def audience(self, conversation: Conversation) -> list[str]:
        """The people who can read what stands there: its members, in a public channel everybody."""
        readers = self.users if conversation.kind == "channel" else conversation.members
        return [user for user in readers if user != self.seed.bot_user_id]

    def is_shared(self, conversation: Conversation) -> bool:
        """Over Slack Connect: by the seed's word, or because a stranger is in it."""
        return conversation.shared or any(self.users[m].stranger for m in conversation.members if m in self.users)

    def of_member(self, user: str) -> list[Conversation]:
        """Every conversation that this person is in, channels first by name."""
        self.direct_message(user)
        mine = [c for c in self.conversations.values() if user in c.members]
        return sorted(mine, key=lambda c: (c.kind in ("im", "mpim"), c.name))

    def add(self, conversation: Conversation, message: Json) -> Json:
        """Store a new message and keep the thread's parent up to date; the writer has then read so far."""
        conversation.messages[message["ts"]] = message
        parent = conversation.messages.get(message.get("thread_ts", ""))
        if parent is not None and parent is not message:
            retell_thread(conversation, parent)
        self.read_until[message.get("user", ""), conversation.id] = message["ts"]
        self.changes.note()
        return message

    def remove(self, conversation: Conversation, ts: str) -> Json:
        """Delete a message; a parent with replies leaves a tombstone, as at Slack."""
        gone = conversation.messages.pop(ts)
        if gone.get("reply_count"):
            tomb = {"type": "message", "subtype": "tombstone", "hidden": True, "text": "This message was deleted."}
            kept = {k: v for k, v in gone.items() if k in ("ts", "thread_ts") or k.startswith(("reply_", "latest_"))}
            conversation.messages[ts] = tomb | kept | {"user": "USLACKBOT"}
            conversation.messages = dict(sorted(conversation.messages.items()))
        parent = conversation.messages.get(gone.get("thread_ts", ""))
        if parent is not None:
            retell_thread(conversation, parent)
        self.changes.note()
        return gone

    def trigger(self, user: str, channel: str = "") -> str:
        """A fresh trigger_id for what this person just did, in that conversation if in one."""
        name = f"{self._last_stamp}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, self.clock() + 3, channel=channel)
        return name

    def upload_ticket(self, file: str) -> str:
        """The secret part of an address that takes this file's bytes, once."""
        name = secrets.token_urlsafe(24)
        self.upload_tickets[name] = file
        return name

    def reply_url(self, target: ReplyUrl) -> str:
        """The secret part of a fresh response_url."""
        name = secrets.token_urlsafe(18)
        self.reply_urls[name] = target
        return name

    def names(self, conversation: Conversation | None = None) -> dict[str, str]:
        """What can be typed (`@name`, `#channel`) and the code that Slack makes of it.

        A name that several people in use bear means nobody until one of them is picked, and stays text.
        """
        public = [c for c in self.conversations.values() if c.kind == "channel" or c is conversation]
        return self._people_by_name | {
            f"#{c.name}": f"<#{c.id}|{c.name}>" for c in public if c.kind in ("channel", "group")
        }

    def shown_statuses(self, channel: str) -> dict[str, str]:
        """The status lines in a conversation by thread; one that nothing follows ends by itself."""
        now = self.clock()
        alive = {
            k: text for k, text in self.statuses.items() if k[0] == channel and now <= self.statuses_until.get(k, now)
        }
        return {thread: text for (_, thread), text in alive.items()}


def retell_thread(conversation: Conversation, parent: Json) -> None:
    """Write the reply count, repliers and latest reply on a thread's parent."""
    replies = [m for m in conversation.thread(parent["ts"]) if m is not parent]
    for key in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
        parent.pop(key, None)
    if replies:
        users = list(dict.fromkeys(m.get("user", "") for m in replies))
        parent |= {"thread_ts": parent["ts"], "reply_count": len(replies), "reply_users": users}
        parent |= {"reply_users_count": len(users), "latest_reply": replies[-1]["ts"]}


def _hash(text: str) -> str:
    """Ten letters and digits that look like the rest of a Slack id and are the same in every run."""
    return hashlib.sha256(text.encode()).hexdigest()[:10].upper()
