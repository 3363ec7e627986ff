"""Questions kept for HR, and the phrases that HR has taught."""

import json
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from bot.domain.kept_question import KeptQuestion, TaughtPhrase
from bot.storage.tables import KeptQuestionRow, TaughtPhraseRow

_KEPT = KeptQuestionRow.__table__  # type: ignore[attr-defined]
_TAUGHT = TaughtPhraseRow.__table__  # type: ignore[attr-defined]
_CLAUSES = select(_TAUGHT.c.clauses).where(_TAUGHT.c.phrase == bindparam("phrase"))
_UNSETTLED = ("open", "handed_over")


class SqlKeptQuestions:
    """Implements `services.ports.KeptQuestions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, question: KeptQuestion) -> int:
        """Its number; the same again for a key that is kept already."""
        known = self._connection.execute(select(_KEPT.c.number).where(_KEPT.c.key == question.key)).scalar()
        if known is not None:
            return int(known)
        values = {name: getattr(question, name) for name in ("key", "at", "asker", "team", "user", "text", "reason")}
        made = self._connection.execute(insert(_KEPT).values(**values, state=question.state))
        return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0

    def get(self, number: int) -> KeptQuestion | None:
        """By number."""
        row = self._connection.execute(select(_KEPT).where(_KEPT.c.number == number)).mappings().first()
        return _question(row) if row else None

    def in_thread(self, channel: str, ts: str) -> KeptQuestion | None:
        """The question that was handed over in that message of HR's channel."""
        where = (_KEPT.c.hr_channel == channel) & (_KEPT.c.hr_ts == ts)
        row = self._connection.execute(select(_KEPT).where(where)).mappings().first()
        return _question(row) if row else None

    def unsettled(self, limit: int) -> list[KeptQuestion]:
        """The newest first."""
        rows = select(_KEPT).where(_KEPT.c.state.in_(_UNSETTLED)).order_by(_KEPT.c.number.desc()).limit(limit)
        return [_question(row) for row in self._connection.execute(rows).mappings()]

    def hand_over(self, number: int, channel: str, ts: str) -> None:
        """Where in HR's channel it stands."""
        change = update(_KEPT).where(_KEPT.c.number == number, _KEPT.c.state == "open")
        self._connection.execute(change.values(state="handed_over", hr_channel=channel, hr_ts=ts))

    def settle(self, number: int, state: str, by: str, at: datetime) -> None:
        """answered, taught or closed."""
        change = update(_KEPT).where(_KEPT.c.number == number)
        self._connection.execute(change.values(state=state, settled_by=by, settled_at=at))

    def teach(self, phrase: TaughtPhrase) -> None:
        """In place of what was taught of the same text."""
        self._connection.execute(delete(_TAUGHT).where(_TAUGHT.c.phrase == phrase.phrase))
        self._connection.execute(
            insert(_TAUGHT).values(
                phrase=phrase.phrase,
                clauses=json.dumps(phrase.clauses),
                taught_by=phrase.taught_by,
                taught_at=phrase.taught_at,
            )
        )

    def clauses_of(self, phrase: str) -> tuple[str, ...]:
        """What answers that text; none where nobody taught it."""
        found = self._connection.execute(_CLAUSES, {"phrase": phrase}).scalar()
        return tuple(json.loads(found)) if found else ()

    def phrases(self) -> list[TaughtPhrase]:
        """All, by text."""
        rows = self._connection.execute(select(_TAUGHT).order_by(_TAUGHT.c.phrase)).mappings()
        return [TaughtPhrase(**{**row, "clauses": tuple(json.loads(row["clauses"]))}) for row in rows]


def _question(row: RowMapping) -> KeptQuestion:
    return KeptQuestion(**{name: row[name] for name in KeptQuestion.__dataclass_fields__})
