"""未计入的客户: those left out of a figure, and why."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.LEFT_OUT)
    async def show_left_out(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.left_out_clients, body)
        await ack()
