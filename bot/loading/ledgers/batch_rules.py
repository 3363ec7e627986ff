"""What the rows of an import must be to each other: one row a key, one row of a pair at a time, 100 % a client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import chain
from typing import Any, cast

from bot.domain.importing import Holding, Place, SheetKey, SheetRows, overcommitted, overlapping
from bot.loading.ledgers.exact import Exact
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.schema import SHEETS, Kind
from bot.loading.ledgers.sink import Sink

_KEYS = {sheet.key: sheet.keys for sheet in SHEETS}
_TELLING = {
    sheet.key: next((c.key for c in sheet.columns if c.key in sheet.keys and c.kind is Kind.ID), sheet.keys[0])
    for sheet in SHEETS
}
"""The key column under which a repeated row is reported: 客户号 rather than 截止日."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of a key, and a digest of its values: of a file with every row twice, half are kept."""

    sheet: SheetRows
    number: int
    digest: bytes


def without_repeats(sheets: Sequence[SheetRows], sink: Sink, report: Report) -> tuple[SheetRows, ...]:
    """The same row once; two different rows of one key are an error, in one file or in two."""
    kept = list(sheets)
    for key in SheetKey:
        suspects = sink.repeated(key)
        seen: dict[tuple[object, ...], _Seen] = {}
        for index, sheet in enumerate(sheets if suspects else ()):
            if sheet.key is key:
                dropped = frozenset(_repeats(sheet, suspects, seen, report))
                kept[index] = replace(sheet, rows=sheet.rows.without(dropped)) if dropped else sheet
    return tuple(kept)


def _repeats(
    sheet: SheetRows, suspects: set[int], seen: dict[tuple[object, ...], _Seen], report: Report
) -> Iterator[int]:
    """The places of the rows whose key came before, among those whose hash came twice."""
    names, columns = _KEYS[sheet.key], sheet.rows.columns
    place = 0
    for numbers, values in sheet.rows.chunks():
        keys = zip(*(values[columns.index(name)] for name in names), strict=True)
        for at, key in enumerate(keys):
            if hash(key) in suspects:
                row = _Seen(sheet, numbers[at], _digest(columns, [column[at] for column in values]))
                first = seen.setdefault(key, row)
                if first is not row:
                    _tell(row, first, key, report)
                    yield place + at
        place += len(numbers)


def _digest(columns: Sequence[str], values: Sequence[Any]) -> bytes:
    """The same for the same values, in whatever order the file has its columns."""
    return blake2b(repr(sorted(zip(columns, values, strict=True))).encode(), digest_size=16).digest()


def _tell(row: _Seen, first: _Seen, key: tuple[object, ...], report: Report) -> None:
    telling = _TELLING[row.sheet.key]
    at, value = row.sheet.place(row.number, telling), str(key[_KEYS[row.sheet.key].index(telling)])
    where = f"第 {first.number} 行" if first.sheet is row.sheet else first.sheet.place(first.number).label
    if first.digest == row.digest:
        report.warn("same_row_twice", at, value, first=where)
    else:
        report.error("duplicate_key", at, value, first=where, key="、".join(str(part) for part in key))


def check_holdings(sheets: Sequence[SheetRows], sink: Sink, report: Report) -> None:
    """Overlaps and sums of 管户, as far as the files alone tell: without 截止日 or 占比 the store's values count."""
    dated = [sheet for sheet in sheets if sheet.key is SheetKey.ATTRIBUTION and "to" in sheet.columns]
    shared_clients = sink.repeated(SheetKey.ATTRIBUTION, "client")
    if not shared_clients:
        return
    holdings = list(chain.from_iterable(_holdings(sheet, shared_clients) for sheet in dated))
    told = set()
    for first, second in overlapping(holdings):
        told.add(second.client)
        at = cast(Place, second.place)
        other = cast(Place, first.place).label
        report.error(
            "attribution_overlap",
            at,
            second.since.isoformat(),
            client=second.client,
            manager=second.manager,
            other=other,
        )
    shared = [h for h in holdings if h.client not in told] if all("share" in s.columns for s in dated) else []
    for found in overcommitted(shared):
        last = max(found.holdings, key=lambda h: (h.since, cast(Place, h.place).row))
        managers = "、".join(f"{h.manager} 占 {_percent(h.share)}%" for h in found.holdings)
        at = replace(cast(Place, last.place), column=_share_header(dated, last))
        facts = {"client": found.client, "day": found.day, "total": _percent(found.total), "managers": managers}
        report.error("shares_above_100", at, _percent(last.share), **facts)


def _holdings(sheet: SheetRows, clients: set[int]) -> Iterator[Holding]:
    """Of clients whose hash is one of these: those with one row cannot be shared too far."""
    columns = sheet.rows.columns
    for numbers, values in sheet.rows.chunks():
        for at, client in enumerate(values[columns.index("client")]):
            if hash((client,)) in clients:
                row = sheet.rows.row(numbers[at], (column[at] for column in values)).values
                yield Holding(
                    client=client,
                    manager=cast(str, row["manager"]),
                    share=cast(int, row.get("share", 0)),
                    since=cast(date, row["from"]),
                    until=cast("date | None", row["to"]),
                    place=sheet.place(numbers[at], "from"),
                )


def _share_header(sheets: Sequence[SheetRows], holding: Holding) -> str | None:
    """How the file that brought the holding writes 占比."""
    at = cast(Place, holding.place)
    return next((s.place(at.row, "share").column for s in sheets if (s.file, s.sheet) == (at.file, at.sheet)), None)


def _percent(points: int) -> str:
    """6000 basis points are 60."""
    return Exact(points, -2).text()
