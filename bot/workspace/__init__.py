"""A Slack on this machine: for people in a browser (`ladder demo`) and for tests. Knows nothing of the bot.

An unmodified slack-bolt app connects to `Workspace.api_url` with the seed's tokens.
"""

from bot.workspace.acts import SlashReceipt
from bot.workspace.faults import Fault
from bot.workspace.interactions import SubmitReceipt
from bot.workspace.methods import Call
from bot.workspace.problems import NotDelivered, Refused
from bot.workspace.seed import Seed, SeedChannel, SeedUser
from bot.workspace.seen import Seen
from bot.workspace.server import Workspace
from bot.workspace.thread import WorkspaceThread

__all__ = [
    "Call",
    "Fault",
    "NotDelivered",
    "Refused",
    "Seed",
    "SeedChannel",
    "SeedUser",
    "Seen",
    "SlashReceipt",
    "SubmitReceipt",
    "Workspace",
    "WorkspaceThread",
]
