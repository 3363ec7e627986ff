"""Clients by the names that people give them: whole, a part of the name, or misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

_SUFFIXES = ("股份有限公司", "有限责任公司", "有限公司", "集团", "公司")
_NEAR = 75


@dataclass(frozen=True, slots=True)
class Known:
    """A client of the person asked about: its number and what it is called."""

    number: str
    name: str


def find_clients(said: str, known: Iterable[Known]) -> tuple[Known, ...]:
    """Everyone whom the words may mean: by number or whole name one; else by a part of the name; else by spelling."""
    everyone: Sequence[Known] = tuple(known)
    exact = tuple(c for c in everyone if said.lower() in (c.number.lower(), c.name.lower()))
    if exact:
        return exact
    core = _core(said)
    if len(core) < 2:
        return ()
    parts = tuple(c for c in everyone if core in c.name.lower() or _core(c.name) in said.lower())
    if parts:
        return parts
    scored = [(fuzz.partial_ratio(core, _core(c.name)), c) for c in everyone]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(c for score, c in scored if score >= _NEAR and score == best)


def _core(name: str) -> str:
    """Without 有限公司 and the like, which say nothing of who it is."""
    name = name.lower()
    for suffix in _SUFFIXES:
        if len(name) > len(suffix) + 1 and name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
