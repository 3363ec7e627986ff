"""Every command, event and action id that a listener may name, once."""

from bot.render.ids import (
    ACCESS_CONFIRM,
    ACCESS_REFUSE,
    ASK_CHOICE,
    ASK_MORE,
    EXPLAIN,
    HOME_REFRESH,
    LEDGER_BLANK,
    LEDGER_CONFIRM,
    LEDGER_EXAMPLE,
    LEFT_OUT,
    LINK_ME,
    figure_value,
    parse_figure,
)
from handlers.registry import APPRAISE, COMMANDS, GRADE, HOME_OPENED, MENTION, MESSAGE, SUBSCRIPTIONS, Command

ACTIONS = (
    EXPLAIN,
    LEFT_OUT,
    LINK_ME,
    HOME_REFRESH,
    ASK_CHOICE,
    *ASK_MORE,
    LEDGER_CONFIRM,
    LEDGER_BLANK,
    LEDGER_EXAMPLE,
    ACCESS_CONFIRM,
    ACCESS_REFUSE,
)

__all__ = [
    "ACCESS_CONFIRM",
    "ACCESS_REFUSE",
    "ACTIONS",
    "APPRAISE",
    "ASK_CHOICE",
    "ASK_MORE",
    "COMMANDS",
    "EXPLAIN",
    "GRADE",
    "HOME_OPENED",
    "HOME_REFRESH",
    "LEDGER_BLANK",
    "LEDGER_CONFIRM",
    "LEDGER_EXAMPLE",
    "LEFT_OUT",
    "LINK_ME",
    "MENTION",
    "MESSAGE",
    "SUBSCRIPTIONS",
    "Command",
    "figure_value",
    "parse_figure",
]
