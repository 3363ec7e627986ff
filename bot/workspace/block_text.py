"""What is read off blocks whatever their kind: their types, elements and text; and the ids that Slack adds."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

_COUNTED = frozenset({"text", "alt_text"})


def type_of(thing: Any) -> str:
    """The `type` of a thing, empty where it bears none."""
    kind = thing.get("type") if isinstance(thing, dict) else None
    return kind if isinstance(kind, str) else ""


def held_elements(block: Any) -> Iterator[Any]:
    """The elements that a block holds: one beside its text, one of an input, several in a row or on a card."""
    if isinstance(block, dict):
        yield from (block[key] for key in ("accessory", "element") if key in block)
        for key in ("elements", "actions"):
            yield from block[key] if isinstance(block.get(key), list) else ()


def text_length(tree: Any) -> int:
    """Characters in all `text` and `alt_text` strings: what counts toward msg_blocks_too_long."""
    if isinstance(tree, dict):
        return sum(len(v) if isinstance(v, str) and k in _COUNTED else text_length(v) for k, v in tree.items())
    return sum(map(text_length, tree)) if isinstance(tree, list) else 0


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks as Slack stores them: every block with a block_id, every interactive element with an action_id."""
    return [_with_id(block) for block in blocks]


def _with_id(block: dict[str, Any]) -> dict[str, Any]:
    named = {"block_id": secrets.token_urlsafe(4), **block}
    for key in ("accessory", "element"):
        if isinstance(named.get(key), dict):
            named[key] = _with_action_id(named[key])
    if named.get("type") in ("actions", "context_actions"):
        named["elements"] = [_with_action_id(e) for e in named["elements"]]
    return named


def _with_action_id(element: dict[str, Any]) -> dict[str, Any]:
    return element if element.get("type") == "image" else {"action_id": secrets.token_urlsafe(4), **element}
