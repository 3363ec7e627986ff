"""Reads the cells of a column some thousand at a time, where all are as most cells are; else says that it cannot.

Nothing is decided here: a quick reader takes only what the reader of the single cell (`fields`) reads to the same value
without a remark. What it does not take goes there, cell by cell.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.loading.ledgers import raw, schema
from bot.loading.ledgers.amounts import MOST
from bot.loading.ledgers.asides import is_aside
from bot.loading.ledgers.blocks import BlockColumn
from bot.loading.ledgers.fields import Reader
from bot.loading.ledgers.raw import BadCell, Cell
from bot.loading.ledgers.stored import stored
from bot.loading.ledgers.texts import DAMAGED, LONGEST_TEXT, UNSEEN, cut_off

QuickReader = Callable[[BlockColumn], list[Any] | None]
"""The values as stored, None where the cell is empty; no list where a cell is not of the usual kind."""

_FIXED = re.compile(r"(?:[0-9]{1,13}+\.[0-9]{2}\n)*+")
_TWO = re.compile(r"(?:[0-9]{1,13}+(?:\.[0-9]{1,2}+)?+\n)*+")
_MORE = {
    4: re.compile(r"(?:[0-9]{1,9}+(?:\.[0-9]{1,6}+)?+\n)*+"),
    8: re.compile(r"(?:[0-9]{1,5}+(?:\.[0-9]{1,10}+)?+\n)*+"),
}
"""Of 万 and 亿: 15 digits in all, which a double keeps."""
_IDS = re.compile(r"(?:(?:[A-Za-z]{1,4}-?)?[0-9][0-9A-Z\-]{0,40}+\n)*+")
_DOUBLES = re.compile(r"(?:\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?\n)+", re.ASCII)
_DAMAGED = re.compile(r"(?:^|\n)[0-9][eE]")
_NUMBERED = re.compile(r"(?:[1-9][0-9]{0,14}+\n)*+")
_UNUSUAL = re.compile(rf"[{UNSEEN}\u2028\u2029{DAMAGED}]")
_REMEMBERED = 20_000
"""Different cells of a column that are remembered."""


class _Unusual(Exception):
    """A cell for the slow way."""


def quick_reader(kind: schema.Kind, places: int, read: Reader) -> QuickReader:
    """Of a column of that kind, whose amounts are in units of 10 ** `places`; `read` reads its single cells."""
    remembered = _Remembered(read)
    if kind in (schema.Kind.AMOUNT, schema.Kind.DOLLARS):
        return lambda column: _amounts(column, places)
    if kind is schema.Kind.ID:
        return lambda column: _ids(column) or remembered(column)
    if kind is schema.Kind.TEXT:
        return lambda column: _texts(column) or remembered(column)
    return remembered


class _Remembered:
    """Columns of few different cells: what a cell was read to is remembered, if nothing had to be remarked."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._values: dict[tuple[raw.Kind | None, str], Any] = {}

    def __call__(self, column: BlockColumn) -> list[Any] | None:
        distinct = set(column.cells)
        if len(self._values) + len(distinct) > _REMEMBERED:
            self._values.clear()
        try:
            meaning = {cell: self._value(column.look, cell) for cell in distinct}
        except (BadCell, _Unusual):
            return None
        return [meaning[cell] for cell in column.cells]

    def _value(self, look: raw.Kind | None, cell: str | None) -> Any:
        if not cell or (look is None and not cell.strip()):
            return None
        known = self._values.get((look, cell))
        if known is None:
            if look not in (None, raw.Kind.NUMBER, raw.Kind.DATE, raw.Kind.PERCENT, raw.Kind.COMPUTED):
                raise _Unusual
            if look is None and is_aside(cell):
                raise _Unusual
            known = stored(self._read(cell if look is None else Cell(look, cell), _refuse))
            self._values[look, cell] = known
        return known


def _refuse(code: str, **facts: object) -> None:
    raise _Unusual


def _amounts(column: BlockColumn, places: int) -> list[int | None] | None:
    """分 or cents."""
    cells = column.cells
    empty = None in cells or "" in cells
    written = [cell or "0" for cell in cells] if empty else cells
    if column.look not in (None, raw.Kind.NUMBER, raw.Kind.PADDED):
        return None
    found = _minor(written, places)  # type: ignore[arg-type]
    if found is None and column.look:
        found = _minor(_shortest(written), places)  # type: ignore[arg-type]
    if found is None or max(found) > MOST * 100:
        return None
    return [minor if cell else None for minor, cell in zip(found, cells, strict=True)] if empty else list(found)


def _shortest(cells: Sequence[str]) -> list[str]:
    """17 digits of a double: the shortest decimal that means the same is what was typed (`exact.typed`).

    Cells that are no numbers stay as they are: `float` raises, or knows `nan` and 1_000, which no ledger means.
    """
    if not _DOUBLES.fullmatch("\n".join(cells) + "\n"):
        return list(cells)
    return [repr(float(cell)).removesuffix(".0") for cell in cells]


def _minor(cells: Sequence[str], places: int) -> list[int] | None:
    joined = "\n".join(cells) + "\n"
    if places == 0:
        if _FIXED.fullmatch(joined):
            return list(map(int, joined.replace(".", "").split()))
        if not _TWO.fullmatch(joined):
            return None
        return [int(cell.replace(".", "")) if cell[-3:-2] == "." else _fen(cell) for cell in cells]
    pattern = _MORE.get(places)
    if pattern is None or not pattern.fullmatch(joined):
        return None
    digits = places + 2
    return [int(whole + part.ljust(digits, "0")) for whole, _, part in (cell.partition(".") for cell in cells)]


def _fen(cell: str) -> int:
    """Of a decimal with at most two places."""
    whole, _, part = cell.partition(".")
    return int(whole + (part + "00")[:2])


def _ids(column: BlockColumn) -> list[str] | None:
    """None also where cells are empty."""
    cells = column.cells
    if None in cells or column.look not in (None, raw.Kind.NUMBER):
        return None
    joined = "\n".join(cells) + "\n"  # type: ignore[arg-type]
    pattern = _IDS if column.look is None else _NUMBERED
    if not pattern.fullmatch(joined) or _DAMAGED.search(joined) or cut_off(joined):
        return None
    return list(cells)  # type: ignore[arg-type]


def _texts(column: BlockColumn) -> list[str | None] | None:
    """Without blanks around them."""
    if column.look is not None:
        return None
    written = list(filter(None, column.cells))
    if _UNUSUAL.search(" ".join(written)) or (written and max(map(len, written)) > LONGEST_TEXT):
        return None
    return [cell.strip() or None if cell else None for cell in column.cells]
