"""How people call the app: commands, shortcuts, its Home, and what they look at while it is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.workspace import payloads
from bot.workspace.actor import Actor, visible_message
from bot.workspace.answers import LIFETIME, answer
from bot.workspace.problems import NotDelivered, Refused, SlackError, unanswered
from bot.workspace.state import Conversation, Json, ReplyUrl
from bot.workspace.text import escape, typed


@dataclass(frozen=True)
class SlashReceipt:
    """What came back for a command: the body of the ack, and the two keys that the app was given."""

    ack_body: Json
    trigger_id: str
    response_url: str
    payload: Json = field(default_factory=dict)


class Launching(Actor):
    """Acts that begin something with the app.

    People of another organisation may do all of it: an app must stand that, wherever Slack's client offers it or not.
    """

    async def slash(self, user: str, command_text: str, channel: str | None = None) -> SlashReceipt:
        """Type a command, with what follows it; the ack's message, if any, is shown. Refused for an unknown one."""
        place = self.place(user, channel)
        name, _, text = command_text.partition(" ")
        command = self.world.manifest.commands.get(name)
        if command is None or not self._has_commands():
            raise Refused("unknown_command", f"{name} 不是有效的命令。想发送以斜杠开头的文字,请在前面加一个空格。")
        text = typed(text.strip(), self.world.names(place)) if command.should_escape else escape(text.strip())
        target = ReplyUrl(user, place.id, self.world.clock() + LIFETIME)
        url = self._reply_url(target)
        payload = payloads.slash_command(self.world, user, place, (name, text), url)
        try:
            body = await self.announcer.delivery.ask("slash_commands", payload)
        except NotDelivered as failed:
            # The words a Slack user reads: dispatch_failed when nobody took it, operation_timeout when nobody acked.
            code = "operation_timeout" if "timeout" in failed.reason else "dispatch_failed"
            raise NotDelivered(failed.reason, f"{name} 执行失败,错误为 “{code}”:{unanswered(failed.reason)}") from None
        self._show_ack(name, target, body)
        return SlashReceipt(body, payload["trigger_id"], url, payload)

    async def shortcut(self, user: str, callback_id: str) -> Json:
        """Use a global shortcut; the payload sent. https://docs.slack.dev/interactivity/implementing-shortcuts"""
        self.place(user, None)
        self._offered(callback_id, "global")
        payload = payloads.shortcut(self.world, user, callback_id)
        await self.ask(payload)
        return payload

    async def message_action(self, user: str, callback_id: str, channel: str, ts: str) -> Json:
        """Use a message shortcut from the menu of a message (not of an ephemeral one); the payload sent."""
        place = self.place(user, channel)
        message = visible_message(place, user, ts)
        if message.get("is_ephemeral"):
            raise Refused("ephemeral", "仅你可见的消息没有快捷操作。")
        self._offered(callback_id, "message")
        target = ReplyUrl(user, place.id, self.world.clock() + LIFETIME, None, message.get("thread_ts"))
        payload = payloads.message_action(self.world, user, callback_id, place, message, reply=self._reply_url(target))
        await self.ask(payload)
        return payload

    async def open_home(self, user: str, tab: str = "home", viewing: str | None = None) -> None:
        """Open the app's Home (or Messages) tab: https://docs.slack.dev/reference/events/app_home_opened

        An agent (`agent_view`) is told in `context` which channel the person is `viewing`.
        """
        place = self.place(user, None)
        if tab == "home" and not self.world.manifest.home_tab:
            raise Refused("no_home", "这个应用没有主页。")
        event: Json = {"type": "app_home_opened", "user": user, "channel": place.id, "tab": tab}
        if tab == "home" and user in self.world.homes:
            event["view"] = self.world.homes[user]
        if tab == "messages" and self.world.manifest.agent_kind == "agent":
            event["context"] = self._context(user, viewing)
        await self.announcer.tell(place, event | {"event_ts": self.world.stamp()})

    async def look_at(self, user: str, channel: str | None) -> None:
        """Move to another channel while the agent is open beside it.

        https://docs.slack.dev/reference/events/app_context_changed, or for the older `assistant_view`
        https://docs.slack.dev/reference/events/assistant_thread_context_changed of the thread opened last.
        """
        place = self.place(user, None)
        thread = self.world.assistant_threads.get(user)
        kind = self.world.manifest.agent_kind
        if kind == "agent":
            event: Json = {"type": "app_context_changed", "user": user, "channel": place.id}
            await self.announcer.tell(place, event | self._stamped({"context": self._context(user, channel)}))
        elif kind == "assistant" and thread:
            told = {"assistant_thread": self._assistant_thread(user, place, thread, channel)}
            await self.announcer.tell(place, {"type": "assistant_thread_context_changed"} | self._stamped(told))

    async def open_assistant(self, user: str, viewing: str | None = None) -> str:
        """Start a thread with an app of the older `assistant_view`; the ts of its root.

        https://docs.slack.dev/reference/events/assistant_thread_started
        """
        place = self.place(user, None)
        if self.world.manifest.agent_kind != "assistant":
            raise Refused("no_assistant", "这个应用没有助手面板。")
        root: Json = {"type": "message", "subtype": "assistant_app_thread", "ts": self.world.stamp()}
        root |= {"user": self.world.seed.bot_user_id, "bot_id": self.world.bot_id, "text": "New Assistant Thread"}
        self.world.add(place, root | {"assistant_app_thread": {"title": "", "title_blocks": [], "artifacts": []}})
        self.world.assistant_threads[user] = root["ts"]
        told = {"assistant_thread": self._assistant_thread(user, place, root["ts"], viewing)}
        await self.announcer.tell(place, {"type": "assistant_thread_started"} | self._stamped(told))
        return str(root["ts"])

    def _stamped(self, told: Json) -> Json:
        return told | {"event_ts": self.world.stamp()}

    def _context(self, user: str, channel: str | None) -> Json:
        """What the person looks at, by relevance; empty for nothing."""
        if channel is None:
            return {}
        seen = self.place(user, channel)
        entity = {"type": "slack#/types/channel_id", "value": seen.id, "team_id": self.world.seed.team_id}
        return {"entities": [entity]}

    def _assistant_thread(self, user: str, place: Conversation, ts: str, viewing: str | None) -> Json:
        context: Json = {}
        if viewing is not None:
            seen = self.place(user, viewing)
            context = {"channel_id": seen.id, "team_id": self.world.seed.team_id, "enterprise_id": None}
        return {"user_id": user, "context": context, "channel_id": place.id, "thread_ts": ts}

    def _has_commands(self) -> bool:
        return "commands" in self.world.manifest.scopes

    def _offered(self, callback_id: str, kind: str) -> None:
        known = self.world.manifest.shortcuts
        if not self._has_commands() or (callback_id, kind) not in {(s.callback_id, s.kind) for s in known}:
            raise Refused("unknown_shortcut", "没有这个快捷方式。")

    def _reply_url(self, target: ReplyUrl) -> str:
        return f"{self.base_url}respond/{self.world.reply_url(target)}"

    def _show_ack(self, command: str, target: ReplyUrl, body: Json) -> None:
        if not (body.get("text") or body.get("blocks")):
            return
        try:
            answer(self.world, target, body, self.announcer.announce)
        except SlackError as refused:
            self.world.mistakes.of_call(command, {"error": refused.code, **refused.facts})
            raise NotDelivered(refused.code, f"{command} 的应答被拒绝:{refused.code}") from None
