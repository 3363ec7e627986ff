"""Logs of the running bot: JSON on stderr, never a message's body."""

import logging
import sys

import structlog

_CHATTY = ("slack_sdk", "slack_bolt", "ladder.slack_sdk")
"""At DEBUG they write message bodies and answers."""


def quiet_logger() -> logging.Logger:
    """The logger that Slack's libraries get: its level is its own, whatever the root's is."""
    logger = logging.getLogger("ladder.slack_sdk")
    if logger.level < logging.WARNING:
        logger.setLevel(logging.WARNING)
    return logger


def set_up_logs(level: str) -> None:
    """For a process that runs the bot."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    logging.basicConfig(level=number, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _withhold,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


_WITHHELD = frozenset({"text", "body", "blocks", "payload", "token", "email", "name", "words", "exc_info"})


def _withhold(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The one place of redaction: nothing under these names is ever written."""
    return {key: "withheld" if key in _WITHHELD else value for key, value in event.items()}
