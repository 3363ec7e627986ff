"""Which sheet of the contract stands in which table, and under which column names."""

from dataclasses import dataclass

from sqlalchemy import Table

from bot.storage.tables import (
    AttendanceRow,
    AttributionRow,
    FiguresRow,
    ManagerRow,
    RateRow,
    SessionRow,
)

_RENAMED = {
    "attribution": {"from": "starts", "to": "ends"},
    "sessions": {"date": "day"},
}
"""English keys of the contract that would clash with SQL's words or Python's types."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's table; `keys` name a row, in the table's column names."""

    name: str
    table: Table
    keys: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What the file says: every column but the versions'."""
        own = ("version", "since_batch", "until_batch", "origin_batch")
        return tuple(column.name for column in self.table.columns if column.name not in own)

    def stored_name(self, key: str) -> str:
        """The column of a contract key."""
        return _RENAMED.get(self.name, {}).get(key, key)

    def contract_name(self, column: str) -> str:
        """The contract key of a column."""
        back = {stored: key for key, stored in _RENAMED.get(self.name, {}).items()}
        return back.get(column, column)


_KEYS: tuple[tuple[type, tuple[str, ...]], ...] = (
    (ManagerRow, ("id",)),
    (FiguresRow, ("as_of", "client")),
    (AttributionRow, ("client", "manager", "starts")),
    (RateRow, ("as_of",)),
    (SessionRow, ("id",)),
    (AttendanceRow, ("session", "manager")),
)
SHEETS = {
    str(row.__table__.name): Sheet(str(row.__table__.name), row.__table__, keys)  # type: ignore[attr-defined]
    for row, keys in _KEYS
}
"""By the contract's English sheet key, in the order in which an import applies them."""
