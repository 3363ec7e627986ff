"""/grade: the caller's own standing, to the caller alone."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.command(ids.GRADE.name)
    async def show_standing(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.grade, body)
        await ack()
