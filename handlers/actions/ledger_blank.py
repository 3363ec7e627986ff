"""空白模板: an empty workbook with every header."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.LEDGER_BLANK)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.blank_ledger, body)
        await ack()
