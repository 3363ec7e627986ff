"""One of each thing that a step of an appraisal may come to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.appraisal import State
from bot.domain.appraisal_check import Check, Found, Level
from bot.domain.appraisal_run import LineRow, Run
from bot.services.appraisal_commands import AppraisalMisread, AppraisalTold, Result
from bot.services.appraisal_outcomes import Checked, Done, Effect, Late, Opened, Standing, Tried, summary_of
from bot.services.appraisal_replay import Fault, Replayed
from bot.services.appraisal_tasks import Task, Tasks
from bot.services.outcomes import Outcome
from tests.render.samples import RULEBOOK

AT = datetime(2026, 10, 9, 9, tzinfo=UTC)
RUN = Run(
    number=1,
    period="2026Q3",
    rulebook="2026",
    opened_by="3001",
    opened_at=AT,
    trial_batch=3,
    trial_at=AT,
    proposed_by="3001",
    digest="8921d936" * 8,
)
CHECKS = {
    "trainee_with_loans": Check("trainee_with_loans", Level.BLOCK, "主管", "见习期客户经理名下有贷款", "核实管户"),
    "client_moved": Check("client_moved", Level.WARN, "主管", "本年内移交的客户", "请双方核对"),
}
FOUND = (Found("trainee_with_loans", "C<1>", "1018"), Found("client_moved", "C126", ""))


def _line(person: str, change: str, blocks: bool = False, pass_line: str = "met") -> LineRow:
    return LineRow(
        person=person,
        name=f"<!here>{person}",
        unit="城东支行",
        current="third",
        proposed="second",
        change=change,
        blocks=blocks,
        pass_line=pass_line,
        inputs="",
        result="",
        seal="",
    )


LINES = (_line("1001", "same"), _line("1002", "up", pass_line="failed"), _line("1003", "open", blocks=True))
SUMMARY = summary_of(LINES)
JUDGED = {rule.key: rule for grade in RULEBOOK.grades for rule in grade.judged}
TASK = Task(person="1001", name="李<强>", grade="third", items=("third.risk", "exam"))


def _told(action: str, result: Result) -> Callable[[], Outcome]:
    return lambda: AppraisalTold(action=action, period="2026Q3", result=result)


def _checked(*passed: tuple[str, str]) -> Checked:
    return Checked(run=RUN, checks=CHECKS, found=FOUND, overridden=frozenset(passed))


STEPS: dict[str, Callable[[], Outcome]] = {
    "appraisal_opened": _told("open", Opened(run=RUN, again=False, people=24, batch=3)),
    "appraisal_opened_again": _told("open", Opened(run=RUN, again=True, people=24, batch=3)),
    "appraisal_checked": _told("check", _checked()),
    "appraisal_overridden": _told("override", _checked(("trainee_with_loans", "C<1>"))),
    "appraisal_tasks": _told("answer", Tasks(run=RUN, tasks=(TASK,), rules=JUDGED)),
    "appraisal_no_tasks": _told("answer", Tasks(run=RUN, tasks=(), rules=JUDGED)),
    "appraisal_answered": _told("answer", Tried(run=RUN, summary=SUMMARY, lines=LINES)),
    "appraisal_tried": _told("trial", Tried(run=RUN, summary=SUMMARY, lines=LINES)),
    "appraisal_proposed": _told("propose", Done(run=RUN, summary=SUMMARY)),
    "appraisal_effect": _told(
        "confirm",
        Effect(
            run=RUN, summary=SUMMARY, shown="8921d936" * 8, to_approve=("1001", "1002"), approved=("1001",), overrides=1
        ),
    ),
    "appraisal_rejected": _told("reject", Done(run=RUN, summary=SUMMARY, people=("1002",))),
    "appraisal_confirmed": _told("confirm", Done(run=RUN, summary=SUMMARY)),
    "appraisal_published": _told("publish", Done(run=RUN, summary=SUMMARY, people=("1001",), again=True)),
    "appraisal_status": _told(
        "status",
        Standing(
            run=RUN,
            summary=SUMMARY,
            changed=True,
            blocking=2,
            to_approve=("1002",),
            next_step="check",
            next_by="hr_clerk",
            late=(Late(batch=4, at="2026-10-10", actor="3001"),),
        ),
    ),
    "appraisal_status_done": _told(
        "status",
        Standing(
            run=replace(RUN, state=State.PUBLISHED),
            summary=SUMMARY,
            changed=False,
            blocking=0,
            to_approve=(),
            next_step="",
            next_by="",
        ),
    ),
    "appraisal_replayed": _told(
        "replay",
        Replayed(people=3, digest="ab" * 32, sealed="cd" * 32, signed=False, faults=(Fault("1001", "changed"),)),
    ),
    "appraisal_usage_answer": lambda: AppraisalMisread(action="answer"),
    "appraisal_usage_override": lambda: AppraisalMisread(action="override"),
}
