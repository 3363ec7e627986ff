"""The rows of a ledger's sheet, kept column by column as they will be stored, so that a million need little memory.

As stored: a date is its ISO text, a word of a list its key, a set a sorted comma list; all else is what `Row` says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, overload

Chunk = tuple[list[int], list[list[Any]]]
"""The numbers of some rows, and of every column their values as stored."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `values` by English key, only of columns that the file has, None for an empty cell.

    Ids and texts are str, dates `date`, amounts 分 or US cents, `share` basis points, `hours` hundredths of an hour,
    `usd_cny` a canonical decimal, `start` and `end` "HH:MM", `seats` int, `grade` a rulebook key, `grades` a frozenset
    of them or of "all", `education`, `title`, `exam` their enums, `breach` bool, `roles` frozenset[Role], `status`
    True for 在岗.
    """

    number: int
    """1-based, as in the file."""
    values: Mapping[str, object]


class StoredRows(Sequence[Row]):
    """Rows that lie in chunks, in memory or in a file of their own; each is made when it is asked for."""

    def __init__(
        self,
        columns: tuple[str, ...],
        chunks: Callable[[], Iterable[Chunk]],
        typed: Mapping[str, Callable[[Any], object]],
        count: int,
    ) -> None:
        """`columns`: English keys in the chunks' order. `typed`: how the value of a column is made of the stored one.
        `count`: rows in the chunks."""
        self.columns = columns
        self._chunks = chunks
        self._typed = typed
        self._count = count
        self.dropped: frozenset[int] = frozenset()
        """Places, from 0, of rows that do not count."""

    def without(self, dropped: frozenset[int]) -> "StoredRows":
        """The same rows but those."""
        rows = copy(self)
        rows.dropped = dropped
        return rows

    def chunks(self) -> Iterator[Chunk]:
        """The values as stored, in the file's order."""
        if not self.dropped:
            yield from self._chunks()
            return
        place = 0
        for numbers, columns in self._chunks():
            kept = [i for i in range(len(numbers)) if place + i not in self.dropped]
            place += len(numbers)
            yield [numbers[i] for i in kept], [[column[i] for i in kept] for column in columns]

    def row(self, number: int, values: Iterable[Any]) -> Row:
        """Of the values as stored."""
        named = zip(self.columns, values, strict=True)
        return Row(number, {n: v if v is None or n not in self._typed else self._typed[n](v) for n, v in named})

    def __len__(self) -> int:
        return self._count - len(self.dropped)

    def __iter__(self) -> Iterator[Row]:
        for numbers, columns in self.chunks():
            for number, *values in zip(numbers, *columns, strict=True):
                yield self.row(number, values)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return list(self)[index]
