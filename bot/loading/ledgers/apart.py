"""Reads ledger files in a process of its own, with limits on memory, processor time, time and bytes written.

The process answers with plain values: `marshal` of tuples, texts and numbers. Rows come through a file without a name
that both have open, so that neither holds them. Whatever becomes of the process, the user is told by the file's name.
"""

import marshal
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bot.domain.importing import ParsedLedger, Place, Remark, SheetKey, SheetRows, remark
from bot.loading.ledgers.archive import refuse_outright
from bot.loading.ledgers.sink import SpooledRows
from bot.loading.ledgers.spool import FileSpool

OUT_OF_MEMORY = 41
"""Exit status: the process itself saw that its memory was at an end."""
DISK_FULL = 42


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading process may use, for all files of an import."""

    memory: int = 1 << 30
    """Bytes of address space."""
    cpu: int = 300
    """Seconds of processor time."""
    seconds: float = 600
    """By the clock."""
    spool: int = 4 << 30
    """Bytes of rows."""


def read_apart(paths: Sequence[Path], grades: Mapping[str, str], limits: Limits) -> ParsedLedger:
    """What the process read; or one error, of the file at which it ended."""
    names = tuple(path.name for path in paths)
    for path in paths:
        if refused := refuse_outright(path):
            return ParsedLedger((), (remark(refused.code, Place(path.name), None, **refused.facts),), (), names)
    with tempfile.TemporaryFile(buffering=0) as file:
        spool = _Kept(os.dup(file.fileno()))
    job = marshal.dumps(([str(path.absolute()) for path in paths], dict(grades), spool.descriptor, astuple(limits)))
    answer, code = _run(job, spool.descriptor, limits.seconds)
    at, ledger = _understood(answer, names[0] if names else "", spool)
    if ledger is not None and not code:
        return ledger
    return ParsedLedger((), (remark(_why(code), Place(at)),), (), names)


class _Kept(FileSpool):
    """Closes its file when no row can be asked for any more."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        self.descriptor = descriptor

    def __del__(self) -> None:
        os.close(self.descriptor)


def _run(job: bytes, descriptor: int, seconds: float) -> tuple[bytes, int | None]:
    """What the process wrote, and how it ended; None where it had to be ended."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bot.loading.ledgers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(descriptor,),
        start_new_session=True,
    )
    try:
        return process.communicate(job, timeout=seconds)[0], process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0], None
    finally:
        if process.poll() is None:  # we are ended ourselves: the process has nobody to read for
            process.kill()
            process.wait()


def _why(code: int | None) -> str:
    """The code of the error."""
    if code is None or code == -signal.SIGXCPU:
        return "reading_took_too_long"
    if code in (OUT_OF_MEMORY, -signal.SIGKILL):
        return "reading_out_of_memory"
    return "reading_disk_full" if code in (DISK_FULL, -signal.SIGXFSZ) else "reading_broke_off"


def _understood(answer: bytes, first: str, spool: FileSpool) -> tuple[str, ParsedLedger | None]:
    """The file last begun, and all that was read, if it came to that."""
    at, found = first, None
    rest = memoryview(answer)
    while len(rest) >= 8 and len(rest) >= 8 + (length := int.from_bytes(rest[:8], "big")):
        kind, value = marshal.loads(rest[8 : 8 + length])  # noqa: S302 - of our own process
        at, found = (value, found) if kind == "begun" else (at, _ledger(value, spool))
        rest = rest[8 + length :]
    return at, found


def tell(out: BinaryIO, kind: str, value: Any) -> None:
    """The process's side: one message."""
    data = marshal.dumps((kind, value))
    out.write(len(data).to_bytes(8, "big") + data)
    out.flush()


def plain(ledger: ParsedLedger) -> tuple[Any, ...]:
    """The process's side: all but the rows."""
    both = (ledger.errors, ledger.warnings)
    remarks = [[(*astuple(r.place), r.value, r.code, r.message) for r in some] for some in both]
    sheets = [
        (str(s.key), s.sheet, s.file, dict(s.headers), rows.columns, list(rows.pieces), len(rows), set(rows.dropped))
        for s in ledger.sheets
        if isinstance(rows := s.rows, SpooledRows)
    ]
    return sheets, remarks, ledger.files


def _ledger(value: Any, spool: FileSpool) -> ParsedLedger:
    sheets, (errors, warnings), files = value
    return ParsedLedger(tuple(_sheet(s, spool) for s in sheets), _remarks(errors), _remarks(warnings), files)


def _sheet(value: Any, spool: FileSpool) -> SheetRows:
    name, sheet, file, headers, columns, pieces, count, dropped = value
    rows = SpooledRows(SheetKey(name), columns, spool, pieces, count + len(dropped))
    kept = rows.without(frozenset(dropped))
    return SheetRows(SheetKey(name), sheet, file, frozenset(columns), kept, headers)


def _remarks(values: Any) -> tuple[Remark, ...]:
    return tuple(Remark(Place(*value[:4]), *value[4:]) for value in values)
