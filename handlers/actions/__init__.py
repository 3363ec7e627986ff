"""Buttons, one file each."""

from slack_bolt.async_app import AsyncApp

from handlers.actions import (
    access_confirm,
    access_refuse,
    ask_choice,
    ask_more,
    explain_figure,
    home_refresh,
    ledger_blank,
    ledger_confirm,
    ledger_example,
    left_out_clients,
    request_link,
)
from handlers.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the buttons' listeners."""
    ledger = (ledger_confirm, ledger_blank, ledger_example, access_confirm, access_refuse)
    for part in (explain_figure, left_out_clients, ask_choice, ask_more, request_link, home_refresh, *ledger):
        part.register(app, desk)
