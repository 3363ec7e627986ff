"""Who is where, and marks on messages: bringing the app in, groups, reactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.workspace.actor import Actor
from bot.workspace.methods.people import described
from bot.workspace.problems import Refused, SlackError
from bot.workspace.reactions import mark, unmark
from bot.workspace.state import Conversation, Json, World

Change = Callable[[World, Conversation, str, str, str], Json]
_WORDS = {
    "already_reacted": "你已经加过这个表情。",
    "no_reaction": "你没有加过这个表情。",
    "too_many_emoji": "这条消息上的表情已达上限。",
    "too_many_reactions": "你在这条消息上加的表情已达上限。",
}


class Gathering(Actor):
    """Acts on memberships and marks."""

    async def invite_app(self, user: str, channel: str) -> None:
        """Bring the app into a channel, as `/invite` does; the app hears member_joined_channel."""
        place = self.place(user, channel)
        bot = self.world.seed.bot_user_id
        if place.kind in ("im", "mpim") or bot in place.members:
            return
        place.members.append(bot)
        self.world.changes.note()
        await self.announcer.tell(place, self._membership("member_joined_channel", place) | {"inviter": user})

    async def remove_app(self, user: str, channel: str) -> None:
        """Take the app out of a channel; it hears member_left_channel, and nothing of the channel afterwards."""
        place = self.place(user, channel)
        bot = self.world.seed.bot_user_id
        if place.kind in ("im", "mpim") or bot not in place.members:
            return
        heard = list(self.announcer.heard(place, self._membership("member_left_channel", place)))
        place.members.remove(bot)
        self.world.changes.note()
        for payload in heard:
            await self.announcer.delivery.event(payload)

    async def open_group(self, user: str, others: Sequence[str]) -> str:
        """A group direct message with these people (one to seven) and the app; the conversation's id."""
        self.place(user, None)
        members = list(dict.fromkeys([user, *others]))
        known = [self.world.users.get(m) for m in members]
        if any(p is None or p.deleted or p.is_bot for p in known) or not 2 <= len(members) <= 8:
            raise Refused("user_not_found", "群聊要有两到八个在用的账号。")
        return self.world.group_message(members).id

    async def change_user(self, user: str, **facts: Any) -> None:
        """Change what is known of a person (`deleted=True`, `email=…`: fields of SeedUser); the app hears user_change.

        https://docs.slack.dev/reference/events/user_change
        """
        self.world.change_user(replace(self.world.users[user], **facts))
        told = described(self.world, self.world.users[user])
        event = {"type": "user_change", "user": told, "cache_ts": int(self.world.clock())}
        await self.announcer.tell(self.world.direct_message(user), event | {"event_ts": self.world.stamp()})

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put a mark on a message; the app hears reaction_added."""
        await self._mark(user, channel, ts, name, mark)

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take one's mark off again; the app hears reaction_removed."""
        await self._mark(user, channel, ts, name, unmark)

    async def _mark(self, user: str, channel: str, ts: str, name: str, change: Change) -> None:
        place = self.place(user, channel)
        try:
            event = change(self.world, place, ts, user, name)
        except SlackError as refused:
            raise Refused(refused.code, _WORDS.get(refused.code, "找不到这条消息,或没有这个表情。")) from None
        await self.announcer.tell(place, event)

    def _membership(self, kind: str, place: Conversation) -> Json:
        bot, letter = self.world.seed.bot_user_id, "G" if place.kind == "group" else "C"
        told = {"type": kind, "user": bot, "channel": place.id, "channel_type": letter}
        return told | {"team": self.world.seed.team_id, "event_ts": self.world.stamp()}
