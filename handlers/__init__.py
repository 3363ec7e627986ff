"""What Slack sends: one listener a file, grouped by surface. Each reads, hands over to the desk, and acks."""

import re

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers import actions, commands, events
from handlers.desk import Desk

log = structlog.get_logger("ladder.handlers")

_ANYTHING = re.compile(".*")


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds every listener."""
    for part in (commands, events, actions):
        part.register(app, desk)
    for kind in (app.event, app.action, app.command, app.view, app.shortcut, app.options):
        kind(_ANYTHING)(let_go)
    app.error(report)


async def let_go(ack: AsyncAck) -> None:
    """Whatever else comes, a button that only opens an address among it: acked, so that Slack does not try again."""
    await ack()


async def report(error: Exception) -> None:
    """Before the ack only the store can fail. It is not acked then, and Slack delivers again; an exception's own words
    may quote what was to be stored."""
    log.error("not taken in", fault=type(error).__name__)
