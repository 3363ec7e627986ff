"""A run and all that its rules ask about, read in one transaction; every use case of appraisals begins here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn

from bot.domain.access import Asker
from bot.domain.appraisal import Action, Actor, Case, Refusal, State, refusal
from bot.domain.appraisal_result import NOTHING_SAID, Said
from bot.domain.appraisal_run import LineRow, Run, Statement
from bot.domain.people import Role
from bot.domain.period import Period
from bot.errors import AppraisalRefused, NoAppraisal, UnknownPeriod
from bot.services.appraisal_outcomes import Step
from bot.services.ports import Reading, Writing

COUNTED = ("answer", "override", "rejection")
"""What people say that the lines depend on: a trial is older than what was said after it."""
NEED_APPROVAL = ("senior", "first")
"""Articles 14 and 15: HR examines these posts and submits them for approval."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One run as one person stands before it."""

    view: Reading
    run: Run
    asker: Asker
    actor: Actor
    said: Sequence[Statement]
    lines: Sequence[LineRow]
    """Brief."""

    @property
    def period(self) -> Period:
        """The run's."""
        return Period.parse(self.run.period)

    @property
    def changed(self) -> bool:
        """Facts or answers have moved since the trial."""
        return self.run.trial_at is not None and (self.run.trial_batch, self.run.trial_said) != basis(
            self.view, self.run
        )

    @property
    def to_approve(self) -> frozenset[str]:
        """Whose grade needs the leading group: in the annual run alone (R25), and where it is newly given or kept."""
        if not self.period.annual:
            return frozenset()
        return frozenset(line.person for line in self.lines if line.proposed in NEED_APPROVAL)

    @property
    def approved(self) -> frozenset[str]:
        """People approved for the very line that stands."""
        seals = {line.person: line.seal for line in self.lines}
        return frozenset(s.person for s in self.said if s.kind == "approval" and seals.get(s.person) == s.item)

    def case(self, blocked: bool = False, about: Iterable[str] = (), confirming: bool = False) -> Case:
        """What the rules look at; who imported is looked for only where it decides."""
        run, importers = self.run, frozenset[str]()
        if confirming:
            importers = self.view.appraisals.importers(self.period.as_of, run.trial_batch or 0)
        return Case(
            state=run.state,
            subjects=frozenset(line.person for line in self.lines),
            proposer=run.proposed_by,
            importers=importers,
            answerers=frozenset(s.by for s in self.said if s.kind in ("answer", "override")),
            tried=run.trial_at is not None,
            changed=self.changed,
            blocked=blocked or any(line.blocks for line in self.lines),
            to_approve=self.to_approve,
            approved=self.approved,
            about=frozenset(about),
        )

    def refuse(self, action: Action, reason: Refusal, people: Iterable[str] = ()) -> NoReturn:
        """Raises the refusal with what a person needs to go on."""
        raise AppraisalRefused(
            action=str(action),
            reason=str(reason),
            period=self.run.period,
            state=str(self.run.state),
            people=sorted(people),
        )

    def allow(self, action: Action, case: Case) -> None:
        """AppraisalRefused unless the rules let it pass."""
        reason = refusal(action, case, self.actor)
        if reason is Refusal.BLOCKED:
            self.refuse(action, reason, (line.person for line in self.lines if line.blocks))
        if reason is Refusal.NOT_APPROVED:
            self.refuse(action, reason, case.to_approve - case.approved)
        if reason:
            self.refuse(action, reason)


def period_of(text: str) -> Period:
    """NoAppraisal for what is no quarter and no year."""
    try:
        period = Period.parse(text)
    except UnknownPeriod:
        raise NoAppraisal(period=text) from None
    if str(period) != text.strip().upper() or period.kind not in ("quarter", "year"):
        raise NoAppraisal(period=text)
    return period


def desk(view: Reading, asker: Asker, period: str, now: datetime, lock: bool = False) -> Desk:
    """NoAppraisal where nothing is open; who has no business with appraisals learns no more than that."""
    person = view.people.get(asker.person.id) if asker.person else None
    asker = replace(asker, person=person)
    roles = person.roles if person and person.active else frozenset()
    run = view.appraisals.newest(str(period_of(period)), lock)
    if run is None:
        entitled(asker, period, roles)
        raise NoAppraisal(period=period)
    actor = Actor(asker.person.id if asker.person else asker.label, roles | stand_ins(view, asker, run, now))
    said = view.appraisals.said(run.number)
    return Desk(view, run, asker, actor, said, view.appraisals.brief(run.number))


def entitled(asker: Asker, period: str, roles: frozenset[Role]) -> None:
    """AppraisalRefused for who has no part in appraisals."""
    if not roles & {Role.HR_CLERK, Role.HR_REVIEWER, Role.LEADING_GROUP}:
        raise AppraisalRefused(
            action=str(Action.STATUS), reason=str(Refusal.NOT_ENTITLED), period=period, state=str(State.OPEN), people=[]
        )


def stand_ins(view: Reading, asker: Asker, run: Run, now: datetime) -> frozenset[Role]:
    """Roles that two HR people have given the asker for a time, for this run."""
    person = asker.staff
    if person is None:
        return frozenset()
    said = view.appraisals.said(run.number, ("stand_in", "stand_in_confirmed"))
    seconded = {s.item for s in said if s.kind == "stand_in_confirmed"}
    named = (s for s in said if s.kind == "stand_in" and s.person == person.id and str(s.number) in seconded)
    return frozenset(Role(s.item) for s in named if now.date().isoformat() <= s.value)


def basis(view: Reading, run: Run) -> tuple[int | None, int]:
    """What a trial made now would rest on: the newest batch, and the newest thing said that counts."""
    counted = view.appraisals.said(run.number, COUNTED)
    return view.batches.newest(), max((s.number for s in counted), default=0)


def said_of(statements: Iterable[Statement]) -> dict[str, Said]:
    """By person: the newest answer to each item, the grades refused."""
    answers: dict[str, dict[str, str]] = {}
    refused: dict[str, set[str]] = {}
    for said in statements:
        if said.kind == "answer":
            answers.setdefault(said.person, {})[said.item] = said.value
        elif said.kind == "rejection" and said.person:
            refused.setdefault(said.person, set()).add(said.item)
    people = answers.keys() | refused.keys()
    return {p: Said(answers=answers.get(p, {}), refused=frozenset(refused.get(p, ()))) for p in people}


def spoken(found: dict[str, Said], person: str) -> Said:
    """What was said of one, or nothing."""
    return found.get(person, NOTHING_SAID)


def record(view: Writing, now: datetime, desk: Desk, action: str, via: str, **more: str) -> None:
    """One entry of the audit chain; ids and words, no figure."""
    details = {"period": desk.run.period, "run": str(desk.run.number), "via": via} | more
    view.audit.record(now, desk.actor.id, f"appraisal_{action}", more.get("person"), details)


def statement(at: Desk, request: Step, now: datetime, kind: str, **more: Any) -> Statement:
    """What the asker says; `more`: person, item, value, note."""
    return Statement(run=at.run.number, kind=kind, by=at.actor.id, at=now, via=request.via, **more)


def reopen(view: Writing, at: Desk) -> None:
    """A proposal stands no longer."""
    view.appraisals.change(at.run.number, state=str(State.OPEN), proposed_by=None, proposed_at=None)
