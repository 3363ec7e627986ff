"""Slash commands, one file each."""

from slack_bolt.async_app import AsyncApp

from handlers.commands import appraise, grade, training
from handlers.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the commands' listeners."""
    grade.register(app, desk)
    appraise.register(app, desk)
    training.register(app, desk)
