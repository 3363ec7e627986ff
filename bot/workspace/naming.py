"""Who is called what: the names that people type, and the codes that Slack makes of them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from bot.workspace.seed import SeedUser

if TYPE_CHECKING:
    from bot.workspace.state import Changes, Conversation


class Naming:
    """The part of a World that knows names."""

    users: dict[str, SeedUser]
    conversations: dict[str, Conversation]
    changes: Changes

    def change_user(self, user: SeedUser) -> None:
        """Put this in place of what was known of the person."""
        self.users[user.id] = user
        self.__dict__.pop("_people_by_name", None)
        self.changes.note()

    def labels(self) -> dict[str, str]:
        """Each user's name as the page writes it: people of one name have their unit or else their handle behind it."""
        alike = Counter(u.real_name for u in self.users.values())
        units = Counter((u.real_name, u.group) for u in self.users.values())
        return {
            u.id: u.real_name if alike[u.real_name] < 2
            else f"{u.real_name}({u.group if u.group and units[u.real_name, u.group] < 2 else u.name})"
            for u in self.users.values()
        }  # fmt: skip

    @cached_property
    def _people_by_name(self) -> dict[str, str]:
        bearers: dict[str, list[SeedUser]] = {}
        labels = self.labels()
        for user in self.users.values():
            for name in {user.name, user.real_name, labels[user.id]} - {""}:
                bearers.setdefault(f"@{name}", []).append(user)
        active = {name: [u for u in users if not u.deleted] or users for name, users in bearers.items()}
        return {name: f"<@{users[0].id}>" for name, users in active.items() if len(users) == 1}
