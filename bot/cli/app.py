"""The command tree, and the one place where errors become words and exit codes."""

import sys
from typing import NoReturn

import typer
from pydantic import ValidationError

from bot.cli import (
    appraise,
    ask,
    backup,
    import_,
    ledger,
    outbox,
    progress,
    questions,
    rulebook,
    running,
    standing,
    store,
    training,
)
from bot.cli.output import say_error
from bot.errors import BotError

app = typer.Typer(
    name="ladder",
    help="客户经理等级助手:标准、进度、台账与 Slack 机器人。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (
    running,
    import_,
    ask,
    progress,
    standing,
    appraise,
    training,
    questions,
    outbox,
    ledger,
    rulebook,
    store,
    backup,
):
    part.register(app)


def main() -> NoReturn:
    """Runs a command: exit 0 done, 1 refused or impossible with the reason said, 2 wrongly called."""
    try:
        app()
    except BotError as error:
        say_error(error)
        sys.exit(1)
    except ValidationError as error:
        # Values are left out: a setting may be a secret.
        fields = ", ".join(".".join(str(part) for part in fault["loc"]) for fault in error.errors())
        typer.echo(f"设置有误:{fields}", err=True)
        sys.exit(2)
    sys.exit(0)
