"""The data gate before an appraisal: what is looked for is data, what it found blocks or warns."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a finding does."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of `knowledge/appraisals/checks.yaml`."""

    key: str
    level: Level
    owner: str
    """Who mends it, in words."""
    says: str
    fix: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: `item` is a client, a staff number or a date; `person` whom it concerns, empty for nobody."""

    check: str
    item: str
    person: str
