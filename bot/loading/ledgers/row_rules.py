"""What the cells of one row must be to each other."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.domain.importing import Place, SheetKey
from bot.domain.money import decimal_text
from bot.loading.ledgers.report import Report

PlaceOf = Callable[[str], Place]
Values = Mapping[str, object]
TRAINEE = "见习"
"""How contract.md spells the grade on probation."""


def check_row(key: SheetKey, values: Values, grades: Mapping[str, str], place: PlaceOf, report: Report) -> None:
    """The rules of that sheet; only of columns that the file has (the store knows the others)."""
    if key is SheetKey.FIGURES:
        _agreement(values, place, report)
    elif key is SheetKey.ATTRIBUTION:
        _days(values, place, report)
    elif key is SheetKey.MANAGERS:
        _probation(values, grades, place, report)
    elif key is SheetKey.SESSIONS:
        _times(values, place, report)


def _agreement(values: Values, place: PlaceOf, report: Report) -> None:
    deposits, agreement = values["deposit_avg"], values["agreement_avg"]
    if isinstance(deposits, int) and isinstance(agreement, int) and agreement > deposits:
        facts = {"deposits": decimal_text(deposits)}
        report.error("agreement_above_deposits", place("agreement_avg"), decimal_text(agreement), **facts)


def _days(values: Values, place: PlaceOf, report: Report) -> None:
    since, until = values["from"], values.get("to")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        report.error("to_before_from", place("to"), until.isoformat(), start=since)


def _probation(values: Values, grades: Mapping[str, str], place: PlaceOf, report: Report) -> None:
    """Article 4; where the file lacks one of the two columns, the store's value decides."""
    grade = values.get("grade")
    if grade is not None and grade == grades.get(TRAINEE) and values.get("probation_since", True) is None:
        report.error("trainee_without_probation", place("probation_since"))


def _times(values: Values, place: PlaceOf, report: Report) -> None:
    start, end = values.get("start"), values.get("end")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        report.error("end_before_start", place("end"), end, start=start)
