"""谁看过我的数据: the looks at a person's figures, from the audit chain, told to that person alone."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.ports import Reading

SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One person's looks on one day: the newest moment of them, what was looked at, and for what."""

    at: datetime
    who: str
    """A name; the number of somebody who is no longer in 人员."""
    what: tuple[str, ...]
    """As recorded: standing, team, export, a next step, or the key of a figure's rule; each once."""
    times: int
    purpose: str = ""


def looks_at(view: Reading, person_id: str, now: datetime) -> tuple[Look, ...]:
    """Those of the last 90 days, newest first, by viewer and day."""
    found: dict[tuple[str, str], Look] = {}
    for entry in reversed(view.audit.entries(person_id)):
        at = entry["at"].astimezone(now.tzinfo)
        if at < now - SINCE:
            break
        if entry["action"] != "looked" or entry["actor"] == person_id:
            continue
        told = json.loads(entry["details"])
        key = (entry["actor"], at.date().isoformat())
        found[key] = _with(found.get(key), view, entry["actor"], at, told)
    return tuple(found.values())


def _with(before: Look | None, view: Reading, actor: str, at: datetime, told: dict[str, str]) -> Look:
    if before is None:
        viewer = view.people.get(actor)
        before = Look(at=at, who=viewer.name if viewer else actor, what=(), times=0, purpose=told.get("purpose", ""))
    what = tuple(dict.fromkeys((*before.what, told.get("what", ""))))
    return Look(at=before.at, who=before.who, what=what, times=before.times + 1, purpose=before.purpose)
