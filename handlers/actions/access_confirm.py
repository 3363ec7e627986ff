"""确认: a second HR person puts a batch's changes of access in force."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.ACCESS_CONFIRM)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.confirm_access, body)
        await ack()
