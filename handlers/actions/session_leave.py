"""请假, 放弃, 退出候补."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.SESSION_LEAVE)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.leave_session, body)
        await ack()
