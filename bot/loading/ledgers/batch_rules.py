"""What the rows of an import must be to each other: one row a key, one row of a pair at a time, 100 % a client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import cast

from bot.domain.importing import Holding, Place, Row, SheetKey, SheetRows, overcommitted, overlapping
from bot.loading.ledgers.exact import Exact
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.schema import SHEETS, Kind

_KEYS = {sheet.key: sheet.keys for sheet in SHEETS}
_TELLING = {
    sheet.key: next((c.key for c in sheet.columns if c.key in sheet.keys and c.kind is Kind.ID), sheet.keys[0])
    for sheet in SHEETS
}
"""The key column under which a repeated row is reported: 客户号 rather than 截止日."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The first row of a key."""

    sheet: SheetRows
    row: Row


def without_repeats(sheets: Sequence[SheetRows], report: Report) -> tuple[SheetRows, ...]:
    """The same row once; two different rows of one key are an error, in one file or in two."""
    seen: dict[SheetKey, dict[tuple[object, ...], _Seen]] = {}
    return tuple(
        replace(sheet, rows=tuple(_first_rows(sheet, seen.setdefault(sheet.key, {}), report))) for sheet in sheets
    )


def _first_rows(sheet: SheetRows, seen: dict[tuple[object, ...], _Seen], report: Report) -> Iterator[Row]:
    names, telling = _KEYS[sheet.key], _TELLING[sheet.key]
    for row in sheet.rows:
        key = tuple(row.values[name] for name in names)
        first = seen.get(key)
        if first is None:
            seen[key] = _Seen(sheet, row)
            yield row
            continue
        where = _where(first, sheet)
        at, value = sheet.place(row.number, telling), str(row.values[telling])
        if first.row.values == row.values:
            report.warn("same_row_twice", at, value, first=where)
        else:
            facts = {"first": where, "key": "、".join(str(part) for part in key)}
            report.error("duplicate_key", at, value, **facts)


def _where(first: _Seen, sheet: SheetRows) -> str:
    """Row 5, with its sheet where that is another one."""
    if first.sheet is sheet:
        return f"第 {first.row.number} 行"
    return first.sheet.place(first.row.number).label


def check_holdings(sheets: Sequence[SheetRows], report: Report) -> None:
    """Overlaps and sums of 管户, as far as the files alone tell: without 截止日 or 占比 the store's values count."""
    dated = [sheet for sheet in sheets if sheet.key is SheetKey.ATTRIBUTION and "to" in sheet.columns]
    holdings = list(chain.from_iterable(_holdings(sheet) for sheet in dated))
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


def _holdings(sheet: SheetRows) -> Iterator[Holding]:
    for row in sheet.rows:
        values = row.values
        yield Holding(
            client=cast(str, values["client"]),
            manager=cast(str, values["manager"]),
            share=cast(int, values.get("share", 0)),
            since=cast(date, values["from"]),
            until=cast("date | None", values["to"]),
            place=sheet.place(row.number, "from"),
        )


def _share_header(sheets: Sequence[SheetRows], holding: Holding) -> str | None:
    """How the file that brought the holding writes 占比."""
    at = cast(Place, holding.place)
    return next((s.place(at.row, "share").column for s in sheets if (s.file, s.sheet) == (at.file, at.sheet)), None)


def _percent(points: int) -> str:
    """6000 basis points are 60."""
    return Exact(points, -2).text()
