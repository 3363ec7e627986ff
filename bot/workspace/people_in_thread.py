"""What people do and see, for callers without an event loop: the methods of `People`, each run to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.workspace.acts import SlashReceipt
from bot.workspace.interactions import SubmitReceipt
from bot.workspace.loop_thread import LoopThread
from bot.workspace.seen import Seen
from bot.workspace.state import Json

if TYPE_CHECKING:
    from bot.workspace.server import Workspace


class PeopleInThread(LoopThread):
    """`workspace` is the one inside; touch it only through `run` and `look`."""

    workspace: Workspace

    def say(
        self,
        user: str,
        text: str,
        *,
        channel: str | None = None,
        thread_ts: str | None = None,
        mentions: Mapping[str, str] | None = None,
    ) -> str:
        """See People.say."""
        return self.run(self.workspace.say(user, text, channel=channel, thread_ts=thread_ts, mentions=mentions))

    def drop_file(
        self,
        user: str,
        name: str,
        content: bytes,
        *,
        channel: str | None = None,
        text: str = "",
        thread_ts: str | None = None,
    ) -> str:
        """See People.drop_file."""
        return self.run(self.workspace.drop_file(user, name, content, channel=channel, text=text, thread_ts=thread_ts))

    def drop_files(self, user: str, files: Sequence[tuple[str, bytes]], *, channel: str | None = None) -> str:
        """See People.drop_files."""
        return self.run(self.workspace.drop_files(user, files, channel=channel))

    def file(self, number: str) -> bytes:
        """See People.file."""
        return self.look(lambda: self.workspace.file(number))

    def mention(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """See People.mention."""
        return self.run(self.workspace.mention(user, channel, text, thread_ts=thread_ts))

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """See People.edit."""
        self.run(self.workspace.edit(user, channel, ts, text))

    def delete(self, user: str, channel: str, ts: str) -> None:
        """See People.delete."""
        self.run(self.workspace.delete(user, channel, ts))

    def slash(self, user: str, command_text: str, *, channel: str | None = None) -> SlashReceipt:
        """See People.slash."""
        return self.run(self.workspace.slash(user, command_text, channel=channel))

    def shortcut(self, user: str, callback_id: str) -> Json:
        """See People.shortcut."""
        return self.run(self.workspace.shortcut(user, callback_id))

    def message_action(self, user: str, callback_id: str, channel: str, ts: str) -> Json:
        """See People.message_action."""
        return self.run(self.workspace.message_action(user, callback_id, channel, ts))

    def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """See People.press."""
        self.run(self.workspace.press(user, channel, ts, action_id, value=value, block_id=block_id))

    def press_home(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """See People.press_home."""
        self.run(self.workspace.press_home(user, action_id, value, block_id=block_id))

    def press_modal(self, user: str, action_id: str, value: Any = None, *, block_id: str | None = None) -> None:
        """See People.press_modal."""
        self.run(self.workspace.press_modal(user, action_id, value, block_id=block_id))

    def suggest(
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
        """See People.suggest."""
        return self.run(
            self.workspace.suggest(user, action_id, typed, where=where, channel=channel, ts=ts, block_id=block_id)
        )

    def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """See People.submit."""
        return self.run(self.workspace.submit(user, values))

    def close_modal(self, user: str, *, everything: bool = False) -> None:
        """See People.close_modal."""
        self.run(self.workspace.close_modal(user, everything=everything))

    def open_home(self, user: str, *, tab: str = "home", viewing: str | None = None) -> None:
        """See People.open_home."""
        self.run(self.workspace.open_home(user, tab=tab, viewing=viewing))

    def look_at(self, user: str, channel: str | None) -> None:
        """See People.look_at."""
        self.run(self.workspace.look_at(user, channel))

    def open_assistant(self, user: str, *, viewing: str | None = None) -> str:
        """See People.open_assistant."""
        return self.run(self.workspace.open_assistant(user, viewing=viewing))

    def change_user(self, user: str, **facts: Any) -> None:
        """See People.change_user."""
        self.run(self.workspace.change_user(user, **facts))

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """See People.react."""
        self.run(self.workspace.react(user, channel, ts, name))

    def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """See People.unreact."""
        self.run(self.workspace.unreact(user, channel, ts, name))

    def open_group(self, user: str, others: Sequence[str]) -> str:
        """See People.open_group."""
        return self.run(self.workspace.open_group(user, others))

    def invite_app(self, user: str, channel: str) -> None:
        """See People.invite_app."""
        self.run(self.workspace.invite_app(user, channel))

    def remove_app(self, user: str, channel: str) -> None:
        """See People.remove_app."""
        self.run(self.workspace.remove_app(user, channel))

    def seen_by(self, user: str) -> Seen:
        """See People.seen_by."""
        return self.look(lambda: self.workspace.seen_by(user))

    def dm(self, user: str) -> list[Json]:
        """See People.dm."""
        return self.look(lambda: self.workspace.dm(user))

    def dm_id(self, user: str) -> str:
        """See People.dm_id."""
        return self.look(lambda: self.workspace.dm_id(user))

    def messages(self, channel: str) -> list[Json]:
        """See People.messages."""
        return self.look(lambda: self.workspace.messages(channel))

    def ephemerals(self, user: str) -> list[Json]:
        """See People.ephemerals."""
        return self.look(lambda: self.workspace.ephemerals(user))

    def read(self, user: str, channel: str) -> None:
        """See People.read."""
        self.look(lambda: self.workspace.read(user, channel))
