"""Finds the row of headers in a sheet, and says of every header what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.domain.importing import Place
from bot.domain.money import Currency
from bot.loading.ledgers import units
from bot.loading.ledgers.raw import HEAD_ROWS, Raw, RawRow, shown
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.schema import Column, Sheet
from bot.loading.ledgers.units import Unit

_NEAR = 60
"""How alike a header and a known one must be, of 100, to be suggested."""
_SUFFIX = re.compile(r"[(\[【〔{](?P<inside>.*?)[)\]】〕}]|[:/_\-,]*(?P<bare>.+)")
_UNIT_IS = re.compile("^单位[::]?")


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell: `column` None where it is unknown, `unit` what it says in brackets or behind its name."""

    index: int
    written: str
    column: Column | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A column of the file, with the unit that its amounts are in."""

    column: Column
    index: int
    written: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Layout:
    """The headers of a sheet: they stand in `row`, and cover `width` columns."""

    row: int
    columns: tuple[Placed, ...]
    width: int
    named: frozenset[int]
    """Indexes of the columns that have any header."""


def find_layout(head: Sequence[RawRow], sheet: Sheet, place: Place, report: Report) -> Layout | None:
    """The headers among the first rows; None, and errors in the report, where they do not do."""
    rows = [(row, _headings(row, sheet)) for row in head if row.number <= HEAD_ROWS]
    required = set(sheet.required)
    best = max(rows, key=lambda r: len(_known(r[1])), default=None)
    row, headings = next(((r, h) for r, h in rows if required <= _known(h)), best or (None, []))
    if row is None or not _known(headings):
        report.error("no_header", place, None, columns="、".join(column.name for column in sheet.required))
        return None
    counts = any(column.kind in units.CURRENCIES for column in sheet.columns)
    above = _units_above([r for r in head if r.number < row.number], place, report) if counts else {}
    header = _Header(sheet, Place(place.file, place.sheet, row.number), report)
    header.check_names(headings)
    columns = header.placed(headings, above)
    named = frozenset(heading.index for heading in headings)
    return Layout(row.number, columns, max(named) + 1, named) if header.sound else None


def _headings(row: RawRow, sheet: Sheet) -> list[Heading]:
    """Every cell of the row that holds something."""
    return [_heading(index, cell, sheet) for index, cell in enumerate(row.cells) if (shown(cell) or "").strip()]


def _heading(index: int, cell: Raw, sheet: Sheet) -> Heading:
    """日均存款(万元), 日均存款(单位:万元), 日均存款:万元, deposit_avg: the known name, and what follows it."""
    written = (shown(cell) or "").strip()
    if not isinstance(cell, str):
        return Heading(index, written, None)
    text = units.plain(written).replace("其中:", "其中")
    if text in sheet.by_header:
        return Heading(index, written, sheet.by_header[text])
    for name in sorted(sheet.by_header, key=len, reverse=True):
        found = _SUFFIX.fullmatch(text.removeprefix(name)) if text.startswith(name) else None
        if found and (found["inside"] is not None or units.unit_of(found["bare"])):
            inside = found["bare"] if found["inside"] is None else _UNIT_IS.sub("", found["inside"])
            return Heading(index, written, sheet.by_header[name], inside)
    return Heading(index, written, None)


def _known(headings: Sequence[Heading]) -> set[Column]:
    return {heading.column for heading in headings if heading.column}


def _units_above(rows: Sequence[RawRow], place: Place, report: Report) -> dict[Currency, Unit]:
    """What the lines above the headers say of each currency; two that differ are an error."""
    found: dict[Currency, Unit] = {}
    for row in rows:
        at = Place(place.file, place.sheet, row.number)
        cells = [written for cell in row.cells if (written := (shown(cell) or "").strip())]
        read = units.units_in_line(cells)
        if read is None:
            report.error("unit_unclear", at, " ".join(cells))
        for unit in read or ():
            first = found.setdefault(unit.currency, unit)
            if first.places != unit.places:
                report.error("unit_conflict", at, unit.name, line=first.name, unit=unit.name)
    return found


class _Header:
    """The checks of one row of headers; `sound` turns False with the first error."""

    def __init__(self, sheet: Sheet, at: Place, report: Report) -> None:
        self._sheet = sheet
        self._at = at
        self._report = report
        self._errors_before = report.faults

    @property
    def sound(self) -> bool:
        """No error so far."""
        return self._report.faults == self._errors_before

    def _place(self, written: str) -> Place:
        return Place(self._at.file, self._at.sheet, self._at.row, written)

    def check_names(self, headings: Sequence[Heading]) -> None:
        """Unknown, misspelt, missing and doubled headers."""
        absent = [column for column in self._sheet.columns if column not in _known(headings)]
        missing = [column for column in absent if column.required]
        for heading in headings:
            if heading.column is None:
                meant = _nearest(heading.written, absent)
                if meant in missing:
                    missing.remove(meant)
                    self._error("misspelt_header", heading, header=meant.name)
                else:
                    hint = f"是否应为「{meant.name}」?若是请改正。" if meant else ""
                    self._report.warn("unknown_column", self._place(heading.written), heading.written, hint=hint)
        for column in missing:
            self._report.error("missing_column", self._place(column.name), None, header=column.name)
        self._check_doubles(headings)

    def _check_doubles(self, headings: Sequence[Heading]) -> None:
        seen: dict[str, int] = {}
        for heading in headings:
            if heading.column:
                first = seen.setdefault(heading.column.key, heading.index)
                if first != heading.index:
                    self._error("duplicate_header", heading, header=heading.column.name, first=first + 1)

    def placed(self, headings: Sequence[Heading], above: dict[Currency, Unit]) -> tuple[Placed, ...]:
        """The known columns with their units."""
        return tuple(
            Placed(heading.column, heading.index, heading.written, self._unit(heading, heading.column, above))
            for heading in headings
            if heading.column
        )

    def _unit(self, heading: Heading, column: Column, above: dict[Currency, Unit]) -> Unit:
        """The header's unit, or that of the line above, or yuan and dollars."""
        own = self._own_unit(heading, column)
        currency = units.CURRENCIES.get(column.kind)
        if currency is None:
            return units.YUAN
        line = above.get(currency)
        if own and line and own.places != line.places:
            self._error("unit_conflict", heading, line=line.name, unit=own.name)
        if currency is Currency.USD and not (own or line) and any(unit.places for unit in above.values()):
            self._report.warn("dollars_assumed", self._place(heading.written))
        return own or line or (units.YUAN if currency is Currency.CNY else units.DOLLARS)

    def _own_unit(self, heading: Heading, column: Column) -> Unit | None:
        """What stands in the header's brackets, where that is a unit of the column."""
        accepted = units.accepted_units(column.kind)
        if heading.unit is None or accepted is None or units.is_plain_unit(column.kind, heading.unit):
            return None
        currency = units.CURRENCIES.get(column.kind)
        unit = units.unit_of(heading.unit, currency) if currency else None
        if unit is None:
            self._error("unknown_unit", heading, unit=heading.unit, accepted=accepted)
        elif unit.currency is not currency:
            self._error("wrong_currency", heading, unit=heading.unit, accepted=accepted)
            return None
        return unit

    def _error(self, code: str, heading: Heading, **facts: object) -> None:
        self._report.error(code, self._place(heading.written), heading.written, **facts)


def _nearest(written: str, absent: Sequence[Column]) -> Column | None:
    """The column that an unknown header most likely means."""
    text = re.sub(r"[(\[【].*$", "", units.plain(written))
    names = {name: column for column in absent for name in (column.name, column.key)}
    found = process.extractOne(text, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return names[found[0]] if found else None
