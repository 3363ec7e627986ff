"""Import batches: rows are staged in a temporary table and applied by set, inside the caller's transaction.

A changed row closes the version before it; an undo closes the batch's rows and opens the versions that they replaced.
Nothing is deleted, so every earlier state can be read again.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.domain.ledger_rows import Chunk
from bot.services.ports import Batch
from bot.storage.engine import is_sqlite
from bot.storage.sheets import SHEETS, Sheet
from bot.storage.staging import staged
from bot.storage.tables import BatchRow

_MANY = 500
"""Rows changed: fewer mislead no plan by much."""
_BATCHES = BatchRow.__table__  # type: ignore[attr-defined]


class Batches:
    """The ledger's write side; implements `services.ports.BatchStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int | None:
        """The number of the newest batch."""
        return self._connection.execute(select(func.max(_BATCHES.c.id))).scalar()

    def get(self, number: int) -> Batch | None:
        """One batch as recorded."""
        row = self._connection.execute(select(_BATCHES).where(_BATCHES.c.id == number)).mappings().first()
        return _batch(row) if row else None

    def confirmed_by(self, number: int) -> int | None:
        """The newest of those that confirm it."""
        confirming = _BATCHES.c.confirms == number
        return self._connection.execute(select(func.max(_BATCHES.c.id)).where(confirming)).scalar()

    def everything(self) -> list[Batch]:
        """Oldest first."""
        rows = self._connection.execute(select(_BATCHES).order_by(_BATCHES.c.id)).mappings()
        return [_batch(row) for row in rows]

    def record(self, batch: Batch) -> None:
        """Writes the batch's own row; for an undo, marks the one withdrawn."""
        self._connection.execute(
            insert(_BATCHES).values(
                id=batch.number,
                at=batch.at,
                actor=batch.actor,
                files=json.dumps(list(batch.files), ensure_ascii=False),
                rows=json.dumps(dict(batch.rows)),
                undoes=batch.undoes,
                confirms=batch.confirms,
            )
        )
        if batch.undoes is not None:
            withdrawn = _BATCHES.c.id == batch.undoes
            self._connection.execute(update(_BATCHES).where(withdrawn).values(undone_by=batch.number))

    def apply(self, sheet_name: str, columns: Sequence[str], chunks: Iterable[Chunk], batch: int) -> int:
        """Rows of one sheet, as stored, `columns` (contract keys) naming the chunks' columns; how many were new or
        changed.

        A column that the file lacks keeps its stored value; what stands already is not touched.
        """
        sheet = SHEETS[sheet_name]
        present = [sheet.stored_name(key) for key in columns]
        stage = staged(self._connection, sheet, present, chunks)
        try:
            changed = self._merge(sheet, stage, set(present), batch)
        finally:
            self._connection.exec_driver_sql(f"DROP TABLE {stage.name}")
        self._counted_anew(sheet, changed)
        return changed

    def undo(self, number: int, batch: int) -> dict[str, int]:
        """Withdraws what batch `number` said, under the new number `batch`; rows changed by sheet.

        A row that a later batch has replaced stays as that batch says.
        """
        return {name: count for name, sheet in SHEETS.items() if (count := self._undo(sheet, number, batch))}

    def rows(self, sheet_name: str) -> Iterator[dict[str, Any]]:
        """The current rows under the contract's keys, by key; text is sorted byte by byte on either database."""
        sheet = SHEETS[sheet_name]
        table = sheet.table
        columns = [table.c[name] for name in sheet.columns]
        found = self._connection.execute(select(*columns).where(table.c.until_batch.is_(None))).all()
        place = [sheet.columns.index(key) for key in sheet.keys]
        names = [sheet.contract_name(name) for name in sheet.columns]
        for row in sorted(found, key=lambda row: [str(row[i]) for i in place]):
            yield dict(zip(names, row, strict=True))

    def _merge(self, sheet: Sheet, stage: Table, present: set[str], batch: int) -> int:
        table = sheet.table
        values = [name for name in sheet.columns if name not in sheet.keys]
        current = table.alias("c")
        same_key = and_(*(stage.c[key] == current.c[key] for key in sheet.keys), current.c.until_batch.is_(None))
        changes = [stage.c[name].is_distinct_from(current.c[name]) for name in values if name in present]
        if changes:
            replaced = select(current.c.version).select_from(stage.join(current, same_key)).where(or_(*changes))
            self._connection.execute(update(table).where(table.c.version.in_(replaced)).values(until_batch=batch))
        said = stage.outerjoin(current, same_key)
        merged: list[ColumnElement[Any]] = [stage.c[name] for name in values if name in present]
        absent = [name for name in values if name not in present]
        if absent:
            before = table.alias("b")
            was = and_(*(stage.c[key] == before.c[key] for key in sheet.keys), before.c.until_batch == batch)
            said = said.outerjoin(before, was)
            merged += [func.coalesce(before.c[name], literal(_default(table, name))) for name in absent]
        fresh = (
            select(*(stage.c[key] for key in sheet.keys), *merged, literal(batch), literal(batch))
            .select_from(said)
            .where(current.c.version.is_(None))
        )
        names = [*sheet.keys, *(n for n in values if n in present), *absent, "since_batch", "origin_batch"]
        # Without the option SQLAlchemy leaves the count of an INSERT at -1 on PostgreSQL.
        counted = insert(table).from_select(names, fresh).execution_options(preserve_rowcount=True)
        return self._connection.execute(counted).rowcount

    def _undo(self, sheet: Sheet, number: int, batch: int) -> int:
        table = sheet.table
        mine = and_(table.c.until_batch.is_(None), table.c.origin_batch == number)
        closed = self._connection.execute(update(table).where(mine).values(until_batch=batch)).rowcount
        if not closed:
            return 0
        gone, past = table.alias("gone"), table.alias("past")
        withdrawn = select(_BATCHES.c.id).where(or_(_BATCHES.c.undone_by.is_not(None), _BATCHES.c.id == number))
        earlier = and_(
            *(gone.c[key] == past.c[key] for key in sheet.keys),
            past.c.version < gone.c.version,
            past.c.until_batch.is_not(None),
            past.c.origin_batch.not_in(withdrawn),
        )
        last = (
            select(func.max(past.c.version))
            .select_from(gone.join(past, earlier))
            .where(gone.c.until_batch == batch)
            .group_by(gone.c.version)
        )
        kept = [*sheet.columns, "origin_batch"]
        again = select(*(table.c[name] for name in kept), literal(batch)).where(table.c.version.in_(last))
        self._connection.execute(insert(table).from_select([*kept, "since_batch"], again))
        self._counted_anew(sheet, closed)
        return closed

    def _counted_anew(self, sheet: Sheet, changed: int) -> None:
        """PostgreSQL plans by the counts of its last look, a minute ago: what is asked of the batch within its own
        transaction would join thousands of rows with each other (12 s for 4,000 of them, hours for a bank's)."""
        if changed >= _MANY and not is_sqlite(self._connection):
            self._connection.exec_driver_sql(f"ANALYZE {sheet.table.name}")


def _default(table: Table, name: str) -> object:
    """What a column holds that no file has given yet."""
    default = table.c[name].default
    return default.arg if default is not None and default.is_scalar else None  # type: ignore[attr-defined]


def _batch(row: RowMapping) -> Batch:
    """A stored batch as a value."""
    files: Sequence[str] = json.loads(row["files"])
    return Batch(
        number=row["id"],
        at=row["at"],
        actor=row["actor"],
        files=tuple(files),
        rows=json.loads(row["rows"]),
        undoes=row["undoes"],
        undone_by=row["undone_by"],
        confirms=row["confirms"],
    )
