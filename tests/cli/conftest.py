"""The command as users run it: the installed script, in a process of its own."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

LADDER = Path(sys.executable).with_name("ladder")


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


Ladder = Callable[..., Ran]


@contextmanager
def _terminal(typed: str | None) -> Iterator[int | None]:
    """The end that a program takes for a person's terminal; None where there is none."""
    if typed is None:
        yield None
        return
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    yield theirs
    os.close(theirs)
    os.close(ours)


@pytest.fixture
def ladder(database_url: str, tmp_path: Path) -> Ladder:
    """Runs `ladder …` on this test's database, from a folder without a `.env`."""

    def run(*arguments: object, stdin: str | None = None, typed: str | None = None) -> Ran:
        """`typed`: at a terminal, where this is answered."""
        with _terminal(typed) as terminal:
            done = subprocess.run(
                [LADDER, *map(str, arguments)],
                env={**os.environ, "LADDER_DATABASE_URL": database_url, "PYTHONUTF8": "1"},
                cwd=tmp_path,
                **({"stdin": terminal} if terminal is not None else {"input": stdin}),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
