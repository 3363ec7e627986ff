"""Every command, event and action id that a listener may name, once."""

from bot.render.ids import ASK_CHOICE, EXPLAIN, HOME_REFRESH, LEFT_OUT, LINK_ME, figure_value, parse_figure
from handlers.registry import COMMANDS, GRADE, HOME_OPENED, MENTION, MESSAGE, SUBSCRIPTIONS, Command

ACTIONS = (EXPLAIN, LEFT_OUT, LINK_ME, HOME_REFRESH, ASK_CHOICE)

__all__ = [
    "ACTIONS",
    "ASK_CHOICE",
    "COMMANDS",
    "EXPLAIN",
    "GRADE",
    "HOME_OPENED",
    "HOME_REFRESH",
    "LEFT_OUT",
    "LINK_ME",
    "MENTION",
    "MESSAGE",
    "SUBSCRIPTIONS",
    "Command",
    "figure_value",
    "parse_figure",
]
