"""What people do: write, edit, mention, type a command, open Home. Pressing and submitting are in `interactions`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.workspace import payloads
from bot.workspace.announcer import Announcer
from bot.workspace.answers import LIFETIME, answer
from bot.workspace.files import MOST_BYTES, MOST_IN_A_MESSAGE, file_object, keep, share
from bot.workspace.messages import message_event, remove, seen_by_events
from bot.workspace.problems import NotDelivered, Refused, SlackError
from bot.workspace.state import Conversation, Json, ReplyUrl, World
from bot.workspace.text import escape, rich_text, typed


@dataclass(frozen=True)
class SlashReceipt:
    """What came back for a command: the body of the ack, and the two keys that the app was given."""

    ack_body: Json
    trigger_id: str
    response_url: str
    payload: Json = field(default_factory=dict)


class Acts:
    """Each act changes the world, then waits until the app has acked what it is told of it (NotDelivered if never)."""

    def __init__(self, world: World, announcer: Announcer, base_url: str) -> None:
        self.world = world
        self.announcer = announcer
        self.base_url = base_url

    async def say(self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None) -> str:
        """Write a message (in the direct message with the app when no channel is given); returns its ts."""
        place = self.place(user, channel)
        self._may_write(place)
        message = self._message(user, typed(text, self.world.names(place)), place, thread_ts)
        self.world.add(place, message)
        await self.announcer.tell(place, *self._events_of(place, message))
        return str(message["ts"])

    async def drop_files(
        self, user: str, files: Sequence[tuple[str, bytes]], channel: str | None = None, text: str = ""
    ) -> str:
        """Drop files into a conversation, as one message; its ts. https://docs.slack.dev/reference/events/message/file_share"""
        place = self.place(user, channel)
        self._may_write(place)
        if not 1 <= len(files) <= MOST_IN_A_MESSAGE or any(not name or len(name) > 255 for name, _ in files):
            raise Refused("no_file", "没有文件,或文件名不能用。")
        if any(len(content) > MOST_BYTES for _, content in files):
            raise Refused("file_too_large", "文件太大。")
        stored = [keep(self.world, user, name, content) for name, content in files]
        objects = [file_object(self.world, one, self.base_url) for one in stored]
        message = self._message(user, typed(text, self.world.names(place)), place, None, files=objects)
        for one in stored:
            share(one, place)
        self.world.add(place, message)
        await self.announcer.tell(place, *self._events_of(place, message))
        return str(message["ts"])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message; the app hears message_changed."""
        place, message = self._own(user, channel, ts)
        before = seen_by_events(message)
        coded = typed(text, self.world.names(place))
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

    async def slash(self, user: str, command_text: str, channel: str | None = None) -> SlashReceipt:
        """Type a command, with what follows it; the ack's message, if any, is shown. Refused for an unknown one."""
        place = self.place(user, channel)
        name, _, text = command_text.partition(" ")
        command = self.world.manifest.commands.get(name)
        if command is None or "commands" not in self.world.manifest.scopes:
            raise Refused("unknown_command", f"{name} 不是有效的命令。想发送以斜杠开头的文字,请在前面加一个空格。")
        text = typed(text.strip(), self.world.names(place)) if command.should_escape else escape(text.strip())
        target = ReplyUrl(user, place.id, self.world.clock() + LIFETIME)
        url = f"{self.base_url}respond/{self.world.reply_url(target)}"
        payload = payloads.slash_command(self.world, user, place, (name, text), url)
        try:
            body = await self.announcer.delivery.ask("slash_commands", payload)
        except NotDelivered as failed:
            # The words a Slack user reads: dispatch_failed when nobody took it, operation_timeout when nobody acked.
            code = "operation_timeout" if "timeout" in failed.reason else "dispatch_failed"
            raise NotDelivered(failed.reason, f"{name} 执行失败,错误为 “{code}”") from None
        self._show_ack(name, target, body)
        return SlashReceipt(body, payload["trigger_id"], url, payload)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home (or Messages) tab: https://docs.slack.dev/reference/events/app_home_opened"""
        place = self.place(user, None)
        event: Json = {"type": "app_home_opened", "user": user, "channel": place.id, "tab": tab}
        if tab == "home" and user in self.world.homes:
            event["view"] = self.world.homes[user]
        await self.announcer.tell(place, event | {"event_ts": self.world.stamp()})

    async def invite_app(self, user: str, channel: str) -> None:
        """Bring the app into a channel, as `/invite` does; the app hears member_joined_channel."""
        place = self.place(user, channel)
        bot = self.world.seed.bot_user_id
        if place.kind == "im" or bot in place.members:
            return
        place.members.append(bot)
        self.world.changes.note()
        kind = "G" if place.kind == "group" else "C"
        event = {"type": "member_joined_channel", "user": bot, "channel": place.id, "channel_type": kind}
        await self.announcer.tell(place, event | {"inviter": user, "event_ts": self.world.stamp()})

    def place(self, user: str, channel: str | None) -> Conversation:
        """The conversation, if this person is active and in it; Refused otherwise."""
        person = self.world.users.get(user)
        if person is None or person.deleted:
            raise Refused("user_not_found", "没有这个人,或账号已停用。")
        direct = self.world.direct_message(user)
        place = self.world.conversations.get(channel or direct.id)
        if place is None or user not in place.members:
            raise Refused("not_in_channel", "你不在这个频道里。")
        return place

    def _may_write(self, place: Conversation) -> None:
        manifest = self.world.manifest
        if place.kind == "im" and (not manifest.messages_tab or manifest.messages_read_only):
            raise Refused("messages_tab_disabled", "这个应用不接收私信。")

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

    def _show_ack(self, command: str, target: ReplyUrl, body: Json) -> None:
        if not (body.get("text") or body.get("blocks")):
            return
        try:
            answer(self.world, target, body, self.announcer.announce)
        except SlackError as refused:
            raise NotDelivered(refused.code, f"{command} 的应答被拒绝:{refused.code}") from None
