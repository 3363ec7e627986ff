"""怎么算的: the clients behind a figure, as a reply to its card."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.EXPLAIN)
    async def explain(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.explain_figure, body)
        await ack()
