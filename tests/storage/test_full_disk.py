"""The small form of `tests.storage.full_disk`: nothing here is a stand-in for a disk."""

import subprocess
import sys

import pytest

from tests.storage.full_disk import NOT_HERE


@pytest.mark.timeout(300)
@pytest.mark.parametrize("what", ["sqlite", "spool", "postgresql"])
def test_an_import_on_a_full_disk_says_so_and_works_once_there_is_room(what: str) -> None:
    """The store's disk, or the one for what the reading process has read."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.storage.full_disk", what], capture_output=True, text=True, check=False
    )
    assert ran.returncode in (0, NOT_HERE), ran.stdout + ran.stderr
