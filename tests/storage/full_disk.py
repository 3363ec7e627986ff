"""`python -m tests.storage.full_disk sqlite|spool|postgresql`: an import on a small disk that is full, and again with room.

Runs in mount namespaces of its own, so that nothing is left of the disk: exit 0 done, 1 a promise broken, 3 where this
machine lets nobody mount one (then `test_faults` holds the same by limits on file sizes).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.unit_of_work import Store
from tests.conftest import database
from tests.ledgers import figures
from tests.postgres import run_server

NOT_HERE = 3
_MEGABYTES = {"sqlite": 3, "spool": 3, "postgresql": 160}
_LEFT = 200 << 10
"""Bytes that the filler leaves on the disk."""


def main(what: str) -> None:
    """The parent enters the namespaces; the child, which sees `inside`, does the work."""
    if sys.argv[2:] != ["inside"]:
        entering = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--map-root-user", "--mount"]
        # The server's package takes whoever is called root for root, and would change the user.
        if (what == "postgresql" and os.getuid()) or not _can(*entering, "true"):
            sys.exit(NOT_HERE)
        again = [sys.executable, "-m", "tests.storage.full_disk", what, "inside"]
        sys.exit(subprocess.run([*entering, *again], check=False).returncode)
    with tempfile.TemporaryDirectory(prefix="disk") as folder:
        disk = Path(folder)
        size = f"size={_MEGABYTES[what]}m,mode=0777"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False).returncode:
            sys.exit(NOT_HERE)
        try:
            with _store(what, disk) as url, tempfile.TemporaryDirectory() as source:
                _import(what, url, disk, Path(source))
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _can(*command: str) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, check=False).returncode == 0


@contextmanager
def _store(what: str, disk: Path) -> Iterator[str]:
    if what == "postgresql":
        with run_server(disk) as server, database(server) as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as elsewhere:
            yield f"sqlite:///{disk if what == 'sqlite' else Path(elsewhere)}/ladder.sqlite3"


def _import(what: str, url: str, disk: Path, source: Path) -> None:
    assert _stored(url) == 0
    rows = 60_000 if what == "spool" else 4_000
    file = figures(source, *(("2026-09-30", f"C{n:06}", n + 1) for n in range(rows)))
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(b"x" * max(free - _LEFT, 0))
    refused = _ladder(url, disk, "import", str(file))
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1 and "磁盘空间不足" in said and "Traceback" not in said, said[-2_000:]
    assert _stored(url) == 0
    (disk / "filler").unlink()
    if what != "spool":  # 60,000 rows need more than this disk has
        again = _ladder(url, disk, "import", str(file))
        assert again.returncode == 0, again.stdout + again.stderr
        assert _stored(url) == rows
    print(f"{what}: refused in words, nothing loaded, and loaded with room")


def _stored(url: str) -> int:
    """Rows of 业绩, each of one batch that is recorded and in the audit chain."""
    store = Store(url)
    try:
        with store.read() as view:
            assert len(view.audit.entries()) == len(view.batches.everything())
            assert view.audit.verify() is None
            return len(list(view.batches.rows("figures")))
    finally:
        store.close()


def _ladder(url: str, disk: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "LADDER_DATABASE_URL": url, "TMPDIR": str(disk), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], env=env, capture_output=True, text=True, check=False, timeout=100
    )


if __name__ == "__main__":
    main(sys.argv[1])
