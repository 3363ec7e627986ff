"""The reading process: takes a job on its standard input, limits itself, reads, answers on its standard output."""

import marshal
import os
import sys
from functools import partial
from pathlib import Path

from bot.loading.ledgers.apart import DISK_FULL, OUT_OF_MEMORY, plain, tell
from bot.loading.ledgers.files import read_here
from bot.loading.ledgers.spool import FileSpool, SpoolFull
from bot.loading.limited import limit_this_process

_NICENESS = 10
"""Answers to people come first; on a machine that has time this costs nothing."""


def main() -> None:
    """Ends by a status that says why, where it cannot end well."""
    paths, grades, descriptor, (memory, cpu, _, spool) = marshal.loads(sys.stdin.buffer.read())  # noqa: S302
    limit_this_process(memory=memory, cpu=cpu, written=spool)
    os.nice(_NICENESS)
    out = sys.stdout.buffer
    try:
        ledger = read_here([Path(path) for path in paths], grades, FileSpool(descriptor), partial(tell, out, "begun"))
        tell(out, "read", plain(ledger))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except SpoolFull:
        os._exit(DISK_FULL)


if __name__ == "__main__":
    main()
