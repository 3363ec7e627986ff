"""What the data gate of an appraisal looks for: one set-based statement a check, for the whole branch at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, null, or_, select

from bot.domain.appraisal_check import Found
from bot.domain.ledger import FULL_SHARE
from bot.storage.tables import AttributionRow, FiguresRow, LinkRow, ManagerRow, RateRow

_F = FiguresRow.__table__.alias("f")  # type: ignore[attr-defined]
_L = FiguresRow.__table__.alias("l")  # type: ignore[attr-defined]
_A = AttributionRow.__table__.alias("a")  # type: ignore[attr-defined]
_B = AttributionRow.__table__.alias("b")  # type: ignore[attr-defined]
_M = ManagerRow.__table__.alias("m")  # type: ignore[attr-defined]
_RATES = RateRow.__table__  # type: ignore[attr-defined]
_LINKS = LinkRow.__table__  # type: ignore[attr-defined]
_JUMP = 10
"""Figures that grew or fell so many times are looked at."""
_JUMP_FROM = 100_000_00
"""分: below 10万元 a jump says nothing."""


class SqlAppraisalChecks:
    """Implements `services.ports.AppraisalChecks`: each method yields (item, person) of one check."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, keys: Sequence[str], as_of: date, probation: Sequence[str]) -> Iterator[Found]:
        """What each check named finds at that date, sorted within a check. KeyError for a check nobody has written."""
        for key in keys:
            statement = _CHECKS[key](as_of, probation)
            found = {(str(item), str(person or "")) for item, person in self._connection.execute(statement)}
            for item, person in sorted(found):
                yield Found(key, item, person)


def _held_on(day: Any, held: Any = _A) -> Any:
    """In force on that day, both ends included (R11)."""
    return and_(held.c.until_batch.is_(None), held.c.starts <= day, or_(held.c.ends.is_(None), held.c.ends >= day))


def _rows(table: Any, as_of: date) -> Any:
    return and_(table.c.as_of == as_of, table.c.until_batch.is_(None))


def _last_year(as_of: date) -> date:
    return date(as_of.year - 1, 12, 31)


def _staff(*more: Any) -> Any:
    """Everyone judged: a grade, and not 离岗."""
    on_post = or_(_M.c.status.is_(None), _M.c.status.is_(True))
    return and_(_M.c.until_batch.is_(None), _M.c.grade.is_not(None), on_post, *more)


def _without_manager(as_of: date, _: Sequence[str]) -> Any:
    held = exists().where(_A.c.client == _F.c.client, _held_on(as_of))
    return select(_F.c.client, null()).where(_rows(_F, as_of), ~held)


def _shares(as_of: date, _: Sequence[str]) -> Any:
    """0.01 % a holder may be missing: thirds do not add up."""
    total = func.sum(_A.c.share)
    off = or_(total > FULL_SHARE, total < FULL_SHARE - func.count())
    return select(_A.c.client, func.min(_A.c.manager)).where(_held_on(as_of)).group_by(_A.c.client).having(off)


def _without_rate(as_of: date, _: Sequence[str]) -> Any:
    rate = exists().where(_RATES.c.as_of == as_of, _RATES.c.until_batch.is_(None))
    held = _F.join(_A, and_(_A.c.client == _F.c.client, _held_on(as_of)))
    where = (_rows(_F, as_of), _F.c.settlement_usd > 0, ~rate)
    return select(_F.c.client, _A.c.manager).select_from(held).where(*where)


def _trainee_loans(as_of: date, probation: Sequence[str]) -> Any:
    """R22: 见习期不得办理授信业务."""
    five = _F.c.loan_normal + _F.c.loan_special + _F.c.loan_substandard + _F.c.loan_doubtful + _F.c.loan_loss
    held = _F.join(_A, and_(_A.c.client == _F.c.client, _held_on(as_of))).join(_M, _M.c.id == _A.c.manager)
    where = (_rows(_F, as_of), _staff(_M.c.grade.in_(list(probation))), or_(five > 0, _F.c.loan_avg > 0))
    return select(_F.c.client, _A.c.manager).select_from(held).where(*where)


def _no_last_year(as_of: date, _: Sequence[str]) -> Any:
    there = exists().where(_rows(_L, _last_year(as_of)))
    return select(case((~there, _last_year(as_of).isoformat())), null()).where(~there)


def _unmatched(_: date, __: Sequence[str]) -> Any:
    linked = exists().where(_LINKS.c.person == _M.c.id)
    return select(_M.c.id, _M.c.id).where(_staff(_M.c.email.is_(None), ~linked))


def _moved(as_of: date, _: Sequence[str]) -> Any:
    """Handed on within the year: last year's figure comes along (R11)."""
    before = exists().where(
        _B.c.client == _A.c.client, _B.c.manager != _A.c.manager, _B.c.until_batch.is_(None), _B.c.ends < _A.c.starts
    )
    return select(_A.c.client, _A.c.manager).where(_held_on(as_of), _A.c.starts > _last_year(as_of), before)


def _same_name(as_of: date, _: Sequence[str]) -> Any:
    twice = (
        select(_L.c.client_name)
        .where(_rows(_L, as_of), _L.c.client_name.is_not(None))
        .group_by(_L.c.client_name)
        .having(func.count() > 1)
    )
    return select(_F.c.client, null()).where(_rows(_F, as_of), _F.c.client_name.in_(twice))


def _jumped(as_of: date, _: Sequence[str]) -> Any:
    """Ten-fold against last year's end: 万元 typed as 元, most often."""
    both = _F.join(_L, and_(_L.c.client == _F.c.client, _rows(_L, _last_year(as_of))))
    now, then = _F.c.deposit_avg, _L.c.deposit_avg
    grown = and_(then >= _JUMP_FROM, now >= then * _JUMP)
    fallen = and_(now >= _JUMP_FROM, then >= now * _JUMP)
    return select(_F.c.client, null()).select_from(both).where(_rows(_F, as_of), or_(grown, fallen))


def _without_supervisor(_: date, __: Sequence[str]) -> Any:
    return select(_M.c.id, _M.c.id).where(_staff(_M.c.supervisor.is_(None)))


def _without_row(as_of: date, _: Sequence[str]) -> Any:
    """R10: attributed, and no row on a date on which others have one."""
    has = exists().where(_rows(_F, as_of), _F.c.client == _A.c.client)
    others = exists().where(_rows(_L, as_of))
    return select(_A.c.client, _A.c.manager).where(_held_on(as_of), ~has, others)


def _without_last_row(as_of: date, _: Sequence[str]) -> Any:
    """Held since last year, yet without last year's row: it would count as new (R19)."""
    last = _last_year(as_of)
    now, then = (
        exists().where(_rows(_F, as_of), _F.c.client == _A.c.client),
        exists().where(_rows(_L, last), _L.c.client == _A.c.client),
    )
    where = (_held_on(as_of), _A.c.starts <= last, now, ~then)
    return select(_A.c.client, _A.c.manager).where(*where)


_CHECKS: dict[str, Callable[[date, Sequence[str]], Any]] = {
    "client_without_manager": _without_manager,
    "shares_not_full": _shares,
    "settlement_without_rate": _without_rate,
    "trainee_with_loans": _trainee_loans,
    "no_last_year": _no_last_year,
    "unmatched_slack_user": _unmatched,
    "client_moved": _moved,
    "duplicate_names": _same_name,
    "figure_jumped": _jumped,
    "without_supervisor": _without_supervisor,
    "client_without_row": _without_row,
    "client_without_last_row": _without_last_row,
}
