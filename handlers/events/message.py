"""A sentence in the direct message."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.event(ids.MESSAGE)
    async def answer_message(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.message, body)
        await ack()
