"""One sheet into typed rows: headers, cells, the checks of a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from bot.domain.importing import Place, Row, SheetRows
from bot.domain.ledger import FULL_SHARE
from bot.loading.ledgers import display
from bot.loading.ledgers.asides import Asides
from bot.loading.ledgers.fields import Reader, reader_for
from bot.loading.ledgers.headers import HEAD_ROWS, Layout, Placed, find_layout
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw, RawRow, Table, filled
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.row_rules import RowView, check_row
from bot.loading.ledgers.schema import Need, Sheet

MOST_ERRORS = 10_000
"""After as many in one sheet, the rest of it is not read: nobody reads on, and memory is not the file's to fill."""


def read_table(table: Table, sheet: Sheet, grades: Mapping[str, str], report: Report) -> SheetRows | None:
    """The rows of a sheet; None where its headers do not do. Faults go to the report."""
    rows = table.rows()
    head: list[RawRow] = []
    rest: list[RawRow] = []
    for row in rows:
        if row.number > HEAD_ROWS:
            rest.append(row)
            break
        head.append(row)
    place = Place(table.file, table.sheet)
    if not any(filled(row.cells) for row in head):
        report.warn("empty_sheet", place)
        return None
    layout = find_layout(head, sheet, place, report)
    if layout is None:
        return None
    body = chain((row for row in head if row.number > layout.row), rest, rows)
    reading = _Reading(table, sheet, layout, grades, report)
    return reading.collect(body)


@dataclass(frozen=True, slots=True)
class _Field:
    """A column with what its cells are read by."""

    placed: Placed
    index: int
    key: str
    read: Reader


class _Reading:
    """One pass over the rows below the headers."""

    def __init__(self, table: Table, sheet: Sheet, layout: Layout, grades: Mapping[str, str], report: Report) -> None:
        self._table = table
        self._sheet = sheet
        self._layout = layout
        self._grades = grades
        self._report = report
        self._headers = {placed.column.key: placed.written for placed in layout.columns}
        self._fields = [
            _Field(p, p.index, p.column.key, reader_for(p.column.kind, p.unit, grades, table.epoch_1904))
            for p in layout.columns
        ]
        self._asides = Asides(layout, sheet.keys)
        self._noughts: dict[str, list[int]] = {}
        self._unnamed: set[int] = set()

    def collect(self, body: Iterator[RawRow]) -> SheetRows:
        """Every sound row. What is missing in the others stands in the report."""
        rows = tuple(self._rows(body))
        for key, (first, count) in self._noughts.items():
            self._report.warn("empty_amounts", self._place(None, key), None, count=count, first=first)
        if not rows and not self._report.errors:
            self._report.warn("empty_sheet", self._place(None))
        columns = frozenset(self._headers)
        return SheetRows(self._sheet.key, self._table.sheet, self._table.file, columns, rows, self._headers)

    def _rows(self, body: Iterator[RawRow]) -> Iterator[Row]:
        errors = self._report.errors
        limit = len(errors) + MOST_ERRORS
        for raw in body:
            if not filled(raw.cells):
                continue
            if aside := self._asides.judge(raw.cells):
                self._report.warn(aside[0], self._place(raw.number), aside[1])
                continue
            before = len(errors)
            values = self._values(raw)
            if len(errors) == before:
                self._check(raw, values)
            if len(errors) == before:
                yield Row(raw.number, values)
            elif len(errors) >= limit:
                self._report.error("too_many_faults", self._place(raw.number))
                return

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
            seen = self._noughts.setdefault(field.key, [row, 0])
            seen[1] += 1
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


def _sound(cell: Cell, need: Need) -> Cell | None:
    """Errors and formulas without a result, whatever the column; an empty result is an empty cell where one may be."""
    if cell.kind is Kind.ERROR:
        raise BadCell("error_cell")
    if cell.kind is Kind.NO_VALUE or (cell.kind is Kind.BLANK and need in (Need.AMOUNT, Need.VALUE, Need.KEY)):
        raise BadCell("formula_without_value")
    return None if cell.kind is Kind.BLANK else cell
