"""The next step of an appraisal, by its button."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.APPRAISAL_STEP)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.appraisal_step, body)
        await ack()
