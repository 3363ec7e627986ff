"""Answers to the two questions after a session."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds a listener for each answer."""

    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.rate_session, body)
        await ack()

    for action in ids.SESSION_RATE:
        app.action(action)(pressed)
