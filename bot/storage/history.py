"""What each batch changed, and every version of a row: read from the versions themselves, so that nothing can drift."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.types import Date

from bot.storage.sheets import SHEETS, Sheet

_SPOKEN = {"figures": ("client", "as_of")}
"""Keys in the order in which people name them (contract.md, "Keys"), where the table's is another."""


class History:
    """Reads over all versions of the ledger's rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changes(self) -> dict[int, dict[str, dict[str, int]]]:
        """Batch -> sheet -> new, changed and closed rows; closed: no longer in force, with nothing in their place."""
        found: dict[int, dict[str, dict[str, int]]] = {}
        for name, sheet in SHEETS.items():
            opened, ended, both = self._counts(sheet)
            for batch in opened.keys() | ended.keys():
                changed = both.get(batch, 0)
                counts = {"new": opened.get(batch, 0) - changed, "changed": changed}
                counts["closed"] = ended.get(batch, 0) - changed
                found.setdefault(batch, {})[name] = {word: count for word, count in counts.items() if count}
        return found

    def versions(self, sheet_name: str, key: Sequence[str]) -> list[dict[str, Any]]:
        """Every version of the rows whose key is, or begins with, this one, by key and then oldest first.

        ValueError for a date that is none, or more parts than the key has.
        """
        sheet = SHEETS[sheet_name]
        keys = _SPOKEN.get(sheet_name, sheet.keys)
        if len(key) > len(keys):
            raise ValueError(f"the key has {len(keys)} parts")
        table = sheet.table
        named = [
            table.c[name] == (date.fromisoformat(part) if isinstance(table.c[name].type, Date) else part)
            for name, part in zip(keys, key, strict=False)
        ]
        found = self._connection.execute(select(table).where(and_(*named)).order_by(table.c.version)).mappings()
        ordered = sorted(found, key=lambda row: [str(row[name]) for name in keys])
        return [
            {
                "since_batch": row["since_batch"],
                "until_batch": row["until_batch"],
                "origin_batch": row["origin_batch"],
                "row": {sheet.contract_name(name): row[name] for name in sheet.columns},
            }
            for row in ordered
        ]

    def _counts(self, sheet: Sheet) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
        """By batch: versions that it opened, versions that it ended, keys of which it did both."""
        table, after = sheet.table, sheet.table.alias("after")
        since, until = table.c.since_batch, table.c.until_batch
        same = and_(*(table.c[key] == after.c[key] for key in sheet.keys), after.c.since_batch == until)
        return (
            self._by_batch(select(since, func.count()).group_by(since)),
            self._by_batch(select(until, func.count()).where(until.is_not(None)).group_by(until)),
            self._by_batch(select(until, func.count()).select_from(table.join(after, same)).group_by(until)),
        )

    def _by_batch(self, counted: Any) -> dict[int, int]:
        return {int(batch): int(count) for batch, count in self._connection.execute(counted)}
