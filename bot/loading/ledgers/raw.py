"""A cell and a row as the file has them, before anything is made of them. CSV and XLSX come to the same.

Text is a plain `str` (most cells of a CSV are text, and a million of them must stay cheap); all else is a `Cell`.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

HEAD_ROWS = 10
"""The headers stand in one of these (contract.md)."""
MAX_COLUMNS = 256
"""What stands further right is not read: no sheet of the ledger is a tenth as wide."""


class Kind(Enum):
    """What a cell that is no text is."""

    NUMBER = "数字"
    COMPUTED = "公式的数字"
    """The stored result of a formula, with the noise of binary arithmetic in it."""
    PERCENT = "百分比"
    """A number shown as a percentage: 0.5 is 50 %."""
    DATE = "日期"
    """A number shown as a date (a serial), or an ISO date of strict OOXML."""
    PADDED = "补零显示的数字"
    """A number shown with noughts in front (format 000000) or with words, which are not in the file."""
    SCALED = "带单位显示的数字"
    """A number shown with 万 or 亿 behind it (format 0"万元"), which is not in the file."""
    BOOLEAN = "逻辑值"
    ERROR = "错误值"
    NO_VALUE = "没有结果的公式"
    BLANK = "结果为空的公式"
    """A formula whose stored result is the empty text."""


class Cell(NamedTuple):
    """`text` is what the file stores; for a formula without a value, the formula."""

    kind: Kind
    text: str


Raw = str | Cell | None


class RawRow(NamedTuple):
    """`number` is 1-based as in the file; the cells stand at their columns, None where there is nothing."""

    number: int
    cells: list[Raw]


@dataclass(frozen=True, slots=True)
class Merges:
    """The merged ranges of a sheet by column: what hides behind the top left cell of one has no value of its own."""

    by_column: dict[int, list[tuple[int, int]]]
    """0-based column -> (first row, last row) of the cells covered."""

    def reach(self, first: int, last: int, column: int) -> bool:
        """Whether a cell of these rows is inside a merged range."""
        return any(top <= last and first <= bottom for top, bottom in self.by_column.get(column, ()))

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell is inside a merged range and not its first."""
        return any(first <= row <= last for first, last in self.by_column.get(column, ()))


@dataclass(slots=True)
class Beside:
    """What a sheet says beside its cells, whole once its rows have been read."""

    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """0-based (first, last)."""
    hidden_rows: "array[int]" = field(default_factory=lambda: array("L"))
    formula_rows: "array[int]" = field(default_factory=lambda: array("L"))
    """Rows with a formula that has a stored value."""
    external_rows: "array[int]" = field(default_factory=lambda: array("L"))
    """Rows with a formula that names another workbook."""
    uncalculated: bool = False
    """Whether the workbook says of itself that stored values are not those of its formulas."""

    def hides(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def shown(cell: Raw) -> str | None:
    """The cell in a report."""
    return cell.text if isinstance(cell, Cell) else cell


def filled(cells: Iterable[Raw]) -> bool:
    """Whether any cell holds more than blanks."""
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


class Warn(Protocol):
    """Notes something about a cell that is read all the same: a code of `import_words`, and its facts."""

    def __call__(self, code: str, **facts: object) -> None:
        """At the place of the cell."""


class Unreadable(Exception):
    """A whole file, or the rest of it, cannot be read: a code of `import_words`, and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class BadCell(Exception):
    """A cell that cannot be what its column wants: a code of `import_words`, and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
