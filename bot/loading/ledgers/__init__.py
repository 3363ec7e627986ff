"""Reads ledger files (contract.md, "The ledger") into typed rows and a report of every fault.

A large file is read in a process of its own, under limits (`apart`), since what it holds is anybody's; a small one
here, after the same look at what its archive promises: a process costs more than the reading.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.domain.importing import ParsedLedger
from bot.loading.ledgers.apart import Limits, read_apart
from bot.loading.ledgers.archive import promised_bytes
from bot.loading.ledgers.files import read_here
from bot.loading.ledgers.spool import MemorySpool

SMALL_FILE = 1 << 20
"""Bytes on disk of all files of an import."""
SMALL_UNPACKED = 16 << 20
"""Bytes of XML: some ten thousand rows, read in a second."""


def read_ledger(paths: Sequence[Path], grades: Mapping[str, str], limits: Limits | None = None) -> ParsedLedger:
    """Reads the files as one batch. `grades`: accepted spelling -> key in the rulebook.

    Never raises for anything that a file can hold: faults are errors in the result.
    """
    if limits is None and _small(paths):
        return read_here(paths, grades, MemorySpool())
    return read_apart(paths, grades, limits or Limits())


def _small(paths: Sequence[Path]) -> bool:
    """Whether the files can take neither much time nor much memory."""
    files = [path for path in paths if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return size <= SMALL_FILE and sum(map(promised_bytes, files)) <= SMALL_UNPACKED
