"""The Web API's methods by name; importing this package fills the table. https://docs.slack.dev/reference/methods"""

from bot.workspace.methods import assistant, chat, conversations, files, people, reactions, team, views
from bot.workspace.methods.registry import METHODS, Call, Context

__all__ = [
    "METHODS", "Call", "Context", "assistant", "chat", "conversations", "files", "people", "reactions", "team", "views",
]  # fmt: skip
