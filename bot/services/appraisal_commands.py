"""What stands behind `/appraise` for an appraisal: read, run by the same services as the command line, told."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.domain.access import Asker, Matter
from bot.services.appraisal_decisions import AppraisalDecisions
from bot.services.appraisal_export import AppraisalExport
from bot.services.appraisal_outcomes import (
    AnswerQuestion,
    Checked,
    Confirm,
    Decide,
    Done,
    Effect,
    Opened,
    OverrideCheck,
    Standing,
    Step,
    Tried,
)
from bot.services.appraisal_publishing import AppraisalPublishing
from bot.services.appraisal_replay import Replayed
from bot.services.appraisal_tasks import AppraisalTasks, Tasks
from bot.services.appraisals import Appraisals
from bot.services.outcomes import Outcome

Result = Opened | Checked | Tasks | Tried | Effect | Done | Standing | Replayed
VIA = "slack"
SHOWN = 8
"""So many characters of an effect's digest are typed to confirm it."""
_YES = {"是": True, "有": True, "yes": True, "否": False, "无": False, "no": False}
_ALL = ("全部", "all")
_PERSON = re.compile(r"[0-9A-Za-z_-]*\d[0-9A-Za-z_-]*")
_WORDS = {
    **{"开始": "open", "检查": "check", "放行": "override", "评议": "answer", "试算": "trial", "提交": "propose"},
    **{"批准": "approve", "驳回": "reject", "定稿": "confirm", "发布": "publish", "状态": "status", "复算": "replay"},
}
_KEYS = frozenset(_WORDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalTold(Outcome):
    """One step done or shown. For who may run appraisals alone, so it goes to the direct message."""

    matter: ClassVar[Matter] = Matter.STANDING

    action: str
    period: str
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalMisread(Outcome):
    """The step is known, what stands behind it is not complete."""

    action: str


@dataclass(frozen=True, slots=True)
class Line:
    """`试算 2026Q3 …`: the step, the period, and what follows."""

    action: str
    period: str
    rest: tuple[str, ...]


def line_of(words: str) -> Line | None:
    """None where the first word is no step of an appraisal."""
    first, *rest = words.split() or [""]
    action = _WORDS.get(first, first.casefold())
    if action not in _KEYS:
        return None
    return Line(action, rest[0].upper() if rest else "", tuple(rest[1:]))


class AppraisalCommands:
    """Each step checks on its own who may do what, and when."""

    def __init__(
        self,
        trials: Appraisals,
        decisions: AppraisalDecisions,
        publishing: AppraisalPublishing,
        export: AppraisalExport,
    ) -> None:
        self._trials = trials
        self._tasks = AppraisalTasks(trials)
        self._decisions = decisions
        plain: Mapping[str, Callable[[Step], Result]] = {
            "open": trials.open,
            "check": trials.check,
            "trial": trials.trial,
            "propose": decisions.propose,
            "publish": publishing.publish,
            "status": trials.status,
            "replay": export.replay,
        }
        self._plain = plain

    def __call__(self, asker: Asker, line: Line) -> Outcome:
        """AppraisalRefused, NoAppraisal and their like with the reason; nothing is changed then."""
        step: dict[str, Any] = {"asker": asker, "period": line.period, "via": VIA}
        if act := self._plain.get(line.action):
            result: Result | None = act(Step(**step))
        else:
            result = getattr(self, f"_{line.action}")(step, line.rest)
        if result is None:
            return AppraisalMisread(action=line.action)
        return AppraisalTold(action=line.action, period=line.period, result=result)

    def _override(self, step: dict[str, Any], rest: tuple[str, ...]) -> Checked | None:
        if len(rest) < 2:
            return None
        return self._trials.override(OverrideCheck(**step, check=rest[0], item=rest[1], reason=" ".join(rest[2:])))

    def _answer(self, step: dict[str, Any], rest: tuple[str, ...]) -> Tasks | Tried | None:
        if not rest:
            return self._tasks.listed(Step(**step))
        if len(rest) < 3 or rest[2].casefold() not in _YES:
            return None
        said = AnswerQuestion(
            **step, person=rest[0], item=rest[1], yes=_YES[rest[2].casefold()], note=" ".join(rest[3:])
        )
        return self._tasks.answer_all(said) if said.item in _ALL else self._trials.answer(said)

    def _confirm(self, step: dict[str, Any], rest: tuple[str, ...]) -> Effect | Done:
        """Without the sign of what was shown: the effect is shown. With another one: it has changed since."""
        if not rest:
            return self._decisions.effect(Step(**step))
        status = self._trials.status(Step(**step))
        shown = status.run.digest if status.run.sealed else self._decisions.effect(Step(**step)).shown
        typed = rest[0].casefold()
        same = bool(shown) and len(typed) >= SHOWN and str(shown).startswith(typed)
        return self._decisions.confirm(Confirm(**step, shown=str(shown) if same else typed, typed=step["period"]))

    def _approve(self, step: dict[str, Any], rest: tuple[str, ...]) -> Done:
        return self._decisions.approve(_decide(step, rest))

    def _reject(self, step: dict[str, Any], rest: tuple[str, ...]) -> Done:
        return self._decisions.reject(_decide(step, rest))


def _decide(step: dict[str, Any], rest: tuple[str, ...]) -> Decide:
    """Staff numbers first, then the reason."""
    people = []
    for word in rest:
        if not _PERSON.fullmatch(word):
            break
        people.append(word)
    return Decide(**step, people=tuple(people), reason=" ".join(rest[len(people) :]))
