"""确认取消 HR calls a session off."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.SESSION_CANCEL)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.cancel_session, body)
        await ack()
