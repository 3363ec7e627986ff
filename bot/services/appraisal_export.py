"""What leaves the store: the snapshot of a finalised run, its recomputation, and the rows of its tables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.appraisal import Action
from bot.domain.appraisal_run import Run
from bot.domain.appraisal_snapshot import Line
from bot.services.appraisal_case import Desk, desk, record
from bot.services.appraisal_outcomes import Step
from bot.services.appraisal_ports import Signer
from bot.services.appraisal_replay import ReadRulebook, Replayed, entry_of, replay, seals_of
from bot.services.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A finalised run as an auditor needs it, without the bot; `by` made it, on that day."""

    run: Run
    snapshot: Mapping[str, Any]
    names: Mapping[str, str]
    units: Mapping[str, str]
    by: str
    day: str
    via: str
    audit_head: str
    """The digest of the audit chain's newest entry."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One finalised run as it is found; `entry`: the number of its end in the audit chain, None where that is gone."""

    run: Run
    replayed: Replayed
    entry: int | None


class AppraisalExport:
    """Exports and recomputations."""

    def __init__(self, store: UnitOfWork, clock: Clock, read: ReadRulebook, signer: Signer) -> None:
        self._store = store
        self._clock = clock
        self._read = read
        self._signer = signer

    def export(self, request: Step) -> Exported:
        """The whole snapshot; the look is recorded."""
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now)
            at.allow(Action.EXPORT, at.case())
            record(view, now, at, "exported", request.via)
            newest = view.audit.entries()[-1]
            person = at.asker.person
            return Exported(
                run=at.run,
                snapshot=snapshot_of(view, at.run),
                names={line.person: line.name for line in at.lines},
                units={line.person: line.unit or "" for line in at.lines},
                by=person.name if person else at.actor.id,
                day=now.date().isoformat(),
                via=request.via,
                audit_head=str(newest["digest"]),
            )

    def replay(self, request: Step) -> Replayed:
        """From what the store keeps of the run."""
        with self._store.read() as view:
            at: Desk = desk(view, request.asker, request.period, self._clock.now())
            at.allow(Action.REPLAY, at.case())
            return replay(snapshot_of(view, at.run), self._read, self._signer)

    def replay_file(self, snapshot: Mapping[str, Any]) -> Replayed:
        """From an export, without the store."""
        return replay(snapshot, self._read, self._signer)

    def verify(self) -> Iterator[Verified]:
        """Every finalised run of the store, recomputed."""
        with self._store.read() as view:
            ends = [e for e in view.audit.entries() if e["action"] == "appraisal_finalised"]
            entries = {json.loads(e["details"])["digest"]: int(e["number"]) for e in ends}
            for run in view.appraisals.everything():
                if run.sealed:
                    found = replay(snapshot_of(view, run), self._read, self._signer)
                    yield Verified(run, found, entries.get(run.digest or ""))


def snapshot_of(view: Reading, run: Run) -> dict[str, Any]:
    """As JSON: the head, every line with the seals of its parts, digest and signature."""
    head = json.loads(run.head or "{}")
    lines = (Line(row.person, row.inputs, row.result) for row in view.appraisals.lines(run.number))
    return {
        "head": head,
        "head_seals": seals_of(head, 3),
        "lines": [entry_of(line) | {"seal": seal} for line, seal in _with_seals(view, run, lines)],
        "digest": run.digest,
        "signature": run.signature,
        "public_key": run.public_key,
    }


def _with_seals(view: Reading, run: Run, lines: Iterator[Line]) -> Iterator[tuple[Line, str]]:
    """The seals as kept beside the lines: a line that was changed does not vouch for itself."""
    kept = {line.person: line.seal for line in view.appraisals.brief(run.number)}
    return ((line, kept[line.person]) for line in lines)
