"""再发: HR has a reminder sent once more."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.REMIND_AGAIN)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.remind_again, body)
        await ack()
