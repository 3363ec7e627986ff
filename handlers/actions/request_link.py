"""申请绑定: HR is told who asks to be matched to staff."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.action(ids.LINK_ME)
    async def pass_on(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.request_link, body)
        await ack()
