"""A column of a file with what its cells are read by, and what holds of cells whatever their column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.loading.ledgers import schema
from bot.loading.ledgers.blocks import BlockColumn
from bot.loading.ledgers.fields import Reader, reader_for
from bot.loading.ledgers.headers import Placed
from bot.loading.ledgers.quick import QuickReader, quick_reader
from bot.loading.ledgers.raw import BadCell, Cell, Kind
from bot.loading.ledgers.schema import Need
from bot.loading.ledgers.texts import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class Field:
    """A column with what its cells are read by."""

    placed: Placed
    index: int
    key: str
    read: Reader
    quick: QuickReader


def field_of(placed: Placed, grades: Mapping[str, str], epoch_1904: bool) -> Field:
    """The column with its readers; `grades`: words to grade keys."""
    kind, unit = placed.column.kind, placed.unit
    read = reader_for(kind, unit, grades, epoch_1904)
    return Field(placed, placed.index, placed.column.key, read, quick_reader(kind, unit.places, read))


def only_remarks(field: Field, columns: Sequence[BlockColumn]) -> bool:
    """A column of optional texts, none too long: whatever is odd in it is read with a warning."""
    column, cells = field.placed.column, columns[field.index] if field.index < len(columns) else None
    if column.kind is not schema.Kind.TEXT or column.need is not Need.OPTIONAL or cells is None or cells.look:
        return False
    return all(len(cell or "") <= LONGEST_TEXT for cell in cells.cells)


def sound_cell(cell: Cell, need: Need) -> Cell | None:
    """Errors and formulas without a result, whatever the column; an empty result is an empty cell where one may be."""
    if cell.kind is Kind.ERROR:
        raise BadCell("error_cell")
    if cell.kind is Kind.NO_VALUE or (cell.kind is Kind.BLANK and need in (Need.AMOUNT, Need.VALUE, Need.KEY)):
        raise BadCell("formula_without_value")
    return None if cell.kind is Kind.BLANK else cell
