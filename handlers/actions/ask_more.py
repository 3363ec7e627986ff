"""What a card offers to ask next, asked as if it had been written."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener to each place where such a button may stand."""

    async def ask(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.ask_more, body)
        await ack()

    for action in ids.ASK_MORE:
        app.action(action)(ask)
