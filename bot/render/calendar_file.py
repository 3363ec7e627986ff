"""Sessions as iCalendar (RFC 5545): a stable UID, a SEQUENCE that grows, the branch's time zone written out."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.services.calendars import Entry

PRODUCT = "-//Ladder//Training//ZH"


def calendar_file(entries: Iterable[Entry], now: datetime, zone: ZoneInfo) -> bytes:
    """UTF-8, lines ended and folded as the standard has it. One cancelled stays, as CANCELLED."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries:
        made.add_component(_event(entry, now, zone))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(entry: Entry, now: datetime, zone: ZoneInfo) -> Event:
    session = entry.session
    event = Event()
    event.add("uid", f"session-{session.id}@ladder")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", session.topic)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    like = now.astimezone(zone)
    if session.start:
        event.add("dtstart", session.begins(like))
        event.add("dtend", session.ends(like) if session.end else session.begins(like) + timedelta(hours=1))
    else:
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
    if session.place:
        event.add("location", session.place)
    if session.trainer:
        event.add("description", f"讲师:{session.trainer}")
    return event
