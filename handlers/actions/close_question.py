"""关闭 on HR's list of questions."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.CLOSE_QUESTION)
    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.close_question, body)
        await ack()
