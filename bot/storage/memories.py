"""What conversations remember: one row an asker and conversation, replaced with each question that is understood."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.questions.follow_up import Memory
from bot.storage.engine import is_sqlite
from bot.storage.tables import ConversationRow

_TABLE = ConversationRow.__table__  # type: ignore[attr-defined]
_MINE = (_TABLE.c.asker == bindparam("who"), _TABLE.c.conversation == bindparam("where"))
_GET = select(_TABLE.c.subject, _TABLE.c.slots).where(*_MINE, _TABLE.c.at >= bindparam("since"))


class SqlMemories:
    """Implements `services.ports.MemoryStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, asker: str, conversation: str, since: datetime) -> Memory | None:
        """What the asker last spoke of there, unless it is older."""
        found = self._connection.execute(_GET, {"who": asker, "where": conversation, "since": since}).first()
        if found is None:
            return None
        slots: Mapping[str, list[str]] = json.loads(found.slots)
        return Memory(found.subject, {slot: tuple(keys) for slot, keys in slots.items()})

    def put(self, asker: str, conversation: str, memory: Memory, at: datetime) -> None:
        """In place of what was remembered. Two at once: one replaces the other."""
        slots = json.dumps({slot: keys for slot, keys in memory.slots.items() if keys}, ensure_ascii=False)
        row = {"asker": asker, "conversation": conversation, "subject": memory.subject, "slots": slots, "at": at}
        dialect = sqlite_insert if is_sqlite(self._connection) else postgres_insert
        said = {name: row[name] for name in ("subject", "slots", "at")}
        keys = ["asker", "conversation"]
        self._connection.execute(dialect(_TABLE).values(**row).on_conflict_do_update(index_elements=keys, set_=said))

    def forget(self, before: datetime) -> None:
        """Drops what nobody can follow up any more."""
        self._connection.execute(delete(_TABLE).where(_TABLE.c.at < before))
