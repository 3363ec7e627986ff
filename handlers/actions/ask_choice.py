"""One of a clarification's choices, asked as if it had been written."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.ASK_CHOICE)
    async def ask(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.ask_choice, body)
        await ack()
