"""A mention in a channel: rules in the thread, figures in the direct message."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.event(ids.MENTION)
    async def answer_mention(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.mention, body)
        await ack()
