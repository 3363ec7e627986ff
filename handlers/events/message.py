"""A sentence in the direct message; in HR's channel, a reply to a question that was handed over."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload
from handlers.requests import Request


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    def message(body: Payload) -> Request | None:
        return parse.message(body) or parse.hr_reply(body, desk.hr_channel)

    @app.event(ids.MESSAGE)
    async def answer_message(ack: AsyncAck, body: Payload) -> None:
        await desk.take(message, body)
        await ack()
