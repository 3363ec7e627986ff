"""A ledger sent in the direct message: dry run, confirmation by button, and what both come to.

What was checked is an entry of the audit chain (whose files, their digest, the newest batch then), so that a button
needs to bear an id alone, and a confirmation finds the same after a restart or in another process.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from bot.domain.access import Asker, Matter
from bot.domain.importing import ParsedLedger, Remark
from bot.errors import DropGone
from bot.services.attachments import Attachment
from bot.services.import_ledger import ImportLedger, ImportReport, ImportService, LedgerMoved
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, UnitOfWork
from bot.services.refusals import refusal

LIFETIME = timedelta(hours=24)
MOST_NAMED = 15
"""Errors that a message names one by one."""
_CHECKED = "checked_ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHelped(Outcome):
    """How a ledger is sent, with the buttons for a blank one and an example."""

    kind: ClassVar[str] = "help"
    matter: ClassVar[Matter] = Matter.LEDGER


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChecked(Outcome):
    """The dry run, to be confirmed. `anew`: the ledger has moved since the one confirmed."""

    matter: ClassVar[Matter] = Matter.LEDGER
    report: ImportReport
    files: tuple[str, ...]
    drop: str
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRefused(Outcome):
    """Faults in the files: nothing can be loaded."""

    matter: ClassVar[Matter] = Matter.LEDGER
    files: tuple[str, ...]
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]

    @property
    def more(self) -> bool:
        """Whether there are more errors than the message names."""
        return len(self.errors) > MOST_NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLoaded(Outcome):
    """It is in the store; not `changed` where that said the same already."""

    matter: ClassVar[Matter] = Matter.LEDGER
    batch: int | None
    changed: bool
    waiting: int = 0
    """People whose roles, supervisor or e-mail wait for a second HR person."""
    told: tuple[str, ...] = ()
    """Names of those HR people who have been told so."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A dry run as the audit chain holds it."""

    drop: str
    files: tuple[str, ...]
    digest: str
    newest: int


class LedgerDrops:
    """HR alone, each time anew: whoever confirms is asked for the role as whoever sent was."""

    def __init__(
        self,
        store: UnitOfWork,
        clock: Clock,
        imports: ImportService,
        read: Callable[[Sequence[Path]], ParsedLedger],
    ) -> None:
        self._store = store
        self._clock = clock
        self._imports = imports
        self._read = read

    def refusal(self, asker: Asker) -> Denied | None:
        """What anybody but HR gets."""
        return refusal(asker, Matter.LEDGER)

    def help(self, asker: Asker) -> Outcome:
        """How it is done."""
        return self.refusal(asker) or ImportHelped()

    def check(self, asker: Asker, files: Sequence[Attachment], drop: str, anew: bool = False) -> Outcome:
        """The dry run; its record is committed before the button is shown."""
        if refusal := self.refusal(asker):
            return refusal
        newest = self._newest()
        names = tuple(file.name for file in files)
        report = self._run(asker, files, dry_run=True)
        if not report.accepted:
            return LedgerRefused(files=names, errors=report.errors, warnings=report.warnings)
        self._remember(asker, Checked(drop, tuple(f.id for f in files), _digest(files), newest))
        return LedgerChecked(report=report, files=names, drop=drop, anew=anew)

    def checked(self, asker: Asker, drop: str) -> Checked | Outcome:
        """What is to be confirmed, or what has become of it already. DropGone for one too old, or never made."""
        if refusal := self.refusal(asker):
            return refusal
        with self._store.read() as view:
            entries = view.audit.entries(_subject(drop))
        for entry in entries:
            if entry["action"] == "imported":
                return LedgerLoaded(batch=int(json.loads(entry["details"])["batch"]), changed=True)
        found = [entry for entry in entries if entry["action"] == _CHECKED]
        if not found or self._clock.now() - found[-1]["at"] > LIFETIME:
            raise DropGone
        return _checked(drop, found[-1])

    def load(self, asker: Asker, files: Sequence[Attachment], checked: Checked, anew: str) -> Outcome:
        """Loads what was checked. DropGone where the files are others now; a new dry run, under the id `anew`, where
        the ledger has moved."""
        if refusal := self.refusal(asker):
            return refusal
        if _digest(files) != checked.digest:
            raise DropGone
        try:
            report = self._run(asker, files, source=_subject(checked.drop), on_top_of=checked.newest)
        except LedgerMoved:
            return self.check(asker, files, anew, anew=True)
        if not report.accepted:
            return LedgerRefused(files=checked.files, errors=report.errors, warnings=report.warnings)
        changed = report.batch is not None and report.batch > checked.newest
        return LedgerLoaded(batch=report.batch, changed=changed)

    def _run(self, asker: Asker, files: Sequence[Attachment], **how: Any) -> ImportReport:
        """The files in a folder of their own, each under its name: a CSV file's name says which sheet it is."""
        with tempfile.TemporaryDirectory(prefix="ladder-drop-") as folder:
            paths = []
            for number, file in enumerate(files):
                path = Path(folder) / str(number) / file.name
                path.parent.mkdir()
                path.write_bytes(file.content)
                paths.append(path)
            # Loaded inside the block: the rows may still be read from the files then.
            return self._imports(ImportLedger(parsed=self._read(paths), actor=asker.label, **how))

    def _newest(self) -> int:
        with self._store.read() as view:
            return view.batches.newest() or 0

    def _remember(self, asker: Asker, checked: Checked) -> None:
        details = {"files": ",".join(checked.files), "digest": checked.digest, "newest": str(checked.newest)}
        with self._store.write() as view:
            view.audit.record(self._clock.now(), asker.label, _CHECKED, _subject(checked.drop), details)


def _subject(drop: str) -> str:
    return f"drop:{drop}"


def _digest(files: Sequence[Attachment]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.name}\0{len(file.content)}\0".encode())
        whole.update(file.content)
    return whole.hexdigest()


def _checked(drop: str, entry: dict[str, Any]) -> Checked:
    details = json.loads(entry["details"])
    return Checked(drop, tuple(details["files"].split(",")), details["digest"], int(details["newest"]))
