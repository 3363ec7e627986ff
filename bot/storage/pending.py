"""Access that waits for a second HR person, and the rows of 人员 as far as they give access."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, bindparam, insert, literal, or_, select, update

from bot.domain.access_changes import FIELDS, Access, AccessChange
from bot.domain.people import Role
from bot.services.ports import Decision
from bot.storage.sheets import SHEETS
from bot.storage.tables import ManagerRow, PendingAccessRow

_PEOPLE = ManagerRow.__table__  # type: ignore[attr-defined]
_PENDING = PendingAccessRow.__table__  # type: ignore[attr-defined]
_CURRENT = _PEOPLE.c.until_batch.is_(None)
_WAITING = _PENDING.c.state == "waiting"
_HR = (Role.HR_CLERK, Role.HR_REVIEWER)


class SqlPending:
    """Implements `services.ports.PendingStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def any_hr(self) -> bool:
        """Whether anybody on staff has an HR role in force."""
        role = or_(*(_PEOPLE.c.roles.contains(str(role)) for role in _HR))
        found = select(_PEOPLE.c.id).where(_CURRENT, role, _PEOPLE.c.status.is_not(False)).limit(1)
        return self._connection.execute(found).first() is not None

    def in_force(self) -> dict[str, Access]:
        """By staff number."""
        found = select(_PEOPLE.c.id, *(_PEOPLE.c[field] for field in FIELDS)).where(_CURRENT)
        return {row[0]: Access(*row[1:]) for row in self._connection.execute(found)}

    def waiting(self, batch: int | None = None) -> list[AccessChange]:
        """By batch, staff number and field."""
        found = select(_PENDING.c.batch, _PENDING.c.person, _PENDING.c.field, _PENDING.c.value).where(_WAITING)
        if batch is not None:
            found = found.where(_PENDING.c.batch == batch)
        changes = [AccessChange(*row) for row in self._connection.execute(found)]
        return sorted(changes, key=lambda change: (change.batch, change.person, FIELDS.index(change.field)))

    def decided(self, batch: int) -> Decision | None:
        """The last decision."""
        ended = (_PENDING.c.batch == batch, _PENDING.c.state != "waiting")
        columns = (_PENDING.c.state, _PENDING.c.decided_by, _PENDING.c.decided_at, _PENDING.c.person)
        rows = self._connection.execute(select(*columns).where(*ended).order_by(_PENDING.c.decided_at.desc())).all()
        if not rows:
            return None
        state, by, at, _ = rows[0]
        return Decision(state, by, tuple(sorted({row[3] for row in rows if tuple(row[:3]) == (state, by, at)})))

    def wait(self, changes: Iterable[AccessChange]) -> None:
        """One a person and field: who calls has settled what waited before."""
        rows = [{"batch": c.batch, "person": c.person, "field": c.field, "value": c.value} for c in changes]
        if rows:
            self._connection.execute(insert(_PENDING).values(state="waiting"), rows)

    def settle(self, changes: Iterable[AccessChange], state: str, by: str, at: datetime) -> None:
        """The rows stay, with who decided and when."""
        same = (_PENDING.c.person == bindparam("p"), _PENDING.c.field == bindparam("f"))
        change = update(_PENDING).where(_WAITING, *same).values(state=state, decided_by=by, decided_at=at)
        if rows := [{"p": c.person, "f": c.field} for c in changes]:
            self._connection.execute(change, rows)

    def keep(self, access: Mapping[str, Access], batch: int) -> None:
        """In place: nobody has seen the rows of a batch that is not committed."""
        mine = (_PEOPLE.c.id == bindparam("p"), _PEOPLE.c.since_batch == batch, _CURRENT)
        change = update(_PEOPLE).where(*mine).values({field: bindparam(f"new_{field}") for field in FIELDS})
        rows = [
            {"p": person, **{f"new_{field}": getattr(held, field) for field in FIELDS}}
            for person, held in access.items()
        ]
        if rows:
            self._connection.execute(change, rows)

    def put_in_force(self, changes: Iterable[AccessChange], batch: int) -> int:
        """The origin is the batch that is confirmed, so that its withdrawal reaches these rows too; a row that a
        later batch has made keeps that one's."""
        return sum(
            self._confirm(person, list(group), batch) for person, group in groupby(changes, key=lambda c: c.person)
        )

    def _confirm(self, person: str, changes: list[AccessChange], batch: int) -> int:
        mine = (_PEOPLE.c.id == person, _CURRENT)
        row = self._connection.execute(select(_PEOPLE.c.version, _PEOPLE.c.origin_batch).where(*mine)).first()
        if row is None:
            return 0
        version, origin = row
        self._connection.execute(update(_PEOPLE).where(_PEOPLE.c.version == version).values(until_batch=batch))
        names = SHEETS["managers"].columns
        said = {change.field: literal(change.value, _PEOPLE.c[change.field].type) for change in changes}
        stays = (literal(batch), literal(max(origin, changes[0].batch)))
        values = select(*(said.get(name, _PEOPLE.c[name]) for name in names), *stays).where(
            _PEOPLE.c.version == version
        )
        self._connection.execute(insert(_PEOPLE).from_select([*names, "since_batch", "origin_batch"], values))
        return 1

    def shared_emails(self, people: Collection[str]) -> list[tuple[str, str]]:
        """In order of staff number."""
        mine, other = _PEOPLE.alias("mine"), _PEOPLE.alias("other")
        found = (
            select(mine.c.id, other.c.id)
            .select_from(mine.join(other, mine.c.email == other.c.email))
            .where(mine.c.until_batch.is_(None), other.c.until_batch.is_(None), mine.c.id != other.c.id)
        )
        return sorted((a, b) for a, b in self._connection.execute(found) if a in people)
