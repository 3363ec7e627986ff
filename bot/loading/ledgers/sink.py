"""Gathers the rows that the readers give: chunk by chunk into a spool, with what finds repeated keys afterwards."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.importing import SheetKey, SheetRows
from bot.domain.ledger_rows import Chunk, StoredRows
from bot.loading.ledgers.schema import SHEETS, Kind, Sheet
from bot.loading.ledgers.spool import Piece, Spool, chunks_of
from bot.loading.ledgers.stored import TYPED

_BUCKETS = 64
_KINDS: dict[SheetKey, dict[str, Kind]] = {s.key: {c.key: c.kind for c in s.columns} for s in SHEETS}


class Hashes:
    """8 bytes for each of a million keys, where a set of them would take 200: enough to tell which may be repeated."""

    def __init__(self) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]

    def add(self, keys: Sequence[tuple[Any, ...]]) -> None:
        """Some keys; split by their last bits, so that `repeated` looks at few at a time."""
        buckets = self._buckets
        for found in map(hash, keys):
            buckets[found % _BUCKETS].append(found)

    def repeated(self) -> set[int]:
        """The hashes that came more than once."""
        found: set[int] = set()
        for bucket in self._buckets:
            once = set(bucket)
            if len(once) < len(bucket):
                seen: set[int] = set()
                for value in bucket:
                    (found if value in seen else seen).add(value)
        return found


class Gathered:
    """The rows of one sheet of one file so far."""

    def __init__(self, spool: Spool, sheet: Sheet, columns: tuple[str, ...], hashes: Mapping[str, Hashes]) -> None:
        self.count = 0
        self._spool = spool
        self._key = sheet.key
        self._columns = columns
        self._pieces: list[Piece] = []
        self._places = [columns.index(key) for key in sheet.keys]
        self._hashes = hashes

    def add(self, chunk: Chunk) -> None:
        """Some more rows."""
        numbers, columns = chunk
        self.count += len(numbers)
        self._hashes["key"].add(list(zip(*(columns[place] for place in self._places), strict=True)))
        if self._key is SheetKey.ATTRIBUTION:
            self._hashes["client"].add([(client,) for client in columns[self._places[0]]])
        self._pieces.append(self._spool.put(chunk))

    def sheet(self, name: str, file: str, headers: Mapping[str, str]) -> SheetRows:
        """All of it."""
        rows = SpooledRows(self._key, self._columns, self._spool, self._pieces, self.count)
        return SheetRows(self._key, name, file, frozenset(self._columns), rows, headers)


class SpooledRows(StoredRows):
    """Rows that lie in a spool; `pieces` tell where, which is all that another process needs to read them."""

    def __init__(
        self, key: SheetKey, columns: tuple[str, ...], spool: Spool, pieces: Sequence[Piece], count: int
    ) -> None:
        kinds = _KINDS[key]
        typed = {column: TYPED[kinds[column]] for column in columns if kinds[column] in TYPED}
        super().__init__(columns, chunks_of(spool, pieces), typed, count)
        self.pieces = pieces


class Sink:
    """Of one import: all its sheets, and what their keys hash to."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._hashes: dict[SheetKey, dict[str, Hashes]] = {}

    def open(self, sheet: Sheet, columns: tuple[str, ...]) -> Gathered:
        """For the rows of one more sheet."""
        hashes = self._hashes.setdefault(sheet.key, {"key": Hashes(), "client": Hashes()})
        return Gathered(self._spool, sheet, columns, hashes)

    def repeated(self, key: SheetKey, what: str = "key") -> set[int]:
        """Hashes that came more than once among the keys (or the clients of 管户) of a kind of sheet."""
        return self._hashes[key][what].repeated() if key in self._hashes else set()
