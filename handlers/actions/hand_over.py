"""转人工 below a question that was not answered."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.HAND_OVER)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.hand_over, body)
        await ack()
