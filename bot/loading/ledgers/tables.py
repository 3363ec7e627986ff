"""One sheet into typed rows: headers, cells, the checks of a row."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, islice, repeat
from typing import Any

from bot.domain.importing import Place, SheetRows
from bot.domain.ledger import FULL_SHARE
from bot.domain.ledger_rows import Chunk
from bot.loading.ledgers import display
from bot.loading.ledgers.asides import Asides
from bot.loading.ledgers.blocks import Block, BlockColumn, Part, Table, blocks_of, gathered
from bot.loading.ledgers.columns import Field, field_of, only_remarks, sound_cell
from bot.loading.ledgers.headers import Layout, find_layout
from bot.loading.ledgers.raw import HEAD_ROWS, BadCell, Cell, Kind, Raw, RawRow, filled
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.row_rules import QUICK_RULES, RowView, check_row
from bot.loading.ledgers.schema import Need, Sheet
from bot.loading.ledgers.sink import Sink
from bot.loading.ledgers.stored import stored
from bot.loading.ledgers.units import CURRENCIES, says_scale

_SLOW_ROWS = 32
"""A block of no more rows is read row by row, where the quick way does not do."""

_MOST_REMEMBERED = 20_000
"""Different faulty cells."""


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


class _Reading:
    """One pass over the rows below the headers."""

    def __init__(self, table: Table, sheet: Sheet, layout: Layout, grades: Mapping[str, str], report: Report) -> None:
        self._table = table
        self._sheet = sheet
        self._layout = layout
        self._grades = grades
        self._report = report
        self._headers = {placed.column.key: placed.written for placed in layout.columns}
        self._fields = [field_of(placed, grades, table.epoch_1904) for placed in layout.columns]
        self._asides = Asides(layout, sheet.keys)
        self._noughts: dict[str, tuple[int, int]] = {}
        self._unnamed: set[int] = set()
        self._bad: set[tuple[str, Kind | None, str | None]] = set()

    def collect(self, body: Iterator[Part], sink: Sink) -> SheetRows:
        """Every sound row. What is missing in the others stands in the report."""
        keys = tuple(field.key for field in self._fields)
        gathered = sink.open(self._sheet, keys)
        for block in blocks_of(body, self._table.ragged):
            if self._report.full(self._place(None)):
                self._count_faults(block)
            else:
                for chunk in self._chunks(block):
                    gathered.add(chunk)
        self._tell_beside()
        order = {field.key: field.index for field in self._fields}
        for key, (first, count) in sorted(self._noughts.items(), key=lambda item: (item[1][0], order[item[0]])):
            self._report.warn("empty_amounts", self._place(None, key), None, count=count, first=first)
        if not gathered.count and not self._report.faults:
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
        noughts = dict(self._noughts)
        found = self._by_column(block, whole=True)
        if found is None or not QUICK_RULES[self._sheet.key](found):
            self._noughts = noughts
            return None
        return [found[f.key] if f.key in found else self._remarked_texts(f, block) for f in self._fields]

    def _remarked_texts(self, field: Field, block: Block) -> list[Any]:
        """A column of texts some of which need a warning; `only_remarks` has seen to it that none is a fault."""
        cells = zip(block.numbers, block.columns[field.index].cells, strict=True)
        return [self._value(field, cell, number) for number, cell in cells]

    def _by_column(self, block: Block, whole: bool = False) -> dict[str, list[Any]] | None:
        """The values of the fields that need no remark; nothing where all rows may need one, or (`whole`) any field."""
        columns, numbers = block.columns, block.numbers
        if self._sheet.key not in QUICK_RULES or not self._usual_width(columns):
            return None
        if any(self._table.merges.reach(numbers[0], numbers[-1], f.index) for f in self._fields):
            return None
        found: dict[str, list[Any]] = {}
        nothing = BlockColumn(None, [None] * len(numbers))
        for field in self._fields:
            values = field.quick(columns[field.index] if field.index < len(columns) else nothing)
            if values is not None and None in values:
                values = self._filled_in(field, values, numbers)
            if values is not None:
                found[field.key] = values
            elif whole and not only_remarks(field, columns):
                return None
        return found

    def _usual_width(self, columns: Sequence[BlockColumn]) -> bool:
        """Not short of the headers, in a CSV; nothing in a column without header that has not been told of."""
        if self._table.ragged and len(columns) < self._layout.width:
            return False
        told = self._layout.named | self._unnamed
        return all(index in told or not any(column.cells) for index, column in enumerate(columns))

    def _filled_in(self, field: Field, values: list[Any], numbers: Sequence[int]) -> list[Any] | None:
        """What `_empty` says of empty cells, where it says it without an error or a warning of the cell's own."""
        need = field.placed.column.need
        if need in (Need.KEY, Need.VALUE) or field.index in self._table.merges.by_column:
            return None
        if need is Need.OPTIONAL:
            return values
        if need is Need.AMOUNT:
            self._count_noughts(field.key, numbers[values.index(None)], values.count(None))
        empty = FULL_SHARE if need is Need.ALL else 0
        return [empty if value is None else value for value in values]

    def _count_noughts(self, key: str, first: int, count: int = 1) -> None:
        first, before = self._noughts.get(key, (first, 0))
        self._noughts[key] = (first, before + count)

    def _rows(self, body: Iterator[RawRow]) -> Iterator[tuple[int, dict[str, object]]]:
        report = self._report
        for raw in body:
            if not self._counts(raw):
                continue
            before = report.faults
            values = self._values(raw)
            if report.faults == before:
                self._check(raw, values)
            if report.faults == before:
                yield raw.number, values

    def _counts(self, raw: RawRow) -> bool:
        """Whether it is a row of the ledger."""
        if not filled(raw.cells):
            return False
        aside = self._asides.judge(raw.cells)
        if aside:
            self._tell_aside(raw, *aside)
        return aside is None

    def _count_faults(self, block: Block | list[RawRow]) -> None:
        """Beyond those listed: only the columns that are not as most are is read cell by cell, and no row is kept."""
        usual = self._by_column(block) if isinstance(block, Block) else None
        if usual is None or not isinstance(block, Block):
            for _ in self._rows(block.rows() if isinstance(block, Block) else iter(block)):
                pass
            return
        odd = [field for field in self._fields if field.key not in usual]
        if not odd and QUICK_RULES[self._sheet.key](usual):
            return
        # Where all keys are as usual, every row is one of the ledger.
        keyed = all(key in usual for key in self._sheet.keys)
        counts = [True] * len(block.numbers) if keyed else list(map(self._counts, block.rows()))
        sound = list(counts)
        columns: dict[str, Sequence[Any]] = {**usual, **{f.key: self._odd(f, block, counts, sound) for f in odd}}
        self._count_odd_rows({key: list(compress(values, sound)) for key, values in columns.items()})

    def _odd(self, field: Field, block: Block, counts: Sequence[bool], sound: list[bool]) -> list[Any]:
        """The values of a column cell by cell; the rows of those that have none are no longer sound."""
        column = block.columns[field.index] if field.index < len(block.columns) else BlockColumn(None, ())
        values: list[Any] = [None] * len(counts)
        cells = islice(chain(column.cells, repeat(None)), len(counts))
        for at, written in compress(enumerate(cells), counts):
            known = (field.key, column.look, written)
            try:
                if known in self._bad:
                    raise BadCell("known")
                cell = Cell(column.look, written) if column.look and written else written
                values[at] = stored(self._value(field, cell, block.numbers[at]))
            except BadCell:
                sound[at] = False
                self._report.count(self._place(None))
                if len(self._bad) < _MOST_REMEMBERED:
                    self._bad.add(known)
        return values

    def _count_odd_rows(self, columns: Mapping[str, list[Any]]) -> None:
        """Rows of sound cells that break a rule of their sheet."""
        holds = QUICK_RULES[self._sheet.key]
        if not holds(columns):
            for values in zip(*columns.values(), strict=True):
                if not holds({key: [value] for key, value in zip(columns, values, strict=True)}):
                    self._report.count(self._place(None))

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
        self._check_width(raw)
        return self._cells(raw, self._fields)

    def _cells(self, raw: RawRow, fields: Sequence[Field]) -> dict[str, object]:
        values: dict[str, object] = {}
        cells = raw.cells
        width = len(cells)
        for field in fields:
            cell = cells[field.index] if field.index < width else None
            try:
                values[field.key] = self._value(field, cell, raw.number)
            except BadCell as fault:
                at = self._place(raw.number, field.key)
                self._report.error(fault.code, at, self._shown(cell), header=field.placed.column.name, **fault.facts)
        return values

    def _value(self, field: Field, cell: Raw, row: int) -> object:
        if isinstance(cell, Cell):
            cell = sound_cell(cell, field.placed.column.need)
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

    def _empty(self, field: Field, row: int) -> object:
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
