"""导出: the card's standing as files in the direct message."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.EXPORT)
    async def export(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.export_standing, body)
        await ack()
