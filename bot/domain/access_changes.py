"""Changes of access: roles, supervisor and e-mail decide who sees whose figures, so a second HR person confirms them.

Values are as the store keeps them: roles a sorted comma list, an address in small letters, None for an empty cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

FIELDS = ("roles", "supervisor", "email")


class Access(NamedTuple):
    """What of a person's row gives access."""

    roles: str | None = None
    supervisor: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class AccessChange:
    """One field of one person, as a batch would have it."""

    batch: int
    person: str
    field: str
    value: str | None


def differences(batch: int, person: str, now: Access, said: Mapping[str, str | None]) -> Iterable[AccessChange]:
    """The fields in which `said` differs from what is in force."""
    for field, value in said.items():
        if value != getattr(now, field):
            yield AccessChange(batch, person, field, value)
