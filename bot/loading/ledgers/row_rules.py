"""What the cells of one row must be to each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import gt
from typing import Any

from bot.domain.importing import Place, SheetKey
from bot.domain.money import decimal_text
from bot.loading.ledgers.report import Report

Columns = Mapping[str, Sequence[Any]]


def _usual_figures(columns: Columns) -> bool:
    return not any(map(gt, columns["agreement_avg"], columns["deposit_avg"]))


def _usual_days(columns: Columns) -> bool:
    """Days as ISO texts come in the same order as days."""
    ends = columns.get("to", ())
    return not any(end is not None and end < since for since, end in zip(columns["from"], ends, strict=False))


QUICK_RULES: Mapping[SheetKey, Callable[[Columns], bool]] = {
    SheetKey.FIGURES: _usual_figures,
    SheetKey.ATTRIBUTION: _usual_days,
    SheetKey.RATES: lambda _: True,
    SheetKey.ATTENDANCE: lambda _: True,
}
"""Whether `check_row` has nothing to say of many rows, their values as stored by column; other sheets are short."""
TRAINEE = "见习"
"""How contract.md spells the grade on probation."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row without a faulty cell; what the file lacks is not in `values` (the store knows it)."""

    values: Mapping[str, object]
    place: Callable[[str], Place]
    """By English key, like `shown`."""
    shown: Callable[[str], str | None]
    """The cell as the file shows it."""


def check_row(key: SheetKey, row: RowView, grades: Mapping[str, str], report: Report) -> None:
    """The rules of that sheet."""
    if key is SheetKey.FIGURES:
        _agreement(row, report)
    elif key is SheetKey.ATTRIBUTION:
        _days(row, report)
    elif key is SheetKey.MANAGERS:
        _probation(row, grades, report)
    elif key is SheetKey.SESSIONS:
        _times(row, report)


def _agreement(row: RowView, report: Report) -> None:
    deposits, agreement = row.values["deposit_avg"], row.values["agreement_avg"]
    if isinstance(deposits, int) and isinstance(agreement, int) and agreement > deposits:
        facts = {"deposits": decimal_text(deposits), "agreement": decimal_text(agreement)}
        report.error("agreement_above_deposits", row.place("agreement_avg"), row.shown("agreement_avg"), **facts)


def _days(row: RowView, report: Report) -> None:
    since, until = row.values["from"], row.values.get("to")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        report.error("to_before_from", row.place("to"), row.shown("to"), start=since)


def _probation(row: RowView, grades: Mapping[str, str], report: Report) -> None:
    """Where the file lacks one of the two columns, the store's value decides."""
    grade = row.values.get("grade")
    if grade is not None and grade == grades.get(TRAINEE) and row.values.get("probation_since", True) is None:
        report.error("trainee_without_probation", row.place("probation_since"))


def _times(row: RowView, report: Report) -> None:
    start, end = row.values.get("start"), row.values.get("end")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        report.error("end_before_start", row.place("end"), row.shown("end"), start=start)
