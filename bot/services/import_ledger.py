"""Loads what was read from ledger files: all of it or nothing, the same file again changes nothing, history kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.access_changes import AccessChange
from bot.domain.importing import (
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
from bot.domain.review import Review
from bot.errors import CannotUndo, UnknownBatch
from bot.services.ports import Batch, Clock, UnitOfWork, Writing
from bot.services.second_person import Hold

_MOST_REMARKS = 200
"""Of one kind; a report of a hundred thousand lines is read by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLedger:
    """Load this. `actor` is a staff number, or the operating-system user."""

    parsed: ParsedLedger
    actor: str
    dry_run: bool = False
    source: str | None = None
    """What the audit chain names as the import's subject: the drop that it came by."""
    on_top_of: int | None = None
    """The newest batch that there must still be (0: none at all); LedgerMoved otherwise. None: whichever there is."""


class LedgerMoved(Exception):
    """Another batch has come in since the dry run; nothing was loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """`batch` is the new batch, or the newest one where nothing changed; None where nothing was accepted or tried."""

    accepted: bool
    batch: int | None
    rows: dict[str, int]
    """Rows read, by sheet key."""
    changed: dict[str, int]
    """Rows new or changed, by sheet key."""
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    dry_run: bool = False
    review: Review | None = None
    """What the batch does to the ledger; None where it could not be read, and for a withdrawal."""
    waiting: tuple[str, ...] = ()
    """Staff numbers of those whose new roles, supervisor or e-mail wait for a second HR person."""


class _Refused(Exception):
    """Rolls the transaction back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


class ImportService:
    """Imports and withdraws batches."""

    def __init__(self, store: UnitOfWork, clock: Clock, probation_grades: Sequence[str]) -> None:
        self._store = store
        self._clock = clock
        self._probation_grades = probation_grades

    def __call__(self, request: ImportLedger) -> ImportReport:
        """Accepted, or refused with every fault that files and store show; a dry run leaves the store as it was."""
        parsed = request.parsed
        report = ImportReport(
            accepted=not parsed.errors,
            batch=None,
            rows=_row_counts(parsed.sheets),
            changed={},
            errors=parsed.errors,
            warnings=parsed.warnings,
            dry_run=request.dry_run,
        )
        if parsed.errors:
            return report
        try:
            with self._store.write() as view:
                return self._load(view, request, report)
        except _Refused as refused:
            return refused.report

    def undo(self, number: int, actor: str) -> ImportReport:
        """Withdraws a batch. UnknownBatch for one that is not there or withdrawn already; refused where rows that
        stay would name people or sessions that go."""
        try:
            with self._store.write() as view:
                return self._undo(view, number, actor)
        except _Refused as refused:
            return refused.report

    def _load(self, view: Writing, request: ImportLedger, report: ImportReport) -> ImportReport:
        newest = view.batches.newest()
        if request.on_top_of not in (None, newest or 0):
            raise LedgerMoved
        number = (newest or 0) + 1
        hold = Hold(view, number)
        changed = _apply(view, request.parsed, number, hold)
        waits, moved = hold.settle(request.actor, self._clock.now())
        found = _Findings(request.parsed)
        errors = (*found.errors(view, number, self._probation_grades), *found.unknown_supervisors(view, waits))
        warnings = (*report.warnings, *found.warnings(view, number), *found.waiting(waits))
        report = replace(report, changed=changed, errors=errors, warnings=warnings, accepted=not errors)
        report = replace(report, waiting=_people(waits), review=view.reviews.of(number, self._clock.now().date()))
        if errors or request.dry_run:
            raise _Refused(report)
        if not any(changed.values()) and not moved:
            return replace(report, batch=newest)
        self._record(
            view,
            Batch(number=number, at=self._clock.now(), actor=request.actor, files=request.parsed.files, rows=changed),
            request.source,
        )
        return replace(report, batch=number)

    def _undo(self, view: Writing, number: int, actor: str) -> ImportReport:
        batch = view.batches.get(number)
        if batch is None:
            raise UnknownBatch(batch=number)
        _refuse_undo(batch)
        undoing, now = (view.batches.newest() or 0) + 1, self._clock.now()
        hold = Hold(view, undoing)
        view.pending.settle(view.pending.waiting(number), "withdrawn", actor, now)
        changed = view.batches.undo(number, undoing)
        hold.after_undo()
        waits, _ = hold.settle(actor, now)
        found = _Findings(ParsedLedger((), (), (), ()), batch=number)
        errors = tuple(found.errors(view, None, self._probation_grades))
        report = ImportReport(
            accepted=not errors,
            batch=undoing,
            rows=changed,
            changed=changed,
            errors=errors,
            warnings=tuple(found.waiting(waits)),
            waiting=_people(waits),
        )
        if errors:
            raise _Refused(replace(report, batch=None))
        self._record(view, Batch(number=undoing, at=now, actor=actor, files=(), rows=changed, undoes=number))
        return report

    def _record(self, view: Writing, batch: Batch, subject: str | None = None) -> None:
        view.batches.record(batch)
        action = "imported" if batch.undoes is None else "withdrew"
        details = {"batch": str(batch.number), **({"undoes": str(batch.undoes)} if batch.undoes else {})}
        view.audit.record(batch.at, batch.actor, action, subject, details)


def _apply(view: Writing, parsed: ParsedLedger, number: int, hold: Hold) -> dict[str, int]:
    """Rows new or changed by sheet; access is held back."""
    changed: dict[str, int] = {}
    for key in SheetKey:
        for sheet in parsed.of(key):
            rows: Iterable[Mapping[str, object]] = (row.values for row in sheet.rows)
            if key is SheetKey.MANAGERS:
                rows = hold.back(rows)
            changed[str(key)] = changed.get(key, 0) + view.batches.apply(key, sheet.columns, rows, number)
    return changed


def _refuse_undo(batch: Batch) -> None:
    """CannotUndo for what is itself an undo or a confirmation, and for what is withdrawn already."""
    for reason, other in (("undo", batch.undoes), ("confirmation", batch.confirms), ("withdrawn", batch.undone_by)):
        if other is not None:
            raise CannotUndo(batch=batch.number, reason=reason, other=other)


def _people(changes: Iterable[AccessChange]) -> tuple[str, ...]:
    return tuple(sorted({change.person for change in changes}))


def _row_counts(sheets: Iterable[SheetRows]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for sheet in sheets:
        counts[str(sheet.key)] = counts.get(sheet.key, 0) + len(sheet.rows)
    return counts


class _Findings:
    """Words what the store found, at the place in the file where its row stands."""

    def __init__(self, parsed: ParsedLedger, batch: int | None = None) -> None:
        self._parsed = parsed
        self._batch = batch
        self._index: dict[tuple[str, int], dict[tuple[str, ...], tuple[SheetRows, int]]] = {}

    def errors(self, view: Writing, batch: int | None, probation_grades: Sequence[str]) -> Iterable[Remark]:
        """What refuses the batch; None: whatever in the whole store does."""
        for sheet, person, key in view.checks.unknown_people(batch)[:_MOST_REMARKS]:
            column = "supervisor" if sheet == "managers" else "manager"
            yield remark("unknown_manager", self._place(sheet, key, column), person)
        for session, key in view.checks.unknown_sessions(batch)[:_MOST_REMARKS]:
            yield remark("unknown_session", self._place("attendance", key, "session"), session)
        for person in view.checks.trainees_without_start(batch, probation_grades)[:_MOST_REMARKS]:
            yield remark("trainee_without_probation", self._place("managers", (person,), "probation_since"), person)
        yield from self._shares(view, batch)

    def warnings(self, view: Writing, batch: int) -> Iterable[Remark]:
        """What an appraisal's check will stop at."""
        for as_of, client in view.checks.without_manager(batch)[:_MOST_REMARKS]:
            place = self._place("figures", (as_of.isoformat(), client), "client")
            yield remark("client_without_manager", place, client)
        for client in view.checks.without_figures(batch)[:_MOST_REMARKS]:
            yield remark("client_without_figures", self._place("attribution", (client,), "client"), client)

    def unknown_supervisors(self, view: Writing, waits: Sequence[AccessChange]) -> Iterable[Remark]:
        """Supervisors that wait to be named and are nobody's number."""
        named = {c.value for c in waits if c.field == "supervisor" and c.value}
        unknown = {number for number in named if view.people.get(number) is None}
        for change in waits:
            if change.field == "supervisor" and change.value in unknown:
                yield remark("unknown_manager", self._place("managers", (change.person,), "supervisor"), change.value)

    def waiting(self, waits: Sequence[AccessChange]) -> Iterable[Remark]:
        """One a person, at the first field that waits."""
        first: dict[str, str] = {}
        for change in waits:
            first.setdefault(change.person, change.field)
        for person, field in list(first.items())[:_MOST_REMARKS]:
            yield remark("waits_for_second", self._place("managers", (person,), field), person)

    def _shares(self, view: Writing, batch: int | None) -> Iterable[Remark]:
        holdings = [
            Holding(client, manager, share, since, until)
            for client, manager, share, since, until in view.checks.attributions(batch)
        ]
        for earlier, later in overlapping(holdings)[:_MOST_REMARKS]:
            place = self._place("attribution", _key(later), "from")
            other = f"自 {earlier.since.isoformat()}"
            facts = {"client": later.client, "manager": later.manager, "other": other}
            yield remark("attribution_overlap", place, later.since.isoformat(), **facts)
        for over in overcommitted(holdings)[:_MOST_REMARKS]:
            latest = max(over.holdings, key=lambda h: (self._known("attribution", _key(h)), h.since))
            managers = "、".join(f"{h.manager} 占 {_percent(h.share)}%" for h in over.holdings)
            day, total = over.day.isoformat(), _percent(over.total)
            facts = {"client": over.client, "day": day, "total": total, "managers": managers}
            place = self._place("attribution", _key(latest), "share")
            yield remark("shares_above_100", place, _percent(latest.share), **facts)

    def _known(self, sheet: str, key: tuple[str, ...]) -> bool:
        return self._find(sheet, key) is not None

    def _place(self, sheet: str, key: tuple[str, ...], column: str) -> Place:
        """The row of the file that has this key (or begins with it); the batch withdrawn, where there is no file."""
        found = self._find(sheet, key)
        if found:
            return found[0].place(found[1], column)
        sheets = self._parsed.of(SheetKey(sheet))
        if sheets:
            return sheets[0].place(None, column)
        return Place(f"批次 {self._batch}" if self._batch else "库中原有记录", sheet)

    def _find(self, sheet: str, key: tuple[str, ...]) -> tuple[SheetRows, int] | None:
        """The first row whose key is, or begins with, this one."""
        asked = (sheet, len(key))
        if asked not in self._index:
            names = _KEYS[sheet][: len(key)]
            places: dict[tuple[str, ...], tuple[SheetRows, int]] = {}
            for rows in self._parsed.of(SheetKey(sheet)):
                for row in rows.rows:
                    places.setdefault(tuple(str(row.values.get(name)) for name in names), (rows, row.number))
            self._index[asked] = places
        return self._index[asked].get(key)


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
