"""What people said of sessions that they were in."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.storage.tables import SessionFeedbackRow

_TABLE = SessionFeedbackRow.__table__  # type: ignore[attr-defined]


class SqlFeedback:
    """Implements `services.ports.FeedbackStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, session: str, person: str, question: str, answer: int, at: datetime) -> None:
        """The last answer counts."""
        key = (_TABLE.c.session == session) & (_TABLE.c.person == person) & (_TABLE.c.question == question)
        if not self._connection.execute(update(_TABLE).where(key).values(answer=answer, at=at)).rowcount:
            values = {"session": session, "person": person, "question": question, "answer": answer, "at": at}
            self._connection.execute(insert(_TABLE).values(**values))

    def counts(self, session: str) -> dict[tuple[str, int], int]:
        """How many gave which answer to which question; no names."""
        asked = select(_TABLE.c.question, _TABLE.c.answer, func.count()).where(_TABLE.c.session == session)
        rows = self._connection.execute(asked.group_by(_TABLE.c.question, _TABLE.c.answer))
        return {(question, int(answer)): int(count) for question, answer, count in rows}
