"""A file's rows into a temporary table, by the driver: one statement for many rows on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Connection, MetaData, Table

from bot.domain.ledger_rows import Chunk
from bot.storage.engine import is_sqlite
from bot.storage.sheets import Sheet

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
"""Of COPY's text format."""


def staged(connection: Connection, sheet: Sheet, names: Sequence[str], chunks: Iterable[Chunk]) -> Table:
    """The rows, with the columns `names` of the sheet's table. The caller drops the table."""
    columns = [Column(name, sheet.table.c[name].type) for name in names]
    stage = Table(f"stage_{sheet.name}", MetaData(), *columns, prefixes=["TEMPORARY"])
    stage.create(connection)
    if is_sqlite(connection):
        _insert(connection, stage, chunks)
    else:
        _copy(connection, stage, chunks)
        connection.exec_driver_sql(f"ANALYZE {stage.name}")
    return stage


def _insert(connection: Connection, stage: Table, chunks: Iterable[Chunk]) -> None:
    marks = ",".join("?" for _ in stage.columns)
    statement = f"INSERT INTO {stage.name} VALUES ({marks})"  # noqa: S608 - names of ours
    cursor: Any = connection.connection.cursor()
    for _, columns in chunks:
        cursor.executemany(statement, zip(*columns, strict=True))
    cursor.close()


def _copy(connection: Connection, stage: Table, chunks: Iterable[Chunk]) -> None:
    names = ",".join(f'"{column.name}"' for column in stage.columns)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {stage.name} ({names}) FROM STDIN") as copy:
        for _, columns in chunks:
            texts = [_texts(column, values) for column, values in zip(stage.columns, columns, strict=True)]
            copy.write("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")
    cursor.close()


def _texts(column: Column[Any], values: Sequence[Any]) -> list[str]:
    """As COPY reads them."""
    if isinstance(column.type, Boolean):
        return ["\\N" if value is None else "t" if value else "f" for value in values]
    if None in values:
        return ["\\N" if value is None else str(value).translate(_ESCAPES) for value in values]
    if isinstance(values[0], int):
        return list(map(str, values))
    joined = "\x00".join(values)
    return list(values) if joined.translate(_ESCAPES) == joined else [value.translate(_ESCAPES) for value in values]
