"""What the store finds in a batch that has been applied, worded at the place in the file where its row stands.

A report is cut after the first of a kind, with the count of the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.access_changes import AccessChange
from bot.domain.importing import (
    SHEET_NAMES,
    Holding,
    ParsedLedger,
    Place,
    Remark,
    SheetKey,
    SheetRows,
    overcommitted,
    overlapping,
    remark,
)
from bot.services.ports import Writing

_MOST_REMARKS = 200
"""Of one kind; a report of a hundred thousand lines is read by nobody."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the store found, not yet worded: `keys` the rows concerned, the one to name first, each with its cell."""

    code: str
    sheet: str
    keys: Sequence[tuple[tuple[str, ...], str | None]]
    column: str | None
    facts: Mapping[str, object] = field(default_factory=dict)


def _one(code: str, sheet: str, key: tuple[str, ...], column: str, value: str) -> Found:
    return Found(code, sheet, [(key, value)], column)


def _and_more(sheet: str, count: int) -> Iterator[Found]:
    if count:
        yield Found("and_more", sheet, [((), None)], None, {"count": count})


def errors_of(view: Writing, batch: int | None, probation_grades: Sequence[str]) -> Iterator[Found]:
    """What refuses the batch; None: whatever in the whole store does."""
    people = view.checks.unknown_people(batch, _MOST_REMARKS)
    for sheet, person, key in people.first:
        yield _one("unknown_manager", sheet, key, "supervisor" if sheet == "managers" else "manager", person)
    yield from _and_more(people.first[-1][0] if people.first else "attribution", people.rest)
    sessions = view.checks.unknown_sessions(batch, _MOST_REMARKS)
    for session, key in sessions.first:
        yield _one("unknown_session", "attendance", key, "session", session)
    yield from _and_more("attendance", sessions.rest)
    trainees = view.checks.trainees_without_start(batch, probation_grades)
    for person in trainees[:_MOST_REMARKS]:
        yield _one("trainee_without_probation", "managers", (person,), "probation_since", person)
    yield from _and_more("managers", max(len(trainees) - _MOST_REMARKS, 0))
    yield from _shares(view, batch)


def warnings_of(view: Writing, batch: int) -> Iterator[Found]:
    """What an appraisal's check will stop at."""
    unheld = view.checks.without_manager(batch, _MOST_REMARKS)
    for as_of, client in unheld.first:
        yield _one("client_without_manager", "figures", (as_of.isoformat(), client), "client", client)
    yield from _and_more("figures", unheld.rest)
    unknown = view.checks.without_figures(batch, _MOST_REMARKS)
    for client in unknown.first:
        yield _one("client_without_figures", "attribution", (client,), "client", client)
    yield from _and_more("attribution", unknown.rest)


def unknown_supervisors(view: Writing, waits: Sequence[AccessChange]) -> Iterator[Found]:
    """Supervisors that wait to be named and are nobody's number."""
    named = {c.value for c in waits if c.field == "supervisor" and c.value}
    unknown = {number for number in named if view.people.get(number) is None}
    for change in waits:
        if change.field == "supervisor" and change.value in unknown:
            yield Found("unknown_manager", "managers", [((change.person,), change.value)], "supervisor")


def waiting(waits: Sequence[AccessChange]) -> Iterator[Found]:
    """One a person, at the first field that waits."""
    first: dict[str, str] = {}
    for change in waits:
        first.setdefault(change.person, change.field)
    for person, column in list(first.items())[:_MOST_REMARKS]:
        yield _one("waits_for_second", "managers", (person,), column, person)
    yield from _and_more("managers", max(len(first) - _MOST_REMARKS, 0))


def _shares(view: Writing, batch: int | None) -> Iterator[Found]:
    holdings = [
        Holding(client, manager, share, since, until)
        for client, manager, share, since, until in view.checks.attributions(batch)
    ]
    overlaps = overlapping(holdings)
    for earlier, later in overlaps[:_MOST_REMARKS]:
        other = f"自 {earlier.since.isoformat()}"
        facts = {"client": later.client, "manager": later.manager, "other": other}
        key = (_key(later), later.since.isoformat())
        yield Found("attribution_overlap", "attribution", [key], "from", facts)
    yield from _and_more("attribution", max(len(overlaps) - _MOST_REMARKS, 0))
    excess = overcommitted(holdings)
    for over in excess[:_MOST_REMARKS]:
        latest = sorted(over.holdings, key=lambda h: h.since, reverse=True)
        managers = "、".join(f"{h.manager} 占 {_percent(h.share)}%" for h in over.holdings)
        day, total = over.day.isoformat(), _percent(over.total)
        facts = {"client": over.client, "day": day, "total": total, "managers": managers}
        keys = [(_key(holding), _percent(holding.share)) for holding in latest]
        yield Found("shares_above_100", "attribution", keys, "share", facts)
    yield from _and_more("attribution", max(len(excess) - _MOST_REMARKS, 0))


def worded(found: Iterable[Found], parsed: ParsedLedger, batch: int | None = None) -> tuple[Remark, ...]:
    """Each at the place in the file where its row stands; the file is looked through once, and only for these."""
    every = list(found)
    rows = _rows_of(every, parsed)
    return tuple(_remark(one, parsed, rows, batch) for one in every)


_Rows = dict[tuple[str, tuple[str, ...]], tuple[SheetRows, int]]
"""(sheet, key or its beginning) -> the first row that has it."""


def _rows_of(found: Sequence[Found], parsed: ParsedLedger) -> _Rows:
    rows: _Rows = {}
    for sheet in SheetKey:
        wanted = {key for one in found if one.sheet == sheet for key, _ in one.keys if key}
        for size in {len(key) for key in wanted}:
            _look_for({key for key in wanted if len(key) == size}, sheet, size, parsed, rows)
    return rows


def _look_for(wanted: set[tuple[str, ...]], sheet: SheetKey, size: int, parsed: ParsedLedger, rows: _Rows) -> None:
    for part in parsed.of(sheet):
        places = [part.rows.columns.index(name) for name in _KEYS[sheet][:size]]
        for numbers, columns in part.rows.chunks():
            for number, key in zip(numbers, zip(*(columns[place] for place in places), strict=True), strict=True):
                if key in wanted:
                    rows[sheet, key] = (part, number)
                    wanted.remove(key)
            if not wanted:
                return


def _remark(found: Found, parsed: ParsedLedger, rows: _Rows, batch: int | None) -> Remark:
    """At the first of its rows that the file has; at the batch withdrawn or the store, where there is no file."""
    key, value = next((k for k in found.keys if (found.sheet, k[0]) in rows), found.keys[0])
    sheets = parsed.of(SheetKey(found.sheet))
    if (found.sheet, key) in rows:
        part, number = rows[found.sheet, key]
        place = part.place(number, found.column)
    elif sheets:
        place = sheets[0].place(None, found.column)
    else:
        place = Place(f"批次 {batch}" if batch else "库中原有记录", SHEET_NAMES[found.sheet])
    return remark(found.code, place, value, **found.facts)


_KEYS = {
    "managers": ("id",),
    "figures": ("as_of", "client"),
    "attribution": ("client", "manager", "from"),
    "attendance": ("session", "manager"),
}


def _key(holding: Holding) -> tuple[str, ...]:
    return (holding.client, holding.manager, holding.since.isoformat())


def _percent(share: int) -> str:
    """Basis points as a percentage: 3333 -> 33.33, 10000 -> 100."""
    return f"{share // 100}.{share % 100:02}".removesuffix(".00")
