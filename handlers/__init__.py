"""What Slack sends: one listener a file, grouped by surface. Each reads, hands over to the desk, and acks."""

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import actions, commands, events
from handlers.desk import Desk

_ANYTHING = re.compile(".*")


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds every listener."""
    for part in (commands, events, actions):
        part.register(app, desk)
    for kind in (app.event, app.action, app.command, app.view, app.shortcut, app.options):
        kind(_ANYTHING)(let_go)


async def let_go(ack: AsyncAck) -> None:
    """Whatever else comes, a button that only opens an address among it: acked, so that Slack does not try again."""
    await ack()
