"""Sums of what files say, taken while their rows pass: HR holds them against the totals of its own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.domain.ledger_rows import Chunk
from bot.domain.review import Sums

_SUMMED = ("deposit_avg", "loan_avg")


class FileTotals:
    """Of 业绩, over all files of one import, by as-of date."""

    def __init__(self) -> None:
        self._sums: dict[str, list[int]] = {}

    def watch(self, columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The same rows; summed as they go by. Both amounts are required columns, whole 分 in every row."""
        places = [columns.index(name) for name in ("as_of", *_SUMMED)]
        for numbers, values in chunks:
            self._add(*(values[place] for place in places))
            yield numbers, values

    @property
    def by_date(self) -> tuple[Sums, ...]:
        """Oldest first."""
        return tuple(Sums(date.fromisoformat(day), *self._sums[day]) for day in sorted(self._sums))

    def _add(self, days: list[str], *amounts: list[Any]) -> None:
        """By whole columns where a chunk is of one date, as nearly all are."""
        if days and days.count(days[0]) == len(days):
            self._count(days[0], len(days), *map(sum, amounts))
            return
        for day, *row in zip(days, *amounts, strict=True):
            self._count(day, 1, *row)

    def _count(self, day: str, rows: int, *amounts: int) -> None:
        sums = self._sums.setdefault(day, [0, 0, 0])
        for place, value in enumerate((rows, *amounts)):
            sums[place] += value
