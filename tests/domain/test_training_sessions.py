"""When a span begins and ends, which sessions meet, which are about what was asked."""

from datetime import date

import pytest

from bot.domain.training_hours import Attended, progress
from bot.domain.training_sessions import Session, Span, about, days_of, overlapping
from bot.loading.training import load_training

PLANS = load_training()


@pytest.mark.parametrize(
    ("span", "today", "days"),
    [
        (Span.THIS_WEEK, "2026-10-18", ("2026-10-12", "2026-10-18")),
        (Span.NEXT_WEEK, "2026-12-28", ("2027-01-04", "2027-01-10")),
        (Span.NEXT_MONTH, "2026-12-31", ("2027-01-01", "2027-01-31")),
        (Span.THIS_MONTH, "2028-02-29", ("2028-02-01", "2028-02-29")),
        (Span.THIS_QUARTER, "2026-12-31", ("2026-10-01", "2026-12-31")),
        (Span.TOMORROW, "2026-12-31", ("2027-01-01", "2027-01-01")),
        (Span.THIS_YEAR, "2026-07-01", ("2026-01-01", "2026-12-31")),
    ],
)
def test_a_span_has_its_days(span: Span, today: str, days: tuple[str, str]) -> None:
    assert days_of(span, date.fromisoformat(today)) == tuple(map(date.fromisoformat, days))


def test_a_month_that_has_passed_is_that_of_next_year() -> None:
    assert days_of(Span.MONTH, date(2026, 10, 9), 3)[0] == date(2027, 3, 1)
    assert days_of(Span.MONTH, date(2026, 10, 9), 10)[0] == date(2026, 10, 1)


def session(number: str, start: str | None = None, end: str | None = None, topic: str = "甲") -> Session:
    return Session(id=number, topic=topic, day=date(2026, 12, 11), start=start, end=end)


def test_sessions_that_touch_do_not_meet_and_one_without_a_time_meets_all() -> None:
    morning, noon, late, whole = (
        session("1", "09:00", "12:00"),
        session("2", "12:00", "14:00"),
        session("3", "11:59", "13:00"),
        session("4"),
    )
    everything = [morning, noon, late, whole]
    assert [s.id for s in overlapping(morning, everything)] == ["4", "3"]
    assert [s.id for s in overlapping(whole, everything)] == ["1", "3", "2"]


def test_the_longest_word_in_common_decides() -> None:
    trade, cash = session("1", topic="国际结算提高班"), session("2", topic="国际形势")
    assert about([trade, cash], "国际结算") == [trade]
    assert about([trade, cash], "国际") == [trade, cash]
    assert about([trade, cash], "反洗钱|算") == []


def test_days_count_once_and_only_what_was_attended_by_today_counts() -> None:
    def one(number: str, day: date, category: str | None, hours: int = 200) -> Attended:
        return Attended(session=number, topic="甲", day=day, hours=hours, category=category)

    attended = [
        one("1", date(2026, 3, 20), "集中学习"),
        one("2", date(2026, 3, 20), "集中学习"),
        one("3", date(2025, 12, 1), "集中学习"),
        one("4", date(2026, 12, 1), "集中学习"),
        one("5", date(2026, 9, 15), "班组学习"),
        one("6", date(2026, 10, 1), "巩固培训"),
    ]
    found = {p.measure: (p.done, p.needed) for p in progress(PLANS, attended, date(2026, 10, 14))}
    assert found == {
        "central_days": (1, 12),
        "group_months": (1, 9),
        "consolidation": (1, 1),
        "course_hours": (400, 24_000),
    }
