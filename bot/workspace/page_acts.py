"""The acts of `POST /page/do`: `{"as": user id, "act": name, …}`, one function each.

write       channel, text, [thread_ts], [mentions: {"@name": user id}]   a line that begins with a slash is a command
edit        channel, ts, text               delete      channel, ts            read        channel
press       where (message: channel, ts; home; modal), action_id, [value], [block_id]
suggest     where and so on as for press, value: what was typed; answers {"options"} or {"option_groups"}
submit      values: {block_id: {action_id: value}}; answers {"errors": {block_id: words}}
close       [everything]                    home        [tab], [viewing: channel]
look        channel (or null): what one looks at beside the open agent
shortcut    callback_id                     message_action   callback_id, channel, ts
react       channel, ts, name               unreact     channel, ts, name
invite      channel                         remove      channel (the app leaves it)
group       users: […]; answers {"channel"} assistant   [viewing]; answers {"ts"} (older assistant_view only)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.workspace.acts import Acts
from bot.workspace.interactions import Interactions
from bot.workspace.people_view import mark_read
from bot.workspace.problems import Refused
from bot.workspace.state import Json

Act = Callable[[str, Json], Awaitable[Json | None]]


class PageActs:
    """Reads what the page asked for and does it; raises Refused, NotDelivered, and KeyError for a missing field."""

    def __init__(self, acts: Acts, interactions: Interactions) -> None:
        self.acts = acts
        self.interactions = interactions
        self._known: dict[str, Act] = {
            "write": self._write, "press": self._press, "submit": self._submit, "close": self._close,
            "home": self._home, "read": self._read, "edit": self._edit, "delete": self._delete, "invite": self._invite,
            "suggest": self._suggest, "look": self._look, "shortcut": self._shortcut, "remove": self._remove,
            "message_action": self._message_action, "react": self._react, "unreact": self._unreact,
            "group": self._group, "assistant": self._assistant,
        }  # fmt: skip

    async def do(self, user: str, act: str, asked: Json) -> Json:
        """Do one act; what it answers beside `ok`."""
        return await self._known[act](user, asked) or {}

    async def _write(self, user: str, asked: Json) -> Json | None:
        text, thread = str(asked["text"]), asked.get("thread_ts")
        if text.startswith("/"):
            if thread:
                raise Refused("no_commands_in_threads", "消息列里不能使用斜杠命令,请回到对话中输入。")
            await self.acts.slash(user, text, asked["channel"])
            return None
        mentions = {str(name): str(who) for name, who in (asked.get("mentions") or {}).items()}
        return {"ts": await self.acts.say(user, text, asked["channel"], thread, mentions)}

    async def _press(self, user: str, asked: Json) -> None:
        action, value, block = asked["action_id"], asked.get("value"), asked.get("block_id")
        if asked["where"] == "home":
            await self.interactions.press_home(user, action, value, block)
        elif asked["where"] == "modal":
            await self.interactions.press_modal(user, action, value, block)
        else:
            await self.interactions.press(user, asked["channel"], asked["ts"], action, value=value, block_id=block)

    async def _suggest(self, user: str, asked: Json) -> Json:
        where, typed, at = str(asked["where"]), str(asked["value"]), asked.get("block_id")
        channel, ts = asked.get("channel"), str(asked.get("ts", ""))
        return await self.interactions.suggest(
            user, asked["action_id"], typed, where=where, channel=channel, ts=ts, block_id=at
        )

    async def _submit(self, user: str, asked: Json) -> Json:
        receipt = await self.interactions.submit(user, asked["values"])
        return {"errors": receipt.errors}

    async def _close(self, user: str, asked: Json) -> None:
        await self.interactions.close(user, bool(asked.get("everything")))

    async def _home(self, user: str, asked: Json) -> None:
        await self.acts.open_home(user, str(asked.get("tab", "home")), asked.get("viewing"))

    async def _look(self, user: str, asked: Json) -> None:
        await self.acts.look_at(user, asked["channel"])

    async def _assistant(self, user: str, asked: Json) -> Json:
        return {"ts": await self.acts.open_assistant(user, asked.get("viewing"))}

    async def _read(self, user: str, asked: Json) -> None:
        mark_read(self.acts.world, user, str(asked["channel"]))

    async def _edit(self, user: str, asked: Json) -> None:
        await self.acts.edit(user, asked["channel"], asked["ts"], str(asked["text"]))

    async def _delete(self, user: str, asked: Json) -> None:
        await self.acts.delete(user, asked["channel"], asked["ts"])

    async def _shortcut(self, user: str, asked: Json) -> None:
        await self.acts.shortcut(user, asked["callback_id"])

    async def _message_action(self, user: str, asked: Json) -> None:
        await self.acts.message_action(user, asked["callback_id"], asked["channel"], asked["ts"])

    async def _react(self, user: str, asked: Json) -> None:
        await self.acts.react(user, asked["channel"], asked["ts"], str(asked["name"]))

    async def _unreact(self, user: str, asked: Json) -> None:
        await self.acts.unreact(user, asked["channel"], asked["ts"], str(asked["name"]))

    async def _group(self, user: str, asked: Json) -> Json:
        return {"channel": await self.acts.open_group(user, [str(u) for u in asked["users"]])}

    async def _invite(self, user: str, asked: Json) -> None:
        await self.acts.invite_app(user, asked["channel"])

    async def _remove(self, user: str, asked: Json) -> None:
        await self.acts.remove_app(user, asked["channel"])
