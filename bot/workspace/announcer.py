"""Decides which events the app gets, and starts their delivery."""

from __future__ import annotations

from collections.abc import Iterator

from bot.workspace.delivery import Delivery
from bot.workspace.payloads import event_callback, event_name
from bot.workspace.scopes import subscribed
from bot.workspace.state import Conversation, Json, World


class Announcer:
    """Turns events into event_callback payloads, as far as manifest, scopes and membership let the app hear them."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self.world = world
        self.delivery = delivery

    def heard(self, place: Conversation, *events: Json) -> Iterator[Json]:
        """The payloads of those events that the app is to get; an app outside a conversation hears nothing of it."""
        if self.world.seed.bot_user_id in place.members:
            for event in events:
                if subscribed(self.world.manifest, event_name(event)):
                    yield event_callback(self.world, event, self.world.is_shared(place))

    def announce(self, place: Conversation, event: Json) -> None:
        """Deliver in the background: for what the app itself caused, which nobody waits for."""
        for payload in self.heard(place, event):
            self.delivery.later(self.delivery.event(payload))

    async def tell(self, place: Conversation, *events: Json) -> None:
        """Deliver and wait for the acks; raises NotDelivered."""
        for payload in self.heard(place, *events):
            await self.delivery.event(payload)
