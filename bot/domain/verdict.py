"""Met, failed, open: the three answers of every condition, and how they combine (regulation.md, after the readings)."""

from collections.abc import Sequence
from enum import StrEnum


class Verdict(StrEnum):
    """OPEN: a figure or a person's answer is missing."""

    MET = "met"
    FAILED = "failed"
    OPEN = "open"

    @classmethod
    def of(cls, holds: bool | None) -> "Verdict":
        """None is a fact that nobody has given yet."""
        return _OF[holds]

    @property
    def as_bool(self) -> bool | None:
        """true, false or null of the contract's JSON."""
        return None if self is Verdict.OPEN else self is Verdict.MET


_OF = {True: Verdict.MET, False: Verdict.FAILED, None: Verdict.OPEN}


def at_least(needed: int, verdicts: Sequence[Verdict]) -> Verdict:
    """具备 k 项 (article 11 two): met with `needed` met, failed when met and open are fewer, else open."""
    met, undecided = verdicts.count(Verdict.MET), verdicts.count(Verdict.OPEN)
    if met >= needed:
        return Verdict.MET
    return Verdict.OPEN if met + undecided >= needed else Verdict.FAILED


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met when every one is, failed when one is."""
    return at_least(len(verdicts), verdicts)


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met when one is, failed when every one is."""
    return at_least(1, verdicts)
