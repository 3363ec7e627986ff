"""评议 as a task list: who still has what to be answered, from the last trial, and all of one person's at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.appraisal import Action
from bot.domain.appraisal_run import LineRow, Run
from bot.domain.rulebook import JudgedRule
from bot.services.appraisal_case import COUNTED, desk
from bot.services.appraisal_outcomes import AnswerQuestion, Step, Tried
from bot.services.appraisals import Appraisals


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One person: facts that are missing go first, and the questions of the grade proposed (article 11, part one)."""

    person: str
    name: str
    grade: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """In order of staff numbers; `rules` has the question of each judged rule."""

    run: Run
    tasks: tuple[Task, ...]
    rules: Mapping[str, JudgedRule]


class AppraisalTasks:
    """Reads the last trial; what has been answered since is no task any more."""

    def __init__(self, trials: Appraisals) -> None:
        self._trials = trials

    def listed(self, step: Step) -> Tasks:
        """AppraisalRefused for who may not answer."""
        with self._trials.store.read() as view:
            at = desk(view, step.asker, step.period, self._trials.clock.now())
            at.allow(Action.ANSWER, at.case())
            done = {(s.person, s.item) for s in view.appraisals.said(at.run.number, COUNTED)}
            open_ = {line.person for line in at.lines if line.blocks}
            lines = [line for line in view.appraisals.lines(at.run.number) if line.person in open_]
            grades = self._trials.shelf.on(at.period.as_of).grades
        found = (_task(line, done) for line in lines)
        rules = {rule.key: rule for grade in grades for rule in grade.judged}
        return Tasks(run=at.run, tasks=tuple(task for task in found if task.items), rules=rules)

    def answer_all(self, request: AnswerQuestion) -> Tried | None:
        """Every open item of one person, alike; None where nothing of theirs is open."""
        tasks = self.listed(Step(asker=request.asker, period=request.period, via=request.via)).tasks
        mine = next((task for task in tasks if task.person == request.person), None)
        told: Tried | None = None
        for item in mine.items if mine else ():
            told = self._trials.answer(replace(request, item=item))
        return told


def _task(line: LineRow, done: set[tuple[str, str]]) -> Task:
    result = json.loads(line.result)
    missing = [fact for _, facts in result["waits"] for fact in facts]
    # Which grade is proposed may change with a missing fact, so its questions come after.
    items = dict.fromkeys(missing or result["asks"])
    left = tuple(item for item in items if (line.person, item) not in done)
    return Task(person=line.person, name=line.name, grade=line.proposed, items=left)
