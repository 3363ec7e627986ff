"""What the withdrawal of a batch leaves behind: its values in rows that later batches changed without saying them.

A file without all columns keeps what was stored of the others, so that a later batch's row may still hold a value that
only the batch withdrawn has ever said. Which columns a batch's files had stands in the audit chain, beside the batch.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, or_, select

from bot.storage.sheets import SHEETS, Sheet
from bot.storage.tables import AuditRow, BatchRow, PendingAccessRow

_AUDIT = AuditRow.__table__  # type: ignore[attr-defined]
_BATCHES = BatchRow.__table__  # type: ignore[attr-defined]
_PENDING = PendingAccessRow.__table__  # type: ignore[attr-defined]

Columns = Mapping[int, Mapping[str, Collection[str]]]
"""Batch -> sheet -> the contract's keys of the columns that its files had."""


class Remains:
    """Implements `services.ports.Remains`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, number: int, most: int) -> list[tuple[str, tuple[str, ...], int]]:
        """(sheet, key, later batch) of rows in force that hold a value of batch `number`; at most that many a sheet."""
        columns, withdrawn = self._columns(), self._withdrawn()
        confirmed = self._confirmed(number)
        found: list[tuple[str, tuple[str, ...], int]] = []
        for name, sheet in SHEETS.items():
            every = {sheet.contract_name(column) for column in sheet.columns}
            later = [n for n, sheets in columns.items() if n > number and every.difference(sheets.get(name, every))]
            if not later:
                continue
            access = confirmed if name == "managers" else frozenset()
            judge = _Judge(sheet, number, columns, withdrawn, access)
            histories = self._histories(sheet, number, later, {person for person, _ in access})
            hits = ((name, *hit) for rows in histories if (hit := judge(rows)))
            found += islice(hits, most)
        return found

    def _histories(
        self, sheet: Sheet, number: int, later: Sequence[int], people: Collection[str]
    ) -> Iterator[list[RowMapping]]:
        """All versions, oldest first, of each key that the batch said, or of these people, and that one of the later
        batches holds now."""
        table, now, said = sheet.table, sheet.table.alias("now"), sheet.table.alias("said")
        same = and_(*(now.c[key] == said.c[key] for key in sheet.keys), said.c.origin_batch == number)
        mine = select(said.c.version).where(same).exists()
        held = (
            select(*(now.c[key] for key in sheet.keys))
            .where(now.c.until_batch.is_(None), now.c.origin_batch.in_(later))
            .where(or_(mine, now.c.id.in_(people)) if people else mine)
            .subquery()
        )
        joined = table.join(held, and_(*(table.c[key] == held.c[key] for key in sheet.keys)))
        order = [*(table.c[key] for key in sheet.keys), table.c.version]
        rows = self._connection.execute(select(table).select_from(joined).order_by(*order)).mappings()
        for _, versions in groupby(rows, key=lambda row: [row[key] for key in sheet.keys]):
            yield list(versions)

    def _columns(self) -> Columns:
        rows = self._connection.execute(select(_AUDIT.c.details).where(_AUDIT.c.action == "imported")).scalars()
        told = [json.loads(details) for details in rows]
        return {int(entry["batch"]): json.loads(entry["columns"]) for entry in told if "columns" in entry}

    def _withdrawn(self) -> frozenset[int]:
        undone = select(_BATCHES.c.id).where(_BATCHES.c.undone_by.is_not(None))
        return frozenset(self._connection.execute(undone).scalars())

    def _confirmed(self, number: int) -> frozenset[tuple[str, str]]:
        """(person, field) of access that the batch brought and a second person put in force."""
        mine = and_(_PENDING.c.batch == number, _PENDING.c.state == "confirmed")
        rows = self._connection.execute(select(_PENDING.c.person, _PENDING.c.field).where(mine))
        return frozenset((person, field) for person, field in rows)


class _Judge:
    """Of one sheet and one batch: whether a row's versions end in a value that only that batch has said."""

    def __init__(
        self,
        sheet: Sheet,
        number: int,
        columns: Columns,
        withdrawn: frozenset[int],
        confirmed: frozenset[tuple[str, str]],
    ) -> None:
        self._sheet = sheet
        self._number = number
        self._columns = columns
        self._withdrawn = withdrawn
        self._confirmed = confirmed

    def __call__(self, versions: Sequence[RowMapping]) -> tuple[tuple[str, ...], int] | None:
        """(key, batch that holds the row now), or None where nothing is left of the batch."""
        mine = [n for n, row in enumerate(versions) if row["origin_batch"] == self._number]
        now = versions[-1]
        later = {row["origin_batch"] for row in versions if row["origin_batch"] > self._number} - self._withdrawn
        names = [name for name in self._sheet.columns if name not in self._sheet.keys]
        kept = [name for name in names if all(self._lacks(batch, name) for batch in later)]
        given = self._given(versions, mine[0]) if mine else set()
        confirmed = {field for person, field in self._confirmed if person == now["id"]} if self._confirmed else set()
        if not (given | confirmed).isdisjoint(kept):
            return tuple(str(now[key]) for key in self._sheet.keys), int(now["origin_batch"])
        return None

    def _given(self, versions: Sequence[RowMapping], first: int) -> set[str]:
        """The columns to which the batch gave another value. It gave no access: that comes by confirmation."""
        said = versions[first]
        replaced = first > 0 and versions[first - 1]["until_batch"] == said["since_batch"]
        before: Mapping[Any, Any] = versions[first - 1] if replaced else {}
        names = [name for name in self._sheet.columns if not self._lacks(self._number, name)]
        return {name for name in names if before.get(name) != said[name]}

    def _lacks(self, batch: int, name: str) -> bool:
        sheets = self._columns.get(batch, {})
        return self._sheet.contract_name(name) not in sheets.get(self._sheet.name, ())
