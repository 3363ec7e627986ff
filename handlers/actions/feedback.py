"""有用 and 没用 below an answer."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.FEEDBACK)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.rate, body)
        await ack()
