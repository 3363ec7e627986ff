"""App Home: built anew each time it is opened."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import ids, parse
from handlers.desk import Desk
from handlers.parse import Payload


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the listener."""

    @app.event(ids.HOME_OPENED)
    async def show_home(ack: AsyncAck, body: Payload) -> None:
        await desk.take(parse.home_opened, body)
        await ack()
