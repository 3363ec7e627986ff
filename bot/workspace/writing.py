"""What people write: messages, files, edits, deletions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from bot.workspace.actor import Actor
from bot.workspace.files import (
    MOST_BYTES,
    MOST_IN_A_MESSAGE,
    MOST_NAME,
    file_object,
    keep,
    share,
    shared_event,
    told_to_apps,
)
from bot.workspace.messages import message_event, remove, seen_by_events
from bot.workspace.problems import Refused
from bot.workspace.state import Conversation, Json
from bot.workspace.text import rich_text, typed


class Writing(Actor):
    """Messages of people."""

    async def say(
        self,
        user: str,
        text: str,
        channel: str | None = None,
        thread_ts: str | None = None,
        mentions: Mapping[str, str] | None = None,
    ) -> str:
        """Write a message (in the direct message with the app when no channel is given); returns its ts.

        `mentions` says whom a typed name means where several people bear it: `{"@王芳": "U7"}`, as picked from a list.
        """
        place = self.place(user, channel)
        self._may_write(place)
        message = self._message(user, self._typed(text, place, mentions), place, thread_ts)
        self.world.add(place, message)
        await self.announcer.tell(place, *self._events_of(place, message))
        return str(message["ts"])

    async def drop_files(
        self,
        user: str,
        files: Sequence[tuple[str, bytes]],
        channel: str | None = None,
        text: str = "",
        thread_ts: str | None = None,
    ) -> str:
        """Drop files into a conversation, as one message; its ts. https://docs.slack.dev/reference/events/message/file_share"""
        place = self.place(user, channel)
        self._may_write(place)
        if not 1 <= len(files) <= MOST_IN_A_MESSAGE or any(not name or len(name) > MOST_NAME for name, _ in files):
            raise Refused("no_file", "没有文件,或文件名不能用。")
        if any(len(content) > MOST_BYTES for _, content in files):
            raise Refused("file_too_large", "文件太大。")
        stored = [keep(self.world, user, name, content) for name, content in files]
        objects = [file_object(self.world, one, self.base_url) for one in stored]
        message = self._message(user, self._typed(text, place), place, thread_ts, files=objects)
        for one in stored:
            share(one, place)
        self.world.add(place, message)
        told = [shared_event(self.world, one, place) for one in stored]
        await self.announcer.tell(place, *told, *self._events_of(place, message))
        return str(message["ts"])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message; the app hears message_changed."""
        place, message = self._own(user, channel, ts)
        limit = self.world.seed.edit_seconds
        if limit is not None and self.world.clock() - float(ts) > limit:
            raise Refused("edit_window_closed", "超过了允许修改的时间。")
        if not text.strip():
            raise Refused("no_text", "不能发送空消息。")
        before = seen_by_events(message)
        coded = self._typed(text, place)
        block = rich_text(coded) | {"block_id": uuid.uuid4().hex[:5]}
        message |= {"text": coded, "blocks": [block], "edited": {"user": user, "ts": self.world.stamp()}}
        self.world.changes.note()
        changed = {"subtype": "message_changed", "message": seen_by_events(message), "previous_message": before}
        await self.announcer.tell(place, message_event(self.world, place, changed | {"hidden": True}))

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message; the app hears message_deleted."""
        place, _ = self._own(user, channel, ts)
        told: list[Json] = []
        remove(self.world, place, ts, lambda _, event: told.append(event))
        await self.announcer.tell(place, *told)

    def _typed(self, text: str, place: Conversation, mentions: Mapping[str, str] | None = None) -> str:
        if "@" not in text and "#" not in text:
            return typed(text, {})
        picked = {name: f"<@{user}>" for name, user in (mentions or {}).items() if user in self.world.users}
        return typed(text, self.world.names(place) | picked)

    def _may_write(self, place: Conversation) -> None:
        manifest = self.world.manifest
        if place.kind == "im" and (not manifest.messages_tab or manifest.messages_read_only):
            raise Refused("messages_tab_disabled", "这个应用不接收私信。")
        if place.archived:
            raise Refused("is_archived", "频道已归档,不能再发消息。")

    def _message(
        self, user: str, text: str, place: Conversation, thread_ts: str | None, files: Sequence[Json] = ()
    ) -> Json:
        if not text.strip() and not files:
            raise Refused("no_text", "不能发送空消息。")
        message: Json = {"type": "message", "user": user, "text": text, "ts": self.world.stamp()}
        if text.strip():
            message["blocks"] = [rich_text(text) | {"block_id": uuid.uuid4().hex[:5]}]
        if files:
            message |= {"subtype": "file_share", "files": list(files), "upload": False, "display_as_bot": False}
        message |= {"client_msg_id": str(uuid.uuid4()), "team": self.world.seed.team_id}
        if thread_ts:
            parent = place.messages.get(thread_ts)
            if parent is None:
                raise Refused("thread_not_found", "找不到这条消息。")
            root = parent.get("thread_ts", thread_ts)
            message |= {"thread_ts": root, "parent_user_id": place.messages[root].get("user", "")}
        return message

    def _events_of(self, place: Conversation, message: Json) -> list[Json]:
        """The message event, and app_mention beside it: https://docs.slack.dev/reference/events/app_mention

        A mention inside the app's own direct message is no app_mention.
        """
        event = message | {"channel": place.id, "event_ts": message["ts"], "channel_type": place.kind}
        if "files" in event and self.world.is_shared(place):
            event["files"] = told_to_apps(event["files"])
        if place.kind == "im" or f"<@{self.world.seed.bot_user_id}>" not in message["text"]:
            return [event]
        mention = {k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"}
        return [mention, event]

    def _own(self, user: str, channel: str, ts: str) -> tuple[Conversation, Json]:
        place = self.place(user, channel)
        message = place.messages.get(ts)
        if message is None or message.get("user") != user:
            raise Refused("message_not_found", "只能修改自己的消息。")
        return place, message
