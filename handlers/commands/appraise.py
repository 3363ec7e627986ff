"""/appraise: HR's commands; so far how a ledger is imported."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.command(ids.APPRAISE.name)
    async def appraise(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.appraise, body)
        await ack()
