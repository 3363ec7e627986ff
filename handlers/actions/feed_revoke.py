"""撤销地址 the private calendar's."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.FEED_REVOKE)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.revoke_feed, body)
        await ack()
