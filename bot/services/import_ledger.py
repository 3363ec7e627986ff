"""Loads what was read from ledger files: all of it or nothing, the same file again changes nothing, history kept."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.domain.access_changes import AccessChange
from bot.domain.control_totals import FileTotals
from bot.domain.importing import SHEET_NAMES, ParsedLedger, Place, Remark, SheetKey, SheetRows, remark
from bot.domain.review import Review
from bot.errors import CannotUndo, UnknownBatch
from bot.services.established import Established, void_proposals
from bot.services.import_findings import errors_of, unknown_supervisors, waiting, warnings_of, worded
from bot.services.ports import Batch, Clock, UnitOfWork, Writing
from bot.services.second_person import Hold

_MOST_HELD = 200
"""Of the rows a sheet that an undo leaves to later batches; nobody reads more."""


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
        totals = FileTotals()
        established = Established(view)
        changed = _apply(view, request.parsed, number, hold=hold, totals=totals, established=established)
        waits, moved = hold.settle(request.actor, self._clock.now())
        refusing = chain(errors_of(view, number, self._probation_grades), unknown_supervisors(view, waits))
        errors = worded(refusing, request.parsed)
        voided = void_proposals(view, self._clock.now(), request.actor, number) if any(changed.values()) else ()
        noted = chain(warnings_of(view, number), waiting(waits), established.warnings(), voided)
        warnings = (*report.warnings, *worded(noted, request.parsed))
        report = replace(report, changed=changed, errors=errors, warnings=warnings, accepted=not errors)
        review = view.reviews.of(number, self._clock.now().date(), totals.by_date)
        report = replace(report, waiting=_people(waits), review=review)
        if errors or request.dry_run:
            raise _Refused(report)
        if not any(changed.values()) and not moved:
            return replace(report, batch=newest)
        batch = Batch(
            number=number, at=self._clock.now(), actor=request.actor, files=request.parsed.files, rows=changed
        )
        self._record(view, batch, request.source, _columns(request.parsed))
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
        nothing = ParsedLedger((), (), (), ())
        errors = worded(errors_of(view, None, self._probation_grades), nothing, batch=number)
        voided = void_proposals(view, now, actor, undoing)
        report = ImportReport(
            accepted=not errors,
            batch=undoing,
            rows=changed,
            changed=changed,
            errors=errors,
            warnings=(*worded(chain(waiting(waits), voided), nothing, batch=number), *_held_later(view, number)),
            waiting=_people(waits),
        )
        if errors:
            raise _Refused(replace(report, batch=None))
        self._record(view, Batch(number=undoing, at=now, actor=actor, files=(), rows=changed, undoes=number))
        return report

    def _record(
        self, view: Writing, batch: Batch, subject: str | None = None, columns: dict[str, list[str]] | None = None
    ) -> None:
        """`columns`: those that the files had, by sheet; a withdrawal asks for them (`ports.Remains`)."""
        view.batches.record(batch)
        action = "imported" if batch.undoes is None else "withdrew"
        details = {"batch": str(batch.number), **({"undoes": str(batch.undoes)} if batch.undoes else {})}
        if columns:
            details["columns"] = json.dumps(columns)
        view.audit.record(batch.at, batch.actor, action, subject, details)


def _apply(
    view: Writing, parsed: ParsedLedger, number: int, *, hold: Hold, totals: FileTotals, established: Established
) -> dict[str, int]:
    """Rows new or changed by sheet; access is held back, figures are summed."""
    changed: dict[str, int] = {}
    for key in SheetKey:
        for sheet in parsed.of(key):
            columns, chunks = sheet.rows.columns, sheet.rows.chunks()
            if key is SheetKey.MANAGERS:
                chunks = established.keep(columns, hold.back(columns, chunks))
            elif key is SheetKey.FIGURES:
                chunks = totals.watch(columns, chunks)
            changed[str(key)] = changed.get(key, 0) + view.batches.apply(key, columns, chunks, number)
    return changed


def _refuse_undo(batch: Batch) -> None:
    """CannotUndo for what is itself an undo or a confirmation, for what is withdrawn already, and for grades that an
    appraisal has established."""
    if any(name.startswith("appraisal:") for name in batch.files):
        raise CannotUndo(batch=batch.number, reason="appraisal", other=batch.number)
    for reason, other in (("undo", batch.undoes), ("confirmation", batch.confirms), ("withdrawn", batch.undone_by)):
        if other is not None:
            raise CannotUndo(batch=batch.number, reason=reason, other=other)


def _columns(parsed: ParsedLedger) -> dict[str, list[str]]:
    """By sheet, the columns that each file of it has: of all others the store's values were kept."""
    found: dict[str, frozenset[str]] = {}
    for sheet in parsed.sheets:
        found[str(sheet.key)] = found.get(str(sheet.key), sheet.columns) & sheet.columns
    return {key: sorted(columns) for key, columns in found.items()}


def _held_later(view: Writing, number: int) -> Iterator[Remark]:
    """Rows of later batches in which values of this one stay, since those said nothing of them."""
    for sheet, key, later in view.remains.of(number, _MOST_HELD):
        place = Place(f"批次 {number}", SHEET_NAMES[sheet])
        yield remark("later_batch_holds", place, " ".join(key), later=later, batch=number)


def _people(changes: Iterable[AccessChange]) -> tuple[str, ...]:
    return tuple(sorted({change.person for change in changes}))


def _row_counts(sheets: Iterable[SheetRows]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for sheet in sheets:
        counts[str(sheet.key)] = counts.get(sheet.key, 0) + len(sheet.rows)
    return counts
