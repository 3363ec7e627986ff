"""The audit chain: every entry's digest covers the one before, so a changed, missing or moved entry shows."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.storage.tables import AuditRow

_TABLE = AuditRow.__table__  # type: ignore[attr-defined]
START = "0" * 64


class Chain:
    """Implements `services.ports.AuditLog`. Writes only inside the store's write transaction, one at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, at: datetime, actor: str, action: str, subject: str | None, details: Mapping[str, str]) -> None:
        """Appends one entry. `details` holds ids and words, no figure."""
        self.record_all(at, actor, action, [subject], details)

    def record_all(
        self, at: datetime, actor: str, action: str, subjects: Sequence[str | None], details: Mapping[str, str]
    ) -> None:
        """Appends one entry a subject, in one statement."""
        last = select(_TABLE.c.number, _TABLE.c.digest).order_by(_TABLE.c.number.desc()).limit(1)
        number, previous = self._connection.execute(last).first() or (0, START)
        told, rows = json.dumps(dict(details), ensure_ascii=False, sort_keys=True), []
        for place, subject in enumerate(subjects, number + 1):
            entry = {
                "number": place,
                "at": at,
                "actor": actor,
                "action": action,
                "subject": subject,
                "details": told,
            }
            digest = _digest(previous, entry)
            rows.append({**entry, "previous": previous, "digest": digest})
            previous = digest
        if rows:
            self._connection.execute(insert(_TABLE), rows)

    def verify(self) -> int | None:
        """The number of the first entry that does not follow from the one before; None when all do."""
        previous, expected = START, 1
        for row in self._connection.execute(select(_TABLE).order_by(_TABLE.c.number)).mappings():
            entry = {key: row[key] for key in ("number", "at", "actor", "action", "subject", "details")}
            follows = row["number"] == expected and row["previous"] == previous
            if not follows or row["digest"] != _digest(previous, entry):
                return int(row["number"])
            previous, expected = row["digest"], expected + 1
        return None

    def entries(self, subject: str | None = None) -> list[dict[str, Any]]:
        """The entries, newest last; of one subject where named."""
        found = select(_TABLE).order_by(_TABLE.c.number)
        if subject is not None:
            found = found.where(_TABLE.c.subject == subject)
        return [dict(row) for row in self._connection.execute(found).mappings()]


def _digest(previous: str, entry: Mapping[str, object]) -> str:
    """Canonical JSON; the moment in microseconds UTC, so that no time zone of the reader enters."""
    at = entry["at"]
    assert isinstance(at, datetime)
    epoch = datetime.fromtimestamp(0, tz=at.tzinfo)
    canonical = {**entry, "at": (at - epoch) // timedelta(microseconds=1)}
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()
