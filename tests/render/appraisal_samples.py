"""Results of appraisals, as their people get them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.appraisal import State
from bot.domain.appraisal_run import LineRow, Run
from bot.domain.period import Period
from bot.services.appraisal_result_telling import ResultTold
from bot.services.outcomes import Outcome
from tests.conftest import NOW
from tests.render.samples import RULEBOOK

RUN = Run(number=1, period="2026Q3", rulebook="2026", opened_by="3001", opened_at=NOW, state=State.PUBLISHED)
LINE = LineRow(
    person="1001", name="李强", unit="城东支行", current="third", proposed="second", change="up", blocks=False,
    pass_line="met", inputs="", result="", seal="",
)  # fmt: skip


def result(proposed: str | None = "second", period: str = "2026Q3", **line: object) -> Outcome:
    return ResultTold(
        run=replace(RUN, period=period),
        line=replace(LINE, proposed=proposed, **line),  # type: ignore[arg-type]
        period=Period.parse(period),
        current=RULEBOOK.grade("third"),
        proposed=RULEBOOK.grade(proposed) if proposed else None,
        passed=("<已核实>",) if proposed is None else (),
    )


APPRAISALS: dict[str, Callable[[], Outcome]] = {
    "appraisal_result_quarter": result,
    "appraisal_result_year": lambda: result("fourth", "2026", change="down"),
    "appraisal_result_none": lambda: result(None, change="none", pass_line="failed"),
}
