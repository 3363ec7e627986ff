"""The reading process: takes a job on its standard input, limits itself, reads, answers on its standard output."""

import marshal
import os
import resource
import sys
from functools import partial
from pathlib import Path

from bot.loading.ledgers.apart import DISK_FULL, OUT_OF_MEMORY, plain, tell
from bot.loading.ledgers.files import read_here
from bot.loading.ledgers.spool import FileSpool, SpoolFull


def main() -> None:
    """Ends by a status that says why, where it cannot end well."""
    paths, grades, descriptor, (memory, cpu, _, spool) = marshal.loads(sys.stdin.buffer.read())  # noqa: S302
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, spool),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
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
