"""The baselines of an import, by hand: a file to 分 into one SQLite table, in one transaction, nothing checked."""

import csv
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import python_calamine


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


def main(path: Path, database: str) -> None:
    """Reads and writes."""
    connection = sqlite3.connect(database)
    connection.execute(f"CREATE TABLE figures (as_of, client, name, {','.join(f'a{i}' for i in range(11))})")
    rows = _from_csv(path) if path.suffix == ".csv" else _from_workbook(path)
    connection.executemany(f"INSERT INTO figures VALUES ({','.join('?' * 14)})", rows)
    connection.commit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
