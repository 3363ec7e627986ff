"""What people do: write, call the app, gather, mark. Pressing and submitting are in `interactions`."""

from __future__ import annotations

from bot.workspace.gathering import Gathering
from bot.workspace.launching import Launching, SlashReceipt
from bot.workspace.writing import Writing

__all__ = ["Acts", "SlashReceipt"]


class Acts(Writing, Launching, Gathering):
    """All of them, of any person."""
