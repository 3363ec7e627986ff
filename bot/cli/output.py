"""What the command line prints: words for people, one line of JSON for scripts."""

import json
import sys
from typing import Any

from bot.errors import BotError
from bot.loading.ledgers.schema import SHEETS
from bot.wiring import build_renderer

SHEET_NAMES = {str(sheet.key): sheet.name for sheet in SHEETS}
"""Chinese name by English key."""


def say(text: str, err: bool = False) -> None:
    """To standard output, or to standard error; a closed pipe ends quietly."""
    (sys.stderr if err else sys.stdout).write(f"{text}\n")


def say_json(value: Any) -> None:
    """One line, UTF-8 as it is."""
    say(json.dumps(value, ensure_ascii=False))


def say_error(error: BotError) -> None:
    """The same words as on Slack, to standard error."""
    sys.stderr.write(f"{build_renderer().error(error, '').plain()}\n")
