"""The clause that answers a kept question: looked for while HR types, and chosen."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds both listeners. The clauses are everybody's to read; who may teach is asked when one is chosen."""

    @app.options(ids.TEACH)
    async def offer(ack: AsyncAck, body: Payload) -> None:
        await ack(options=desk.clause_options(parse.typed(body)))

    @app.action(ids.TEACH)
    async def chosen(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.teach, body)
        await ack()
