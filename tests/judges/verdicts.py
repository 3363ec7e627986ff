"""What another judge says of some blocks or a view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """`knows` is false where the judge has no word for a block; it then says nothing."""

    taken: bool
    why: str = ""
    knows: bool = True


TAKEN = Verdict(True)


def unknown(kind: str) -> Verdict:
    """The judge does not know this block."""
    return Verdict(True, f"knows no {kind}", knows=False)


def refused(why: object) -> Verdict:
    """The judge refuses; `why` is its own word, cut short."""
    return Verdict(False, str(why)[:300])


def kinds(tree: Any) -> Iterator[str]:
    """Every `type` in a tree of blocks."""
    if isinstance(tree, dict):
        if isinstance(tree.get("type"), str):
            yield tree["type"]
        for value in tree.values():
            yield from kinds(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from kinds(item)
