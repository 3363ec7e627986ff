"""Events, one file each."""

from slack_bolt.async_app import AsyncApp

from handlers.desk import Desk
from handlers.events import home_opened, mention, message


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the events' listeners."""
    for part in (message, mention, home_opened):
        part.register(app, desk)
