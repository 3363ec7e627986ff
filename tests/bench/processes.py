"""A command measured from outside: by the clock, by the processors' time, and by the memory of all its processes."""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Ran:
    """`seconds` by the clock, `cpu` seconds of processor time, `peak` bytes of all its processes together (what they
    share is counted in each), and the exit status."""

    seconds: float
    cpu: float
    peak: int
    status: int

    def told(self) -> str:
        """7.31 s (6.90 s cpu) in 120 MB."""
        return f"{self.seconds:7.2f} s ({self.cpu:6.2f} s cpu) in {self.peak >> 20:4} MB"


def run(*command: object, database: str = "") -> Ran:
    """The command on the store at `database`; a server's time and memory are not counted."""
    env = {**os.environ, "LADDER_DATABASE_URL": database, "PYTHONUTF8": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ran(time.perf_counter() - start, used.ru_utime + used.ru_stime, peak, process.returncode)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                yield from _family(int(child))
        except OSError:
            continue


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def beside(name: str, ours: Ran, plain: Ran, what: str, aim: str) -> str:
    """One line of the table."""
    ratios = f"x{ours.seconds / plain.seconds:.2f}, by cpu x{ours.cpu / plain.cpu:.2f}"
    return f"{name:<52} {ours.told()}   {what} {plain.told()}   {ratios}   ({aim})"
