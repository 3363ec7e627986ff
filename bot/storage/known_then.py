"""The ledger as it was known when some batch was its newest: the statements of today with one condition exchanged.

A version holds from `since_batch` until `until_batch`, so what is current (`until_batch IS NULL`) and what was known
then are two conditions on one table, and there is no second set of statements that could drift from the first.
"""

from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    Select,
    TextClause,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.sql import operators, visitors

from bot.storage.tables import AttributionRow, BatchRow, FiguresRow, ManagerRow, RateRow

KNOWN = "known_batch"
"""The parameter: the newest batch of then."""

_BATCHES = BatchRow.__table__  # type: ignore[attr-defined]
_FIGURES = FiguresRow.__table__  # type: ignore[attr-defined]
_ATTRIBUTION = AttributionRow.__table__  # type: ignore[attr-defined]
_RATES = RateRow.__table__  # type: ignore[attr-defined]
_PEOPLE = ManagerRow.__table__  # type: ignore[attr-defined]
_TEXT = "f.until_batch IS NULL"
_TEXT_THEN = f"f.since_batch <= :{KNOWN} AND (f.until_batch IS NULL OR f.until_batch > :{KNOWN})"


@lru_cache(maxsize=64)
def as_known(statement: Select[Any]) -> Select[Any]:
    """The same statement over the rows in force when `:known_batch` was the newest."""
    exchanged: Any = visitors.replacement_traverse(statement, {}, _then)
    return cast("Select[Any]", exchanged)


def _then(element: Any, **_: Any) -> Any:
    """What stands in place of `until_batch IS NULL`; None for everything else."""
    if isinstance(element, TextClause) and _TEXT in element.text:
        return text(element.text.replace(_TEXT, _TEXT_THEN))
    if not isinstance(element, BinaryExpression) or element.operator is not operators.is_:
        return None
    column = element.left
    if getattr(column, "key", None) != "until_batch":
        return None
    known: BindParameter[int] = bindparam(KNOWN)
    return and_(column.table.c.since_batch <= known, or_(column.is_(None), column > known))


FIRST_OF = select(func.min(_FIGURES.c.since_batch)).where(_FIGURES.c.as_of == bindparam("as_of"))
"""The batch that first brought figures of a date."""

NEWEST_BY = select(func.max(_BATCHES.c.id)).where(_BATCHES.c.at < bindparam("moment"))
"""The newest batch before a moment."""


def _touched() -> Any:
    """The batches after `:known_batch` that opened or closed a row which may bear on one manager's standing."""
    held = select(_ATTRIBUTION.c.client).where(_ATTRIBUTION.c.manager == bindparam("manager"))
    of_the_year = or_(
        _FIGURES.c.as_of.between(bindparam("year_start"), bindparam("as_of")),
        _FIGURES.c.as_of == bindparam("last_year_end"),
    )
    rows = (
        (_FIGURES, and_(_FIGURES.c.client.in_(held), of_the_year)),
        (_ATTRIBUTION, _ATTRIBUTION.c.manager == bindparam("manager")),
        (_RATES, _RATES.c.as_of == bindparam("as_of")),
        (_PEOPLE, _PEOPLE.c.id == bindparam("manager")),
    )
    return union(
        *(
            select(column).where(condition, column > bindparam(KNOWN))
            for table, condition in rows
            for column in (table.c.since_batch, table.c.until_batch)
        )
    )


TOUCHED = _touched()
