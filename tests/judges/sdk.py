"""slack_sdk's models as a judge: every object is parsed and validated to its depths."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.judges.verdicts import TAKEN, Verdict, refused, unknown

_LOGGER = logging.getLogger("slack_sdk.models")
_KNOWS_NOT = frozenset({"data_table", "data_visualization"})


def judge(blocks: list[Any], view: dict[str, Any] | None = None) -> Verdict:
    """What slack_sdk says of the blocks, or of the whole view."""
    strange = [b["type"] for b in blocks if isinstance(b, dict) and b.get("type") in _KNOWS_NOT]
    if strange:
        return unknown(strange[0])
    try:
        with _heard() as warnings:
            parsed = Block.parse_all(copy.deepcopy(blocks))
            if any(block is None for block in parsed):
                return refused("unknown block")
            for block in parsed:
                block.to_dict()
            if view is not None:
                View(**copy.deepcopy(view)).to_dict()
    except (SlackObjectFormationError, TypeError, AttributeError, ValueError, KeyError) as fault:
        return refused(fault)
    return refused(warnings[0]) if warnings else TAKEN


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What the library only mutters: fields that it ignores, elements that it skips."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "ignored" in record.getMessage() or "skipped" in record.getMessage():
                said.append(record.getMessage())

    listener, level, disabled = Listener(), _LOGGER.level, logging.root.manager.disable
    _LOGGER.addHandler(listener)
    _LOGGER.setLevel(logging.DEBUG)
    logging.disable(logging.NOTSET)
    try:
        yield said
    finally:
        _LOGGER.removeHandler(listener)
        _LOGGER.setLevel(level)
        logging.disable(disabled)
