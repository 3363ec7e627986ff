"""The baselines of an import, by hand: a file to 分 into one bare table, in one transaction, nothing checked.

`python -m tests.bench.plain_import FILE STORE`: a file of SQLite, or `postgresql://…`, which takes the rows by COPY.
"""

import csv
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import python_calamine

_COLUMNS = [f"a{i}" for i in range(11)]


def _from_csv(path: Path) -> Iterator[tuple[object, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            yield (*row[:3], *[round(float(cell) * 100) for cell in row[3:]])


def _from_workbook(path: Path) -> Iterator[tuple[object, ...]]:
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
    next(rows)
    for row in rows:
        yield (str(row[0]), *row[1:3], *[round(cell * 100) for cell in row[3:]])


def _into_sqlite(database: str, rows: Iterator[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE figures (as_of, client, name, {','.join(_COLUMNS)})")
    connection.executemany(f"INSERT INTO figures VALUES ({','.join('?' * 14)})", rows)
    connection.commit()


def _into_postgres(database: str, rows: Iterator[tuple[object, ...]]) -> None:
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        columns = ", ".join(f"{name} bigint" for name in _COLUMNS)
        cursor.execute(f"CREATE TABLE plain (as_of date, client text, name text, {columns})".encode())
        with cursor.copy("COPY plain FROM STDIN") as copy:
            for row in rows:
                copy.write("\t".join(map(str, row)) + "\n")


def main(path: Path, database: str) -> None:
    """Reads and writes."""
    rows = _from_csv(path) if path.suffix == ".csv" else _from_workbook(path)
    (_into_postgres if database.startswith("postgresql:") else _into_sqlite)(database, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
