"""稍后提醒: the reminder comes once more on the next workday."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.REMIND_LATER)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.remind_later, body)
        await ack()
