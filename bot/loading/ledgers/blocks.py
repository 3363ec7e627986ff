"""Rows of one shape, kept by column: what the quick readers read, thousands of cells in one call."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from bot.loading.ledgers.raw import Beside, Cell, Kind, Merges, Raw, RawRow

ROWS = 2_000
"""In one block: enough to make the work of a call small beside that of its cells."""


class BlockColumn(NamedTuple):
    """`look` None: cells of text. Otherwise number cells of that kind, as the texts that the file stores."""

    look: Kind | None
    cells: Sequence[str | None]
    """None or the empty text where there is nothing."""


class Block(NamedTuple):
    """Consecutive rows. Columns that no row reaches are left out."""

    numbers: Sequence[int]
    columns: Sequence[BlockColumn]

    def part(self, rows: slice) -> "Block":
        """Some of the rows."""
        return Block(self.numbers[rows], [BlockColumn(c.look, c.cells[rows]) for c in self.columns])

    def rows(self) -> Iterator[RawRow]:
        """The same, row by row."""
        columns: list[Iterable[Raw]] = [
            [cell or None for cell in column.cells]
            if column.look is None
            else [Cell(column.look, cell) if cell else None for cell in column.cells]
            for column in self.columns
        ]
        if not columns:
            return
        for number, *cells in zip(self.numbers, *columns, strict=True):
            yield RawRow(number, cells)


Part = RawRow | Block
"""What a table gives: rows, some of them by the block."""


class Table(Protocol):
    """One sheet, or one CSV file."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def sheet(self) -> str:
        """The sheet's name; of a CSV file, the file's name without its ending."""

    @property
    def merges(self) -> Merges:
        """The merged ranges."""

    @property
    def beside(self) -> Beside:
        """What the sheet says beside its cells, once its rows have been read."""

    @property
    def epoch_1904(self) -> bool:
        """Whether serials count from 1904."""

    @property
    def ragged(self) -> bool:
        """Whether rows may be longer or shorter than the header (CSV)."""

    def parts(self) -> Iterator[Part]:
        """From the top; rows without any cell may be left out. Those of the head come one by one."""


def blocks_of(parts: Iterable[Part], ragged: bool) -> Iterator[Block | list[RawRow]]:
    """Single rows gathered to blocks where their columns allow it, and to lists where not."""
    loose: list[RawRow] = []
    for part in parts:
        if isinstance(part, RawRow):
            loose.append(part)
        if loose and (isinstance(part, Block) or len(loose) >= ROWS):
            yield gathered(loose, ragged)
            loose = []
        if isinstance(part, Block):
            yield part
    if loose:
        yield gathered(loose, ragged)


def gathered(rows: list[RawRow], ragged: bool) -> Block | list[RawRow]:
    """A block, where every column holds cells of one look, and a row's length, if that matters, is that of all."""
    width = max(len(row.cells) for row in rows)
    if ragged and any(len(row.cells) != width for row in rows):
        return rows
    padded = [[*row.cells, *[None] * (width - len(row.cells))] for row in rows]
    columns = []
    for cells in zip(*padded, strict=True):
        looks = {cell.kind if isinstance(cell, Cell) else None for cell in cells if cell is not None}
        if len(looks) > 1:
            return rows
        look = looks.pop() if looks else None
        columns.append(BlockColumn(look, cells if look is None else [cell and cell.text for cell in cells]))
    return Block([row.number for row in rows], columns)
