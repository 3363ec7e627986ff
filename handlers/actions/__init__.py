"""Buttons, one file each."""

from slack_bolt.async_app import AsyncApp

from handlers.actions import (
    access_confirm,
    access_refuse,
    appraisal_step,
    ask_choice,
    ask_more,
    close_question,
    explain_figure,
    export_standing,
    feed_revoke,
    feedback,
    hand_over,
    home_refresh,
    ledger_blank,
    ledger_confirm,
    ledger_example,
    left_out_clients,
    remind_again,
    remind_later,
    remind_withdraw,
    request_link,
    session_calendar,
    session_cancel,
    session_join,
    session_leave,
    session_rate,
    teach_phrase,
)
from handlers.desk import Desk


def register(app: AsyncApp, desk: Desk) -> None:
    """Adds the buttons' listeners."""
    ledger = (ledger_confirm, ledger_blank, ledger_example, access_confirm, access_refuse)
    questions = (hand_over, feedback, teach_phrase, close_question)
    asking = (explain_figure, left_out_clients, export_standing, ask_choice, ask_more, request_link, home_refresh)
    training = (session_join, session_leave, session_calendar, session_cancel, session_rate, feed_revoke)
    for part in (*asking, *ledger, *questions, *training, remind_later, remind_again, remind_withdraw, appraisal_step):
        part.register(app, desk)
