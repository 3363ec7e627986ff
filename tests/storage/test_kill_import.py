"""The short form of `python -m tests.storage.kill_import`."""

from pathlib import Path

import pytest

from tests.storage.kill_import import OUTCOMES, Killing


@pytest.mark.timeout(300)
def test_an_import_killed_anywhere_leaves_the_file_before_or_the_file_after(database_url: str, tmp_path: Path) -> None:
    killing = Killing(database_url, tmp_path, rows=4_000)
    killing.run(4)
    assert sum(map(killing.count, OUTCOMES)) == 4
