"""One sheet into typed rows: headers, cells, the checks of a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from bot.domain.importing import Place, SheetRows
from bot.domain.ledger import FULL_SHARE
from bot.domain.ledger_rows import Chunk
from bot.loading.ledgers import display
from bot.loading.ledgers.asides import Asides
from bot.loading.ledgers.blocks import Block, BlockColumn, Part, Table, blocks_of, gathered
from bot.loading.ledgers.fields import Reader, reader_for
from bot.loading.ledgers.headers import Layout, Placed, find_layout
from bot.loading.ledgers.quick import QuickReader, quick_reader
from bot.loading.ledgers.raw import HEAD_ROWS, BadCell, Cell, Kind, Raw, RawRow, filled
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.row_rules import QUICK_RULES, RowView, check_row
from bot.loading.ledgers.schema import Need, Sheet
from bot.loading.ledgers.sink import Sink
from bot.loading.ledgers.stored import stored
from bot.loading.ledgers.units import CURRENCIES, says_scale

MOST_ERRORS = 10_000
"""After as many in one sheet, the rest of it is not read: nobody reads on, and memory is not the file's to fill."""
_SLOW_ROWS = 32
"""A block of no more rows is read row by row, where the quick way does not do."""


def read_table(table: Table, sheet: Sheet, grades: Mapping[str, str], report: Report, sink: Sink) -> SheetRows | None:
    """The rows of a sheet, which go to the sink; None where its headers do not do. Faults go to the report."""
    parts = table.parts()
    head: list[RawRow] = []
    rest: list[Part] = []
    for part in parts:
        if isinstance(part, Block) or part.number > HEAD_ROWS:
            rest.append(part)
            break
        head.append(part)
    place = Place(table.file, table.sheet)
    if not any(filled(row.cells) for row in head):
        report.warn("empty_sheet", place)
        return None
    layout = find_layout(head, sheet, place, report)
    if layout is None:
        return None
    body = chain((row for row in head if row.number > layout.row), rest, parts)
    reading = _Reading(table, sheet, layout, grades, report)
    return reading.collect(body, sink)


class _Full(Exception):
    """More faults than anybody reads."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A column with what its cells are read by."""

    placed: Placed
    index: int
    key: str
    read: Reader
    quick: QuickReader


class _Reading:
    """One pass over the rows below the headers."""

    def __init__(self, table: Table, sheet: Sheet, layout: Layout, grades: Mapping[str, str], report: Report) -> None:
        self._table = table
        self._sheet = sheet
        self._layout = layout
        self._grades = grades
        self._report = report
        self._headers = {placed.column.key: placed.written for placed in layout.columns}
        self._fields = [_field(placed, grades, table.epoch_1904) for placed in layout.columns]
        self._asides = Asides(layout, sheet.keys)
        self._noughts: dict[str, list[int]] = {}
        self._unnamed: set[int] = set()
        self._limit = len(report.errors) + MOST_ERRORS

    def collect(self, body: Iterator[Part], sink: Sink) -> SheetRows:
        """Every sound row. What is missing in the others stands in the report."""
        keys = tuple(field.key for field in self._fields)
        gathered = sink.open(self._sheet, keys)
        try:
            for block in blocks_of(body, self._table.ragged):
                for chunk in self._chunks(block):
                    gathered.add(chunk)
        except _Full as full:
            self._report.error("too_many_faults", self._place(full.args[0]))
        self._tell_beside()
        order = {field.key: field.index for field in self._fields}
        for key, (first, count) in sorted(self._noughts.items(), key=lambda item: (item[1][0], order[item[0]])):
            self._report.warn("empty_amounts", self._place(None, key), None, count=count, first=first)
        if not gathered.count and not self._report.errors:
            self._report.warn("empty_sheet", self._place(None))
        return gathered.sheet(self._table.sheet, self._table.file, self._headers)

    def _tell_beside(self) -> None:
        """Rows and columns that nobody saw, formulas that nobody calculated: read all the same, and told."""
        beside = self._table.beside
        for field in self._fields:
            if beside.hides(field.index):
                self._report.warn("hidden_column", self._place(self._layout.row, field.key))
        told = {"hidden_rows": beside.hidden_rows, "external_formulas": beside.external_rows}
        if beside.uncalculated:
            told["formulas_not_calculated"] = beside.formula_rows
        for code, numbers in told.items():
            rows = [number for number in numbers if number > self._layout.row]
            if rows:
                self._report.warn(code, self._place(rows[0]), None, count=len(rows))

    def _chunks(self, block: Block | list[RawRow]) -> Iterator[Chunk]:
        """Quickly where that goes; else by halves, so that one odd row slows few others; at last row by row."""
        if isinstance(block, Block):
            if not any(any(column.cells) for column in block.columns):
                return
            columns = self._quickly(block)
            if columns is not None:
                yield list(block.numbers), columns
                return
        size = len(block.numbers) if isinstance(block, Block) else len(block)
        if size > _SLOW_ROWS:
            for part in (slice(0, size // 2), slice(size // 2, size)):
                half = block.part(part) if isinstance(block, Block) else gathered(block[part], self._table.ragged)
                yield from self._chunks(half)
            return
        rows = list(self._rows(block.rows() if isinstance(block, Block) else iter(block)))
        if rows:
            columns = [[stored(values[field.key]) for _, values in rows] for field in self._fields]
            yield [number for number, _ in rows], columns

    def _quickly(self, block: Block) -> list[list[Any]] | None:
        """The values of the fields as stored; None where a row may need a remark."""
        columns = block.columns
        if self._sheet.key not in QUICK_RULES or not self._usual_width(columns):
            return None
        found: dict[str, list[Any]] = {}
        noughts: dict[str, list[int]] = {}
        nothing = BlockColumn(None, [None] * len(block.numbers))
        if any(self._table.merges.reach(block.numbers[0], block.numbers[-1], f.index) for f in self._fields):
            return None
        for field in self._fields:
            values = field.quick(columns[field.index] if field.index < len(columns) else nothing)
            if values is not None and None in values:
                values = self._filled_in(field, values, block.numbers, noughts)
            if values is None:
                return None
            found[field.key] = values
        if not QUICK_RULES[self._sheet.key](found):
            return None
        for key, (first, count) in noughts.items():
            self._count_noughts(key, first, count)
        return list(found.values())

    def _usual_width(self, columns: Sequence[BlockColumn]) -> bool:
        """Not short of the headers, in a CSV; nothing in a column without header that has not been told of."""
        if self._table.ragged and len(columns) < self._layout.width:
            return False
        told = self._layout.named | self._unnamed
        return all(index in told or not any(column.cells) for index, column in enumerate(columns))

    def _filled_in(
        self, field: _Field, values: list[Any], numbers: Sequence[int], noughts: dict[str, list[int]]
    ) -> list[Any] | None:
        """What `_empty` says of empty cells, where it says it without an error or a warning of the cell's own."""
        need = field.placed.column.need
        if need in (Need.KEY, Need.VALUE) or field.index in self._table.merges.by_column:
            return None
        if need is Need.OPTIONAL:
            return values
        if need is Need.AMOUNT:
            noughts[field.key] = [numbers[values.index(None)], values.count(None)]
        empty = FULL_SHARE if need is Need.ALL else 0
        return [empty if value is None else value for value in values]

    def _count_noughts(self, key: str, first: int, count: int = 1) -> None:
        seen = self._noughts.setdefault(key, [first, 0])
        seen[1] += count

    def _rows(self, body: Iterator[RawRow]) -> Iterator[tuple[int, dict[str, object]]]:
        errors = self._report.errors
        for raw in body:
            if not filled(raw.cells):
                continue
            if aside := self._asides.judge(raw.cells):
                self._tell_aside(raw, *aside)
                continue
            before = len(errors)
            values = self._values(raw)
            if len(errors) == before:
                self._check(raw, values)
            if len(errors) == before:
                yield raw.number, values
            elif len(errors) >= self._limit:
                raise _Full(raw.number)

    def _tell_aside(self, raw: RawRow, code: str, word: str) -> None:
        """A note at the foot is no row; but one that gives another unit than the headers would make all rows wrong."""
        counts = any(field.placed.column.kind in CURRENCIES for field in self._fields)
        texts = [cell for cell in raw.cells if isinstance(cell, str)]
        if code == "note_row" and counts and says_scale(texts):
            self._report.error("unit_unclear", self._place(raw.number), word)
        else:
            self._report.warn(code, self._place(raw.number), word)

    def _check(self, raw: RawRow, values: dict[str, object]) -> None:
        """The rules of a row, all of whose cells are sound."""

        def shown(key: str) -> str | None:
            index = next(field.index for field in self._fields if field.key == key)
            return self._shown(raw.cells[index] if index < len(raw.cells) else None)

        view = RowView(values, partial(self._place, raw.number), shown)
        check_row(self._sheet.key, view, self._grades, self._report)

    def _values(self, raw: RawRow) -> dict[str, object]:
        """The typed cells of a row, without those that have a fault."""
        values: dict[str, object] = {}
        cells = raw.cells
        self._check_width(raw)
        width = len(cells)
        for field in self._fields:
            cell = cells[field.index] if field.index < width else None
            try:
                values[field.key] = self._value(field, cell, raw.number)
            except BadCell as fault:
                at = self._place(raw.number, field.key)
                self._report.error(fault.code, at, self._shown(cell), header=field.placed.column.name, **fault.facts)
        return values

    def _value(self, field: _Field, cell: Raw, row: int) -> object:
        if isinstance(cell, Cell):
            cell = _sound(cell, field.placed.column.need)
        elif cell is not None and not cell.strip():
            cell = None
        if cell is None:
            return self._empty(field, row)
        if self._table.merges.covers(row, field.index):
            raise BadCell("merged_value")

        def warn(code: str, **facts: object) -> None:
            self._report.warn(code, self._place(row, field.key), self._shown(cell), **facts)

        value = field.read(cell, warn)
        return self._empty(field, row) if value is None else value

    def _empty(self, field: _Field, row: int) -> object:
        """What an empty cell means in its column."""
        need = field.placed.column.need
        merged = self._table.merges.covers(row, field.index)
        if need in (Need.KEY, Need.VALUE):
            raise BadCell("merged_key" if merged else "key_empty" if need is Need.KEY else "value_missing")
        if need is Need.AMOUNT:
            if merged:
                raise BadCell("merged_amount")
            self._count_noughts(field.key, row)
            return 0
        if merged:
            self._report.warn("merged_cell", self._place(row, field.key))
        return FULL_SHARE if need is Need.ALL else None

    def _check_width(self, raw: RawRow) -> None:
        """A CSV row with more or fewer cells than headers has lost its columns; a sheet may have notes beside it."""
        cells, width = raw.cells, self._layout.width
        if self._table.ragged and len(cells) < width:
            lost = next((f.placed for f in self._fields if f.index >= len(cells) and f.placed.column.required), None)
            if lost:
                self._report.error("row_too_short", self._place(raw.number), None, header=lost.written)
        if self._table.ragged and filled(cells[width:]):
            self._report.error("row_too_long", self._place(raw.number), self._shown(cells[-1]))
            return
        for index, cell in enumerate(cells):
            if index not in self._layout.named and index not in self._unnamed and filled((cell,)):
                self._unnamed.add(index)
                self._report.warn("unnamed_column", self._place(raw.number), self._shown(cell))

    def _shown(self, cell: Raw) -> str | None:
        return display.shown(cell, self._table.epoch_1904)

    def _place(self, row: int | None, key: str | None = None) -> Place:
        return Place(self._table.file, self._table.sheet, row, self._headers[key] if key else None)


def _field(placed: Placed, grades: Mapping[str, str], epoch_1904: bool) -> _Field:
    kind, unit = placed.column.kind, placed.unit
    read = reader_for(kind, unit, grades, epoch_1904)
    return _Field(placed, placed.index, placed.column.key, read, quick_reader(kind, unit.places, read))


def _sound(cell: Cell, need: Need) -> Cell | None:
    """Errors and formulas without a result, whatever the column; an empty result is an empty cell where one may be."""
    if cell.kind is Kind.ERROR:
        raise BadCell("error_cell")
    if cell.kind is Kind.NO_VALUE or (cell.kind is Kind.BLANK and need in (Need.AMOUNT, Need.VALUE, Need.KEY)):
        raise BadCell("formula_without_value")
    return None if cell.kind is Kind.BLANK else cell
