"""Runs of appraisals, their lines, and what people said in them. Writes only inside the store's write transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from bot.domain.appraisal import State
from bot.domain.appraisal_run import Appeal, LineRow, Run, Statement
from bot.storage.tables import (
    AppraisalAppealRow,
    AppraisalLineRow,
    AppraisalRow,
    AppraisalSaidRow,
    BatchRow,
    EstablishedRow,
    FiguresRow,
)

_RUNS = AppraisalRow.__table__  # type: ignore[attr-defined]
_LINES = AppraisalLineRow.__table__  # type: ignore[attr-defined]
_SAID = AppraisalSaidRow.__table__  # type: ignore[attr-defined]
_APPEALS = AppraisalAppealRow.__table__  # type: ignore[attr-defined]
_ESTABLISHED = EstablishedRow.__table__  # type: ignore[attr-defined]
_FIGURES = FiguresRow.__table__  # type: ignore[attr-defined]
_BATCHES = BatchRow.__table__  # type: ignore[attr-defined]
_CHUNK = 500
_BRIEF = [_LINES.c[name] for name in LineRow.__dataclass_fields__ if name not in ("inputs", "result")]


class SqlAppraisals:
    """Implements `services.ports.AppraisalStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, period: str, lock: bool = False) -> Run | None:
        """The run of the period, or its last correction. `lock`: nobody else decides on it meanwhile."""
        found = select(_RUNS).where(_RUNS.c.period == period).order_by(_RUNS.c.number.desc()).limit(1)
        return self._run(found.with_for_update() if lock else found)

    def get(self, number: int) -> Run | None:
        """By number."""
        return self._run(select(_RUNS).where(_RUNS.c.number == number))

    def newest_published(self, period: str) -> Run | None:
        """The last run of the period that people have been told of."""
        found = select(_RUNS).where(_RUNS.c.period == period, _RUNS.c.state == State.PUBLISHED.value)
        return self._run(found.order_by(_RUNS.c.number.desc()).limit(1))

    def everything(self) -> list[Run]:
        """All runs, oldest first."""
        return [_run(row) for row in self._connection.execute(select(_RUNS).order_by(_RUNS.c.number)).mappings()]

    def add(self, run: Run) -> int:
        """A new run under the next number, which is returned."""
        number = self._next(_RUNS.c.number)
        values = {**_values(run), "number": number}
        self._connection.execute(insert(_RUNS).values(**values))
        return number

    def change(self, number: int, **values: Any) -> None:
        """Sets columns of a run; what is finalised refuses by trigger."""
        self._connection.execute(update(_RUNS).where(_RUNS.c.number == number).values(**values))

    def put_lines(self, run: int, lines: Iterable[LineRow]) -> None:
        """In place of the lines of the trial before."""
        self._connection.execute(_LINES.delete().where(_LINES.c.run == run))
        rest = iter(lines)
        names = tuple(LineRow.__dataclass_fields__)
        while chunk := [{"run": run} | {n: getattr(line, n) for n in names} for line in islice(rest, _CHUNK)]:
            self._connection.execute(insert(_LINES), chunk)

    def lines(self, run: int) -> Iterator[LineRow]:
        """Whole lines in order of staff numbers as text, read as they come."""
        for person in sorted(self._connection.execute(select(_LINES.c.person).where(_LINES.c.run == run)).scalars()):
            yield self.line(run, person)

    def line(self, run: int, person: str) -> LineRow:
        """One whole line. LookupError where there is none."""
        found = select(_LINES).where(_LINES.c.run == run, _LINES.c.person == person)
        row = self._connection.execute(found).mappings().first()
        if row is None:
            raise LookupError(person)
        return _line(row)

    def brief(self, run: int) -> list[LineRow]:
        """The lines without inputs and reason tree, in order of staff numbers."""
        rows = self._connection.execute(select(*_BRIEF).where(_LINES.c.run == run)).mappings()
        return sorted((LineRow(**row, inputs="", result="") for row in rows), key=lambda line: line.person)

    def say(self, statement: Statement) -> int:
        """Appends what somebody said; its number."""
        number = self._next(_SAID.c.number)
        values = {name: getattr(statement, name) for name in Statement.__dataclass_fields__} | {"number": number}
        self._connection.execute(insert(_SAID).values(**values))
        return number

    def said(self, run: int, kinds: Sequence[str] = ()) -> list[Statement]:
        """Everything said in a run, oldest first; of some kinds."""
        found = select(_SAID).where(_SAID.c.run == run).order_by(_SAID.c.number)
        if kinds:
            found = found.where(_SAID.c.kind.in_(kinds))
        return [Statement(**row) for row in self._connection.execute(found).mappings()]

    def appeal(self, appeal: Appeal) -> int:
        """Its number; the same again for a key that is there already."""
        known = self._connection.execute(select(_APPEALS.c.number).where(_APPEALS.c.key == appeal.key)).scalar()
        if known is not None:
            return int(known)
        number = self._next(_APPEALS.c.number)
        values = {name: getattr(appeal, name) for name in Appeal.__dataclass_fields__} | {"number": number}
        self._connection.execute(insert(_APPEALS).values(**values))
        return number

    def appeals(self, run: int) -> list[Appeal]:
        """Of a run, by number."""
        found = select(_APPEALS).where(_APPEALS.c.run == run).order_by(_APPEALS.c.number)
        return [Appeal(**row) for row in self._connection.execute(found).mappings()]

    def rule(self, number: int, **values: Any) -> None:
        """Writes an appeal's outcome."""
        self._connection.execute(update(_APPEALS).where(_APPEALS.c.number == number).values(**values))

    def establish(self, rows: Sequence[dict[str, Any]]) -> None:
        """Facts of the staff record that this run has established."""
        if rows:
            self._connection.execute(insert(_ESTABLISHED), list(rows))

    def established(self) -> dict[str, dict[str, Any]]:
        """By staff number, the newest run's: field -> value and since."""
        found: dict[str, dict[str, Any]] = {}
        for row in self._connection.execute(select(_ESTABLISHED).order_by(_ESTABLISHED.c.run)).mappings():
            found.setdefault(row["person"], {})[row["field"]] = (row["value"], row["since"])
        return found

    def importers(self, as_of: Any, batch: int) -> frozenset[str]:
        """Who brought the newest batch, and who brought figures in force of that date."""
        current = select(_FIGURES.c.origin_batch).where(_FIGURES.c.as_of == as_of, _FIGURES.c.until_batch.is_(None))
        wanted = (_BATCHES.c.id == batch) | _BATCHES.c.id.in_(current.distinct())
        return frozenset(self._connection.execute(select(_BATCHES.c.actor).where(wanted)).scalars())

    def touching(self, as_of: Any, after: int) -> list[tuple[int, datetime, str]]:
        """(batch, at, actor) of batches after `after` that changed figures of that date."""
        changed = select(_FIGURES.c.since_batch).where(_FIGURES.c.as_of == as_of, _FIGURES.c.since_batch > after)
        closed = select(_FIGURES.c.until_batch).where(_FIGURES.c.as_of == as_of, _FIGURES.c.until_batch > after)
        wanted = _BATCHES.c.id.in_(changed.union(closed))
        rows = self._connection.execute(select(_BATCHES.c.id, _BATCHES.c.at, _BATCHES.c.actor).where(wanted))
        return sorted((int(row[0]), row[1], str(row[2])) for row in rows)

    def _next(self, column: Any) -> int:
        """Writers wait for each other, so numbers have no hole."""
        return int(self._connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()) + 1

    def _run(self, found: Select[Any]) -> Run | None:
        row = self._connection.execute(found).mappings().first()
        return _run(row) if row else None


def _run(row: RowMapping) -> Run:
    return Run(**{**row, "state": State(row["state"])})


def _line(row: RowMapping) -> LineRow:
    return LineRow(**{name: row[name] for name in LineRow.__dataclass_fields__})


def _values(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in Run.__dataclass_fields__} | {"state": str(run.state)}
