"""The sample branch's HR: 3001 经办, 3002 复核, 3101 and 3102 the leading group; every step by its service."""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.domain.access import Asker
from bot.services.appraisal_case import desk, statement
from bot.services.appraisal_outcomes import AnswerQuestion, Confirm, Decide, Done, OverrideCheck, Step, Tried
from bot.wiring import Parts
from tests.house import sample
from tests.ledgers import FIGURES, load, sheet

CLERK, REVIEWER, LEADER, OTHER_LEADER, AUDIT = "3001", "3002", "3101", "3102", "3201"
Q3 = "2026Q3"


class Office:
    """Who does what, by staff number."""

    def __init__(self, parts: Parts, period: str = Q3) -> None:
        self.parts = parts
        self.period = period

    def _asked(self, by: str) -> dict[str, object]:
        with self.parts.store.read() as view:
            return {"asker": Asker(view.people.get(by), by), "period": self.period, "via": "test"}

    def step(self, by: str = CLERK) -> Step:
        return Step(**self._asked(by))  # type: ignore[arg-type]

    def answer(self, person: str, item: str, yes: bool = True, by: str = CLERK, note: str = "见面谈") -> Tried:
        request = AnswerQuestion(**self._asked(by), person=person, item=item, yes=yes, note=note)  # type: ignore[arg-type]
        return self.parts.appraisals.answer(request)

    def override(self, check: str, item: str, by: str = CLERK, reason: str = "已核实") -> object:
        request = OverrideCheck(**self._asked(by), check=check, item=item, reason=reason)  # type: ignore[arg-type]
        return self.parts.appraisals.override(request)

    def trial(self, by: str = CLERK) -> Tried:
        return self.parts.appraisals.trial(self.step(by))

    def approve(self, by: str = LEADER, people: Iterable[str] = ()) -> Done:
        return self.parts.appraisal_decisions.approve(Decide(**self._asked(by), people=tuple(people)))  # type: ignore[arg-type]

    def reject(self, by: str, people: Iterable[str] = (), reason: str = "不同意") -> Done:
        request = Decide(**self._asked(by), people=tuple(people), reason=reason)  # type: ignore[arg-type]
        return self.parts.appraisal_decisions.reject(request)

    def propose(self, by: str = CLERK) -> Done:
        return self.parts.appraisal_decisions.propose(self.step(by))

    def confirm(self, by: str = REVIEWER, shown: str | None = None, typed: str | None = None) -> Done:
        shown = shown or self.parts.appraisal_decisions.effect(self.step(by)).shown
        request = Confirm(**self._asked(by), shown=shown, typed=typed or self.period)  # type: ignore[arg-type]
        return self.parts.appraisal_decisions.confirm(request)

    def publish(self, by: str = CLERK) -> Done:
        return self.parts.appraisal_publishing.publish(self.step(by))

    def settle(self) -> Tried:
        """Opens, lets the trainee's loan pass, rules what is open, and answers every question with yes."""
        self.parts.appraisals.open(self.step())
        for found in self.parts.appraisals.check(self.step()).blocking:
            self.override(found.check, found.item)
        while (tried := self.trial()).summary.open:
            self._answer(tried.summary.open)
        return tried

    def _answer(self, people: Iterable[str]) -> None:
        """All at once: a transaction an answer would be forty."""
        with self.parts.store.write() as view:
            at = desk(view, self.step().asker, self.period, self.parts.clock.now())
            for person in people:
                result = json.loads(view.appraisals.line(at.run.number, person).result)
                missing = [m for _, facts in result["waits"] for m in facts]
                for item in dict.fromkeys([*missing, *(() if missing else result["asks"])]):
                    more = {"person": person, "item": item, "value": "yes", "note": ""}
                    view.appraisals.say(statement(at, self.step(), self.parts.clock.now(), "answer", **more))


def filled(parts: Parts) -> Parts:
    load(parts, *sample.LEDGERS)
    return parts


def more_figures(parts: Parts, folder: Path, *rows: tuple[str, str, object]) -> list[str]:
    """Another batch; the codes of its warnings."""
    path = sheet(folder, "业绩", FIGURES, *([d, c, f"客户{c}", amount, *[0] * 10] for d, c, amount in rows))
    report = load(parts, path)
    assert report.accepted
    return [warning.code for warning in report.warnings]
