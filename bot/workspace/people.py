"""What people do in a workspace and what each of them sees: the half of Workspace that a test drives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.workspace.acts import Acts, SlashReceipt
from bot.workspace.interactions import Interactions, SubmitReceipt
from bot.workspace.people_view import mark_read
from bot.workspace.problems import NotDelivered
from bot.workspace.seen import Seen, seen_by
from bot.workspace.state import Json, World


class People:
    """Coroutines return when the app has acked; each raises Refused (Slack itself forbids it) or NotDelivered."""

    world: World
    _acts: Acts
    _interactions: Interactions

    async def say(
        self,
        user: str,
        text: str,
        *,
        channel: str | None = None,
        thread_ts: str | None = None,
        mentions: Mapping[str, str] | None = None,
    ) -> str:
        """Write a message, in the direct message when no channel is given; its ts.

        `mentions` says whom a typed name means where several people bear it: `{"@王芳": "U7"}`.
        """
        return await self._acts.say(user, text, channel, thread_ts, mentions)

    async def drop_file(
        self,
        user: str,
        name: str,
        content: bytes,
        *,
        channel: str | None = None,
        text: str = "",
        thread_ts: str | None = None,
    ) -> str:
        """Drop one file, into the direct message when no channel is given; the message's ts."""
        return await self._acts.drop_files(user, [(name, content)], channel, text, thread_ts)

    async def drop_files(self, user: str, files: Sequence[tuple[str, bytes]], *, channel: str | None = None) -> str:
        """Drop several, as one message."""
        return await self._acts.drop_files(user, files, channel)

    def file(self, number: str) -> bytes:
        """The bytes of a file by its id."""
        return self.world.files[number].content or b""

    async def mention(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write `@app text` in a channel; its ts. NotDelivered also when the app is not in the channel."""
        if self.world.seed.bot_user_id not in self._acts.place(user, channel).members:
            raise NotDelivered("not_in_channel", "应用不在这个频道里。")
        name = f"@{self.world.seed.bot_name}"
        return await self._acts.say(user, f"{name} {text}", channel, thread_ts, {name: self.world.seed.bot_user_id})

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Edit one's own message."""
        await self._acts.edit(user, channel, ts, text)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        await self._acts.delete(user, channel, ts)

    async def slash(self, user: str, command_text: str, *, channel: str | None = None) -> SlashReceipt:
        """Type a slash command. Refused for an unknown one."""
        return await self._acts.slash(user, command_text, channel)

    async def shortcut(self, user: str, callback_id: str) -> Json:
        """Use a global shortcut; the payload that the app got."""
        return await self._acts.shortcut(user, callback_id)

    async def message_action(self, user: str, callback_id: str, channel: str, ts: str) -> Json:
        """Use a message shortcut on a message; the payload that the app got."""
        return await self._acts.message_action(user, callback_id, channel, ts)

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """Use a button, select or picker of a message."""
        await self._interactions.press(user, channel, ts, action_id, value=value, block_id=block_id)

    async def press_home(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """The same on one's Home tab."""
        await self._interactions.press_home(user, action_id, value, block_id)

    async def press_modal(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """The same in the topmost modal."""
        await self._interactions.press_modal(user, action_id, value, block_id)

    async def suggest(
        self,
        user: str,
        action_id: str,
        typed: str,
        *,
        where: str = "modal",
        channel: str | None = None,
        ts: str = "",
        block_id: str | None = None,
    ) -> Json:
        """Type into an external select (of a modal, home, or message); the options that the app returned."""
        at = {"where": where, "channel": channel, "ts": ts, "block_id": block_id}
        return await self._interactions.suggest(user, action_id, typed, **at)  # type: ignore[arg-type]

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """Fill in and submit the topmost modal."""
        return await self._interactions.submit(user, values)

    async def close_modal(self, user: str, *, everything: bool = False) -> None:
        """Close the topmost modal, or all of them."""
        await self._interactions.close(user, everything)

    async def open_home(self, user: str, *, tab: str = "home", viewing: str | None = None) -> None:
        """Open the app's Home tab (or `messages`; an agent hears which channel the person is viewing)."""
        await self._acts.open_home(user, tab, viewing)

    async def look_at(self, user: str, channel: str | None) -> None:
        """Move to another channel while the agent is open."""
        await self._acts.look_at(user, channel)

    async def open_assistant(self, user: str, *, viewing: str | None = None) -> str:
        """Start a thread with an app of the older `assistant_view`; its ts."""
        return await self._acts.open_assistant(user, viewing)

    async def change_user(self, user: str, **facts: Any) -> None:
        """Change what is known of a person: fields of SeedUser, as `deleted=True`."""
        await self._acts.change_user(user, **facts)

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put a mark on a message."""
        await self._acts.react(user, channel, ts, name)

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take one's mark off."""
        await self._acts.unreact(user, channel, ts, name)

    async def open_group(self, user: str, others: Sequence[str]) -> str:
        """A group direct message with these people and the app; its id."""
        return await self._acts.open_group(user, others)

    async def invite_app(self, user: str, channel: str) -> None:
        """Bring the app into a channel."""
        await self._acts.invite_app(user, channel)

    async def remove_app(self, user: str, channel: str) -> None:
        """Take the app out of a channel."""
        await self._acts.remove_app(user, channel)

    def seen_by(self, user: str) -> Seen:
        """Everything this person can see."""
        return seen_by(self.world, user)

    def dm(self, user: str) -> list[Json]:
        """The messages between a person and the app, oldest first, ephemeral ones left out."""
        return list(self.world.direct_message(user).messages.values())

    def dm_id(self, user: str) -> str:
        """The id of that direct message."""
        return self.world.direct_message(user).id

    def messages(self, channel: str) -> list[Json]:
        """The messages of a channel, replies among them, oldest first, ephemeral ones left out."""
        return list(self.world.conversations[channel].messages.values())

    def ephemerals(self, user: str) -> list[Json]:
        """The ephemeral messages shown to a person, oldest first."""
        return list(self.seen_by(user).ephemerals)

    def read(self, user: str, channel: str) -> None:
        """Mark a conversation as read."""
        mark_read(self.world, user, channel)
