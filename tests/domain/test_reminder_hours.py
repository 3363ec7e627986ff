"""When somebody may be written to unasked."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reminder_hours import Leave, Wishes, next_moment
from bot.domain.reminders import occasions
from bot.loading.reminders import load_kinds, load_workdays

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
WORKDAYS = load_workdays()
USUAL = Wishes()


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-17T09:00", "2026-12-17T09:00"),
        ("2026-12-17T17:29:59", "2026-12-17T17:29:59"),
        ("2026-12-17T17:30", "2026-12-18T09:00"),
        ("2026-12-17T00:30", "2026-12-17T09:00"),
        ("2026-09-30T23:30", "2026-10-08T09:00"),
        ("2026-10-09T18:00", "2026-10-10T09:00"),
        ("2025-12-31T23:30", "2026-01-04T09:00"),
        ("2028-02-29T08:00", "2028-02-29T09:00"),
    ],
)
def test_the_next_moment(now: str, expected: str) -> None:
    assert next_moment(at(now), SHANGHAI, WORKDAYS, USUAL) == at(expected)


def test_it_is_the_recipients_own_clock() -> None:
    assert next_moment(at("2026-12-17T10:00"), LONDON, WORKDAYS, USUAL) == at("2026-12-17T09:00", LONDON)


def test_a_leave_is_waited_for_and_an_hour_set_is_kept() -> None:
    away = Wishes(leaves=(Leave(date(2026, 12, 17), date(2026, 12, 20)),), hour=14)
    assert next_moment(at("2026-12-17T10:00"), SHANGHAI, WORKDAYS, away) == at("2026-12-21T14:00")


def test_an_endless_leave_has_no_moment() -> None:
    away = Wishes(leaves=(Leave(date(2026, 1, 1), date(2099, 1, 1)),))
    assert next_moment(at("2026-12-17T10:00"), SHANGHAI, WORKDAYS, away) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-16T10:00", "30d"),
        ("2026-12-17T08:59", None),
        ("2026-12-17T09:00", "10d"),
        ("2026-12-27T12:00", "10d"),
        ("2026-12-28T09:00", "3d"),
        ("2026-12-31T23:30", "3d"),
        ("2027-01-01T00:30", None),
        ("2026-10-09T09:00", None),
    ],
)
def test_what_has_come_up_of_a_quarter(now: str, expected: str | None) -> None:
    kind = load_kinds()["quarter_standing"]
    found = [one.occurrence for one in occasions(kind, at(now), SHANGHAI, WORKDAYS)]
    assert found == ([expected] if expected else [])
