"""What appraisals need of the world; `bot.wiring` gives them the real things."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.appraisal_check import Found
from bot.domain.appraisal_run import Appeal, LineRow, Run, Statement
from bot.domain.appraisal_signing import Signed


class AppraisalReader(Protocol):
    """Runs, their lines, and what people said."""

    def newest(self, period: str, lock: bool = False) -> Run | None:
        """The run of the period, or its last correction. `lock`: nobody else decides on it meanwhile."""

    def get(self, number: int) -> Run | None:
        """By number."""

    def newest_published(self, period: str) -> Run | None:
        """The last run of the period that people have been told of."""

    def everything(self) -> list[Run]:
        """All runs, oldest first."""

    def lines(self, run: int) -> Iterator[LineRow]:
        """Whole lines in order of staff numbers as text, read as they come."""

    def line(self, run: int, person: str) -> LineRow:
        """One whole line. LookupError where there is none."""

    def brief(self, run: int) -> list[LineRow]:
        """The lines without inputs and reason tree, in order of staff numbers."""

    def said(self, run: int, kinds: Sequence[str] = ()) -> list[Statement]:
        """Everything said in a run, oldest first; of some kinds."""

    def appeals(self, run: int) -> list[Appeal]:
        """Of a run, by number."""

    def established(self) -> dict[str, dict[str, tuple[str, date]]]:
        """By staff number, the newest run's: field -> (value, since)."""

    def importers(self, as_of: date, batch: int) -> frozenset[str]:
        """Who brought the newest batch, and who brought figures in force of that date."""

    def touching(self, as_of: date, after: int) -> list[tuple[int, datetime, str]]:
        """(batch, at, actor) of batches after `after` that changed figures of that date."""


class AppraisalStore(AppraisalReader, Protocol):
    """Its write side; every call inside one write transaction."""

    def add(self, run: Run) -> int:
        """A new run under the next number, which is returned."""

    def change(self, number: int, **values: Any) -> None:
        """Sets columns of a run; what is finalised refuses by trigger."""

    def put_lines(self, run: int, lines: Iterable[LineRow]) -> None:
        """In place of the lines of the trial before."""

    def say(self, statement: Statement) -> int:
        """Appends what somebody said; its number."""

    def appeal(self, appeal: Appeal) -> int:
        """Its number; the same again for a key that is there already."""

    def rule(self, number: int, **values: Any) -> None:
        """Writes an appeal's outcome."""

    def establish(self, rows: Sequence[dict[str, Any]]) -> None:
        """Facts of the staff record that a run has established."""


class AppraisalChecks(Protocol):
    """The data gate's finders."""

    def run(self, keys: Sequence[str], as_of: date, probation: Sequence[str]) -> Iterator[Found]:
        """What each check named finds at that date. KeyError for a check nobody has written."""


class Signer(Protocol):
    """Signs digests of finalised runs."""

    def sign(self, digest: str) -> Signed | None:
        """None where no key is set. SigningKeyUnusable where it cannot be used."""

    def verify(self, digest: str, signed: Signed) -> bool:
        """Whether that public key's owner has signed that digest."""


class RulebookFiles(Protocol):
    """A rulebook word for word."""

    def __call__(self, version: str) -> Mapping[str, str]:
        """Texts by file name."""
