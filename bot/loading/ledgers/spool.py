"""Where typed rows wait between reading and storing: in memory for a small file, else in a file without a name."""

import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from bot.domain.ledger_rows import Chunk

Piece = Any
"""What a spool gives for a chunk: its place in the file, or the chunk itself."""


class SpoolFull(Exception):
    """There is no room for more rows. No OSError: those are of the files that are read."""


class Spool(Protocol):
    """Takes chunks and gives them back."""

    def put(self, chunk: Chunk) -> Piece:
        """Keeps the chunk."""

    def get(self, piece: Piece) -> Chunk:
        """The chunk again."""


class MemorySpool:
    """For the rows of a small file."""

    def put(self, chunk: Chunk) -> Piece:
        """Keeps the chunk as it is."""
        return chunk

    def get(self, piece: Piece) -> Chunk:
        """The chunk itself."""
        return piece  # type: ignore[no-any-return]


class FileSpool:
    """In a file that two processes have open: the reading one writes, ours reads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._end = 0

    def put(self, chunk: Chunk) -> Piece:
        """Appends the chunk. SpoolFull where the disk is, or the limit reached."""
        data = memoryview(marshal.dumps(chunk, 2))  # version 2: no table of references, which costs half the time
        start = self._end
        while data:
            try:
                written = os.pwrite(self._descriptor, data, self._end)
            except OSError:
                raise SpoolFull from None
            self._end += written
            data = data[written:]
        return (start, self._end - start)

    def get(self, piece: Piece) -> Chunk:
        """Reads the chunk."""
        start, length = piece
        return marshal.loads(os.pread(self._descriptor, length, start))  # type: ignore[no-any-return]  # noqa: S302


def chunks_of(spool: Spool, pieces: Sequence[Piece]) -> Callable[[], Iterable[Chunk]]:
    """The chunks, one in memory at a time, as often as asked."""
    return partial(_chunks, spool, pieces)


def _chunks(spool: Spool, pieces: Sequence[Piece]) -> Iterator[Chunk]:
    return map(spool.get, pieces)
