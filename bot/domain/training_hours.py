"""What somebody has attended, held against the figures that the plans fix (reading T2): progress, no verdict. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.training_plans import Amount, TrainingPlans
from bot.domain.training_sessions import CENTRAL, GROUP

CONSOLIDATION = "巩固培训"
"""The value of 类别 for what is applied for once a quarter."""
_MONTHS = 3
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """A row of 签到 with its session."""

    session: str
    topic: str
    day: date
    hours: int
    """Hundredths."""
    category: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one figure of a plan is reached."""

    measure: str
    """central_days, group_months, consolidation or course_hours."""
    citation: str
    """`training.<plan>.<fact>`: the sentence that the figure comes from."""
    done: int
    needed: int
    """In the measure's unit; hours in hundredths."""

    @property
    def reached(self) -> bool:
        """The figure itself counts."""
        return self.done >= self.needed


def progress(plans: TrainingPlans, attended: Sequence[Attended], today: date) -> list[Progress]:
    """Of those figures of T2 that sessions with days or hours can be held against, in the reading's order."""
    found = []
    for amount in plans.readings["T2"].amounts:
        if amount_of := _MEASURES.get((amount.fact, amount.unit, amount.per)):
            measure, count = amount_of
            done, needed = count(attended, today, amount)
            citation = f"training.{amount.fact}"
            found.append(Progress(measure=measure, citation=citation, done=done, needed=needed))
    return found


def hours_of_year(attended: Iterable[Attended], today: date) -> int:
    """Hundredths of an hour, this year up to today."""
    return sum(one.hours for one in attended if one.day.year == today.year and one.day <= today)


def _central(attended: Iterable[Attended], today: date, amount: Amount) -> tuple[int, int]:
    """Days, each once however many sessions it held."""
    days = {one.day for one in attended if one.category == CENTRAL and _this_year(one, today)}
    return len(days), amount.number


def _group(attended: Iterable[Attended], today: date, amount: Amount) -> tuple[int, int]:
    """Months with a group study attended, of those whose day has come; one that was moved counts for its month."""
    months = {one.day.month for one in attended if one.category == GROUP and _this_year(one, today)}
    return len(months), max(len(months), today.month if today.day >= amount.number else today.month - 1)


def _consolidation(attended: Iterable[Attended], today: date, amount: Amount) -> tuple[int, int]:
    """Sessions of the quarter."""
    quarter = (today.month - 1) // 3
    held = [o for o in attended if o.category == CONSOLIDATION and _this_year(o, today)]
    return sum((one.day.month - 1) // 3 == quarter for one in held), amount.number


def _course(attended: Iterable[Attended], today: date, amount: Amount) -> tuple[int, int]:
    """Hours of the three months up to today; the plan counts hours, whatever the session is called."""
    since = _months_before(today, _MONTHS)
    return sum(one.hours for one in attended if since < one.day <= today), amount.number * 100


def _this_year(one: Attended, today: date) -> bool:
    return one.day.year == today.year and one.day <= today


def _months_before(day: date, months: int) -> date:
    """The corresponding day; the 28th where the month is too short for it."""
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 - months, _MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, 28))


_Count = Callable[[Sequence[Attended], date, Amount], tuple[int, int]]
_MEASURES: dict[tuple[str, str, str], tuple[str, _Count]] = {
    ("all_managers.time.central", "days", "year"): ("central_days", _central),
    ("all_managers.time.group", "day_of_month", "month"): ("group_months", _group),
    ("all_managers.time.consolidation", "times", "quarter"): ("consolidation", _consolidation),
    ("company.time", "hours", "course"): ("course_hours", _course),
}
