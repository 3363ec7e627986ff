"""确认入库: the dry run that the button names is loaded."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.LEDGER_CONFIRM)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.confirm_ledger, body)
        await ack()
