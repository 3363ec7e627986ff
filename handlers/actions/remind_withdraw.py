"""撤回: HR takes back a reminder that nobody has begun to send."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.REMIND_WITHDRAW)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.remind_withdraw, body)
        await ack()
