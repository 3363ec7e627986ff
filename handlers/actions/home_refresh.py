"""The Home's own button: builds it anew."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.HOME_REFRESH)
    async def refresh(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.home_refresh, body)
        await ack()
