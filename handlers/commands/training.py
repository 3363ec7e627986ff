"""/training: the next sessions, and one's own hours."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.command(ids.TRAINING.name)
    async def training(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.training, body)
        await ack()
