"""Typed values to what the store keeps, and back: what passes from the reading process to ours is plain."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.domain.people import Education, Exam, Role, Title
from bot.loading.ledgers.schema import Kind


def stored(value: Any) -> Any:
    """A date's ISO text, a word's key, a set's sorted comma list; None where that is empty."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return ",".join(sorted(str(part) for part in value)) or None
    return str(value) if isinstance(value, str) else value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


def _roles(text: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in text.split(","))


TYPED: dict[Kind, Callable[[Any], object]] = {
    Kind.DATE: date.fromisoformat,
    Kind.LAST_DATE: date.fromisoformat,
    Kind.GRADES: _words,
    Kind.EDUCATION: Education,
    Kind.TITLE: Title,
    Kind.EXAM: Exam,
    Kind.ROLES: _roles,
}
"""The way back, of the kinds that need one."""
