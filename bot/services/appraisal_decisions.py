"""提交, 批准, 驳回, 定稿: two people, and for senior and first grades of a year the leading group (art. 14, 15)."""

import json
from collections.abc import Iterable
from typing import Any

from bot.domain.appraisal import Action, Refusal, State
from bot.domain.appraisal_run import Run
from bot.domain.appraisal_snapshot import canonical, head_of, run_digest
from bot.domain.people import Role
from bot.errors import ReasonNeeded
from bot.services.appraisal_case import Desk, desk, record, reopen, statement
from bot.services.appraisal_outcomes import Confirm, Decide, Done, Effect, Step, summary_of
from bot.services.appraisal_ports import RulebookFiles, Signer
from bot.services.appraisals import Appraisals, gate
from bot.services.ports import Reading


class AppraisalDecisions:
    """Every decision is one transaction with its entry of the audit chain, and safe to repeat."""

    def __init__(self, trials: Appraisals, files: RulebookFiles, signer: Signer) -> None:
        self._store = trials.store
        self._shelf = trials.shelf
        self._clock = trials.clock
        self._checks = trials.checks
        self._files = files
        self._signer = signer

    def propose(self, request: Step) -> Done:
        """经办 freezes people and batch. AppraisalRefused, with the people whose outcome is open."""
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            if at.run.state is State.PROPOSED and at.run.proposed_by == at.actor.id and not at.changed:
                return _done(view, at, again=True)
            found = gate(view, at, self._checks, self._shelf) if at.run.state is State.OPEN else None
            blocking = found.blocking if found else ()
            at.allow(Action.PROPOSE, at.case(blocked=bool(blocking)))
            frozen = {"state": str(State.PROPOSED), "proposed_by": at.actor.id, "proposed_at": now}
            view.appraisals.change(at.run.number, **frozen, head=self._head(view, at))
            record(view, now, at, "proposed", request.via, batch=str(at.run.trial_batch or ""))
            return _done(view, at)

    def effect(self, request: Step) -> Effect:
        """What a confirmation would do: shown in the dialog, and bound to it by `shown`."""
        with self._store.read() as view:
            at = desk(view, request.asker, request.period, self._clock.now())
            at.allow(Action.STATUS, at.case())
            if at.run.state is not State.PROPOSED:
                at.refuse(Action.CONFIRM, Refusal.WRONG_STATE)
            return Effect(
                run=at.run,
                summary=summary_of(at.lines),
                shown=_digest(at, _final_head(at)),
                to_approve=tuple(sorted(at.to_approve)),
                approved=tuple(sorted(at.approved & at.to_approve)),
                overrides=sum(s.kind == "override" for s in at.said),
            )

    def confirm(self, request: Confirm) -> Done:
        """复核, another person, ends the run: digest, signature, and the audit chain's entry in one transaction."""
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            if at.run.sealed and at.run.confirmed_by == at.actor.id and at.run.digest == request.shown:
                return _done(view, at, again=True)
            at.allow(Action.CONFIRM, at.case(confirming=True))
            head = _final_head(at)
            digest = _digest(at, head)
            if digest != request.shown or request.typed.strip().upper() != at.run.period:
                at.refuse(Action.CONFIRM, Refusal.CHANGED)
            signed = self._signer.sign(digest)
            view.appraisals.change(
                at.run.number,
                state=str(State.FINALISED),
                head=head,
                digest=digest,
                signature=signed.signature if signed else None,
                public_key=signed.public_key if signed else None,
                confirmed_by=at.actor.id,
                confirmed_at=now,
            )
            record(view, now, at, "finalised", request.via, digest=digest)
            return _done(view, at)

    def approve(self, request: Decide) -> Done:
        """领导小组: one by one or together. What is approved is the line that stands; changed, it is asked anew."""
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            people = request.people or tuple(sorted(at.to_approve - {at.actor.id}))
            at.allow(Action.APPROVE, at.case(about=people))
            seals = {line.person: line.seal for line in at.lines}
            grades = {line.person: line.proposed or "" for line in at.lines}
            for person in [p for p in people if p not in at.approved]:
                more = {"person": person, "item": seals[person], "value": grades[person], "note": request.reason}
                view.appraisals.say(statement(at, request, now, "approval", **more))
                record(view, now, at, "approval", request.via, person=person)
            return _done(view, at, people)

    def reject(self, request: Decide) -> Done:
        """The leading group refuses people their grade, or 复核 sends the whole proposal back; either opens the run.

        Whoever is refused a grade is proposed for the next one met. ReasonNeeded without one."""
        if not request.reason.strip():
            raise ReasonNeeded
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            at.allow(Action.REJECT, at.case(about=request.people))
            if request.people and Role.LEADING_GROUP not in at.actor.roles:
                at.refuse(Action.REJECT, Refusal.NOT_ENTITLED)
            if not set(request.people) <= at.to_approve:
                at.refuse(Action.REJECT, Refusal.NOTHING_TO_APPROVE, set(request.people) - at.to_approve)
            grades = {line.person: line.proposed or "" for line in at.lines}
            for person in request.people:
                more = {"person": person, "item": grades[person], "note": request.reason}
                view.appraisals.say(statement(at, request, now, "rejection", **more))
                record(view, now, at, "rejection", request.via, person=person)
            reopen(view, at)
            if not request.people:
                record(view, now, at, "sent_back", request.via, reason=request.reason)
            return _done(view, at, request.people)

    def _head(self, view: Reading, at: Desk) -> str:
        """What all lines share, as frozen."""
        period = at.period
        rulebook = self._shelf.on(period.as_of)
        passed = sorted([s.item, s.person, s.note, s.by] for s in at.said if s.kind == "override")
        return head_of(
            period,
            view.ledger.state(period.as_of),
            rulebook.version,
            self._files(rulebook.version),
            batch=at.run.trial_batch,
            run=at.run.number,
            corrects=at.run.corrects,
            overrides=passed,
        )


def _final_head(at: Desk) -> str:
    """The frozen head with who approved whom for what."""
    approvals = {(s.person, s.value, s.by) for s in at.said if s.kind == "approval" and s.person in at.approved}
    head: dict[str, Any] = json.loads(at.run.head or "{}")
    return canonical(head | {"approvals": sorted(map(list, approvals))})


def _digest(at: Desk, head: str) -> str:
    return run_digest(head, ((line.person, line.seal) for line in at.lines))


def _done(view: Reading, at: Desk, people: Iterable[str] = (), again: bool = False) -> Done:
    run: Run = view.appraisals.get(at.run.number) or at.run
    return Done(run=run, summary=summary_of(at.lines), people=tuple(people), again=again)
