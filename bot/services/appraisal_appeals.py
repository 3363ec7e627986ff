"""申诉: a person appeals against the own result, HR rules with a reason, and what is granted opens a correcting run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.appraisal import Action, Refusal, State
from bot.domain.appraisal_run import Appeal, Run
from bot.domain.appraisal_snapshot import digest
from bot.errors import NoAppraisal, ReasonNeeded, UnknownRule
from bot.services.appraisal_case import desk, period_of, record
from bot.services.appraisal_outcomes import Step
from bot.services.ports import Clock, UnitOfWork, Writing

KINDS = ("attribution", "amount", "reading", "other")
"""客户归属, 金额, 规则理解, 其他."""
OUTCOMES = ("granted", "partly", "rejected", "escalated")
"""成立, 部分成立, 不成立, 上报领导小组."""
_CORRECTS = ("granted", "partly")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppeal(Step):
    """`item`: what of the result (`second.a`, `pass_line`, or words); `kind`: one of KINDS."""

    kind: str
    item: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAppeal(Step):
    """`outcome`: one of OUTCOMES."""

    number: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed:
    """The appeal as it stands; `correction` is the run that was opened for it."""

    appeal: Appeal
    correction: Run | None = None
    again: bool = False


class Appeals:
    """Appeals against published runs."""

    def __init__(self, store: UnitOfWork, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def file(self, request: FileAppeal) -> Appealed:
        """By the person alone, of a published run; the same words again are the same appeal. ReasonNeeded without."""
        if request.kind not in KINDS:
            raise UnknownRule(rule=request.kind)
        if not request.text.strip():
            raise ReasonNeeded
        now, person = self._clock.now(), request.asker.staff
        period = str(period_of(request.period))
        with self._store.write() as view:
            run = view.appraisals.newest_published(period)
            if person is None or run is None:
                raise NoAppraisal(period=request.period)
            if person.id not in {line.person for line in view.appraisals.brief(run.number)}:
                raise NoAppraisal(period=request.period)
            said = (request.kind, request.item, request.text)
            key = digest("\0".join((str(run.number), person.id, *said)))
            there = [a for a in view.appraisals.appeals(run.number) if a.key == key]
            if there:
                return Appealed(appeal=there[0], again=True)
            kind, item, words = said
            appeal = Appeal(key=key, run=run.number, person=person.id, kind=kind, item=item, text=words, at=now)
            number = view.appraisals.appeal(appeal)
            details = {"period": period, "run": str(run.number), "appeal": str(number), "via": request.via}
            view.audit.record(now, person.id, "appraisal_appealed", person.id, details)
            return Appealed(appeal=_one(view, run.number, number))

    def listed(self, request: Step) -> Sequence[Appeal]:
        """HR's queue of a period, the oldest first, those not ruled on before the others."""
        now, period = self._clock.now(), str(period_of(request.period))
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now)
            at.allow(Action.CHECK, at.case())
            record(view, now, at, "appeals_listed", request.via)
            runs = [run.number for run in view.appraisals.everything() if run.period == period]
            found = [appeal for run in runs for appeal in view.appraisals.appeals(run)]
        return sorted(found, key=lambda appeal: (appeal.outcome is not None, appeal.number))

    def rule(self, request: RuleAppeal) -> Appealed:
        """Nobody on the own case. What is granted opens a correcting run, or joins the one that is open."""
        if request.outcome not in OUTCOMES:
            raise UnknownRule(rule=request.outcome)
        if not request.reason.strip():
            raise ReasonNeeded
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            runs = [run for run in view.appraisals.everything() if run.period == at.run.period and run.sealed]
            found = [a for run in runs for a in view.appraisals.appeals(run.number) if a.number == request.number]
            if not found:
                raise NoAppraisal(period=f"{request.period}#{request.number}")
            appeal = found[0]
            if appeal.outcome and (appeal.outcome, appeal.reason) == (request.outcome, request.reason):
                return Appealed(appeal=appeal, again=True)
            case = at.case(about=[appeal.person])
            if at.actor.id == appeal.person:
                at.refuse(Action.RULE, Refusal.OWN_CASE)
            if at.run.sealed:
                at.allow(Action.RULE, case)
            else:
                at.allow(Action.CHECK, case)
            if appeal.outcome not in (None, "escalated"):
                at.refuse(Action.RULE, Refusal.WRONG_STATE)
            correction = _correction(view, at.run, at.actor.id, now) if request.outcome in _CORRECTS else None
            ruled = {"outcome": request.outcome, "reason": request.reason, "decided_by": at.actor.id, "decided_at": now}
            view.appraisals.rule(appeal.number, **ruled, corrected_by=correction.number if correction else None)
            record(view, now, at, "ruled", request.via, person=appeal.person, appeal=str(appeal.number))
            return Appealed(appeal=_one(view, appeal.run, appeal.number), correction=correction)


def _correction(view: Writing, run: Run, by: str, now: datetime) -> Run:
    """The period's run that is still open, or a new one that corrects the last."""
    if not run.sealed:
        return run
    made = Run(
        number=0, period=run.period, corrects=run.number, rulebook=run.rulebook, opened_by=by, opened_at=now,
        state=State.OPEN,
    )  # fmt: skip
    number = view.appraisals.add(made)
    found = view.appraisals.get(number)
    assert found
    return found


def _one(view: Writing, run: int, number: int) -> Appeal:
    return next(appeal for appeal in view.appraisals.appeals(run) if appeal.number == number)
