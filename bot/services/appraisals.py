"""Opening, checking, answering and trying an appraisal: everything before it is decided."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.domain.appraisal import Action, Actor, Case, State, refusal
from bot.domain.appraisal_check import Check
from bot.domain.appraisal_result import NO, YES, appraise
from bot.domain.appraisal_run import LineRow, Run, Statement
from bot.domain.appraisal_snapshot import line_of
from bot.domain.judge import Known
from bot.domain.people import Person, Role
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.standing import judge_standing
from bot.errors import AppraisalRefused, ReasonNeeded, UnknownPerson, UnknownRule
from bot.services.appraisal_case import Desk, basis, desk, period_of, record, reopen, said_of, spoken, statement
from bot.services.appraisal_outcomes import (
    AnswerQuestion,
    Checked,
    Late,
    Opened,
    OverrideCheck,
    Standing,
    Step,
    Tried,
    summary_of,
)
from bot.services.ports import Clock, Reading, UnitOfWork, Writing
from bot.services.standings import branch_facts

Progress = Callable[[int], None]
"""Told how many people have been judged so far."""
_EVERY = 250
RULINGS = frozenset({"last_year_loans", "marketing_since", "education", "exam", "breach", "report"})
"""Missing facts that HR may answer in place of an import (R5, R15, R21, R23)."""


class Appraisals:
    """The steps that may be taken as often as wanted."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock, checks: Sequence[Check]) -> None:
        self.store = store
        self.shelf = shelf
        self.clock = clock
        self.checks = {check.key: check for check in checks}

    def open(self, request: Step) -> Opened:
        """A run of the period, or the one that is there. NoAppraisal, NoRulebook, AppraisalRefused."""
        period, now = period_of(request.period), self.clock.now()
        rulebook = self.shelf.on(period.as_of)
        with self.store.write() as view:
            person = view.people.get(request.asker.person.id) if request.asker.person else None
            _entitled_to_open(person, request)
            found = view.appraisals.newest(str(period), lock=True)
            people = sum(1 for p in view.people.everyone() if p.grade and p.active)
            batch = view.batches.newest()
            if found:
                return Opened(run=found, again=True, people=people, batch=batch)
            assert person
            run = Run(number=0, period=str(period), rulebook=rulebook.version, opened_by=person.id, opened_at=now)
            view.appraisals.add(run)
            at = desk(view, request.asker, str(period), now)
            record(view, now, at, "opened", request.via, rulebook=rulebook.version, batch=str(batch or ""))
            return Opened(run=at.run, again=False, people=people, batch=batch)

    def check(self, request: Step) -> Checked:
        """The data gate; nothing is written but who looked."""
        now = self.clock.now()
        with self.store.write() as view:
            at = desk(view, request.asker, request.period, now)
            at.allow(Action.CHECK, at.case())
            record(view, now, at, "checked", request.via)
            return gate(view, at, self.checks, self.shelf)

    def answer(self, request: AnswerQuestion) -> Tried:
        """One answer, author and date kept; a proposal that stood is open again. A no wants its reason."""
        if not request.yes and not request.note.strip():
            raise ReasonNeeded
        now = self.clock.now()
        with self.store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            person = view.people.get(request.person)
            if person is None or not person.grade:
                raise UnknownPerson(person=request.person)
            at.allow(Action.ANSWER, at.case(about=[request.person]))
            self._known(at, request.item)
            value = YES if request.yes else NO
            more = {"person": request.person, "item": request.item, "value": value, "note": request.note}
            self._say(view, at, now, request, statement(at, request, now, "answer", **more))
            return _tried(view, at)

    def override(self, request: OverrideCheck) -> Checked:
        """Lets one finding pass. ReasonNeeded; UnknownRule for a check that there is not."""
        if not request.reason.strip():
            raise ReasonNeeded
        if request.check not in self.checks:
            raise UnknownRule(rule=request.check)
        now = self.clock.now()
        with self.store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            found = gate(view, at, self.checks, self.shelf).found
            about = {f.person for f in found if (f.check, f.item) == (request.check, request.item) and f.person}
            at.allow(Action.OVERRIDE, at.case(about=about))
            person = next(iter(sorted(about)), "")
            item = f"{request.check}:{request.item}"
            more = {"person": person, "item": item, "note": request.reason}
            self._say(view, at, now, request, statement(at, request, now, "override", **more))
            return gate(view, desk(view, request.asker, request.period, now), self.checks, self.shelf)

    def trial(self, request: Step, progress: Progress = lambda count: None) -> Tried:
        """Judges everyone by what is known now. Where nothing has changed, the last trial stands."""
        now = self.clock.now()
        with self.store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            at.allow(Action.TRIAL, at.case())
            if at.run.trial_at and not at.changed:
                return _tried(view, at, again=True)
            batch, said = basis(view, at.run)
            lines = _told(self._lines(view, at), progress)
            view.appraisals.put_lines(at.run.number, lines)
            made = {"trial_batch": batch, "trial_said": said, "trial_by": at.actor.id, "trial_at": now}
            view.appraisals.change(at.run.number, **made, state=str(State.OPEN), proposed_by=None, proposed_at=None)
            record(view, now, at, "tried", request.via, batch=str(batch or ""))
            return _tried(view, desk(view, request.asker, request.period, now))

    def status(self, request: Step) -> Standing:
        """Where the run stands, what blocks and who must act."""
        with self.store.read() as view:
            at = desk(view, request.asker, request.period, self.clock.now())
            at.allow(Action.STATUS, at.case())
            blocking = 0 if at.run.sealed else len(gate(view, at, self.checks, self.shelf).blocking)
            step, role = next_step(at, blocking)
            return Standing(
                run=at.run,
                summary=summary_of(at.lines) if at.run.trial_at else None,
                changed=at.changed and not at.run.sealed,
                blocking=blocking,
                to_approve=tuple(sorted(at.to_approve - at.approved)),
                next_step=step,
                next_by=role,
                late=late_of(view, at),
            )

    def _lines(self, view: Reading, at: Desk) -> Iterator[LineRow]:
        rulebook = self.shelf.on(at.period.as_of)
        said, known = said_of(at.said), Known()
        for facts in branch_facts(view, rulebook, at.period):
            person = facts.person
            standing = judge_standing(rulebook, facts, known)
            result = appraise(standing, spoken(said, person.id))
            line = line_of(standing, facts, spoken(said, person.id), result)
            yield LineRow(
                person=person.id,
                name=person.name,
                unit=person.unit,
                current=person.grade,
                proposed=result.proposed,
                change=str(result.change),
                blocks=result.blocks,
                pass_line=str(result.pass_line),
                inputs=line.inputs,
                result=line.result,
                seal=line.seal,
            )

    def _known(self, at: Desk, item: str) -> None:
        """UnknownRule for what nobody asks."""
        rulebook: Rulebook = self.shelf.on(at.period.as_of)
        judged = {rule.key for grade in rulebook.grades for rule in grade.judged}
        if item not in judged | RULINGS:
            raise UnknownRule(rule=item)

    def _say(self, view: Writing, at: Desk, now: datetime, request: Step, said: Statement) -> None:
        """Appends it, unless it is what stands already; what was proposed is open again."""
        same = [s for s in at.said if (s.kind, s.person, s.item) == (said.kind, said.person, said.item)]
        if same and (same[-1].value, same[-1].note) == (said.value, said.note):
            return
        view.appraisals.say(said)
        whom = {"person": said.person} if said.person else {}
        record(view, now, at, said.kind, request.via, item=said.item, **whom)
        if at.run.state is State.PROPOSED:
            reopen(view, at)
            record(view, now, at, "voided", request.via, because=said.kind)


def gate(view: Reading, at: Desk, checks: dict[str, Check], shelf: Shelf) -> Checked:
    """What the checks find in this view."""
    as_of = at.period.as_of
    probation = [grade.key for grade in shelf.on(as_of).grades if grade.on_probation]
    found = tuple(view.appraisal_checks.run(list(checks), as_of, probation))
    passed = (s.item.partition(":") for s in at.said if s.kind == "override")
    return Checked(run=at.run, checks=checks, found=found, overridden=frozenset((c, i) for c, _, i in passed))


def late_of(view: Reading, at: Desk) -> tuple[Late, ...]:
    """Batches after the end that touch figures of the period; the run stays as it is."""
    if not at.run.sealed or at.run.trial_batch is None:
        return ()
    found = view.appraisals.touching(at.period.as_of, at.run.trial_batch)
    return tuple(Late(batch=batch, at=moment.isoformat(), actor=actor) for batch, moment, actor in found)


def next_step(at: Desk, blocking: int) -> tuple[str, str]:
    """(action, role): what brings the run on."""
    steps = {
        State.FINALISED: (Action.PUBLISH, Role.HR_CLERK),
        State.PROPOSED: (Action.CONFIRM, Role.HR_REVIEWER),
        State.OPEN: (_step_when_open(at, blocking), Role.HR_CLERK),
    }
    if at.run.state is State.PROPOSED and at.to_approve - at.approved:
        return str(Action.APPROVE), str(Role.LEADING_GROUP)
    action, role = steps.get(at.run.state, ("", ""))
    return str(action), str(role)


def _step_when_open(at: Desk, blocking: int) -> Action:
    if blocking:
        return Action.CHECK
    if at.run.trial_at is None or at.changed:
        return Action.TRIAL
    return Action.ANSWER if any(line.blocks for line in at.lines) else Action.PROPOSE


def _tried(view: Reading, at: Desk, again: bool = False) -> Tried:
    lines = view.appraisals.brief(at.run.number)
    return Tried(run=view.appraisals.get(at.run.number) or at.run, summary=summary_of(lines), lines=lines, again=again)


def _told(lines: Iterator[LineRow], progress: Progress) -> Iterator[LineRow]:
    for count, line in enumerate(lines, 1):
        yield line
        if count % _EVERY == 0:
            progress(count)


def _entitled_to_open(person: Person | None, request: Step) -> None:
    roles = person.roles if person and person.active else frozenset()
    actor = Actor(person.id if person else request.asker.label, roles)
    reason = refusal(Action.OPEN, Case(), actor)
    if reason:
        raise AppraisalRefused(action="open", reason=str(reason), period=request.period, state="open", people=[])
