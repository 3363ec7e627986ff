"""What every act of a person needs: who acts, where, and what the app is told of it."""

from __future__ import annotations

from bot.workspace.announcer import Announcer
from bot.workspace.problems import NotDelivered, Refused, unanswered
from bot.workspace.state import Conversation, Json, World


class Actor:
    """Each act changes the world, then waits until the app has acked what it is told of it (NotDelivered if never)."""

    def __init__(self, world: World, announcer: Announcer, base_url: str) -> None:
        self.world = world
        self.announcer = announcer
        self.base_url = base_url

    def place(self, user: str, channel: str | None) -> Conversation:
        """The conversation (the direct message with the app without one), if this person is active and in it."""
        person = self.world.users.get(user)
        if person is None or person.deleted:
            raise Refused("user_not_found", "没有这个人,或账号已停用。")
        direct = self.world.direct_message(user)
        place = self.world.conversations.get(channel or direct.id)
        if place is None or user not in place.members:
            raise Refused("not_in_channel", "你不在这个频道里。")
        return place

    async def ask(self, payload: Json) -> Json:
        """Tell the app what a person did with it (a press, a shortcut, a form); what came in its ack."""
        if not self.world.manifest.interactivity:
            raise Refused("interactivity_off", "应用没有开启交互功能(interactivity)。")
        try:
            return await self.announcer.delivery.ask("interactive", payload)
        except NotDelivered as failed:
            words = f"操作没有成功:{unanswered(failed.reason)}({failed.reason}),请再试一次"
            raise NotDelivered(failed.reason, words) from None


def visible_message(place: Conversation, user: str, ts: str) -> Json:
    """A message that this person sees there, an ephemeral one too; Refused when there is none."""
    hidden = (m for u, m in place.ephemerals if u == user and m["ts"] == ts)
    message = place.messages.get(ts) or next(hidden, None)
    if message is None:
        raise Refused("message_not_found", "找不到这条消息。")
    return message
