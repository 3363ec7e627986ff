"""`python -m tests.storage.kill_import --rounds 100`: kill -9 at random moments of a 20,000-row import.

Every other kill falls at any moment of the command, the others into its transaction, which is watched from outside, up
to a little after its commit. After every kill the store holds the file before or the file after, whole, never something
between; and the next import works. On an SQLite file and on a real PostgreSQL.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import psycopg
from sqlalchemy import make_url, text

from bot.storage.unit_of_work import Store
from tests.conftest import database
from tests.ledgers import figures
from tests.postgres import run_server

ROWS = 20_000
_LET_BE = 10
"""After as many kills one import is let be: it must work, and says how long one takes by now."""
PARTS = ("command", "transaction")
OUTCOMES = ("as before", "loaded, then killed", "finished first")
_LOCKED = (
    "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
    " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
)
_STATE = text(
    "SELECT count(*), coalesce(sum(deposit_avg), 0), (SELECT coalesce(max(id), 0) FROM batches)"
    " FROM figures WHERE until_batch IS NULL"
)


class Watch:
    """Sees from outside whether somebody writes to a store."""

    def __init__(self, url: str) -> None:
        engine = make_url(url)
        if is_file := engine.get_backend_name() == "sqlite":
            self._sqlite = sqlite3.connect(str(engine.database), timeout=0, isolation_level=None)
        else:
            self._postgresql = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        self._look = self._locked_file if is_file else self._locked_server

    def until(self, writing: bool, process: "subprocess.Popen[bytes]") -> None:
        """Waits until it is so, or the process has ended."""
        while process.poll() is None and self._look() is not writing:
            time.sleep(0.002)

    def _locked_file(self) -> bool:
        try:
            self._sqlite.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        self._sqlite.execute("ROLLBACK")
        return False

    def _locked_server(self) -> bool:
        return bool(self._postgresql.execute(_LOCKED).fetchone())


@dataclass
class Times:
    """Seconds of an import by now: the command's, until it writes, and while it does."""

    whole: float
    writing: float


@dataclass
class Killing:
    """Two files of the same clients, imported in turn, so that every import changes every row."""

    url: str
    folder: Path
    rows: int = ROWS
    seed: int = 1
    tenths: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: {part: {outcome: [0] * 12 for outcome in OUTCOMES} for part in PARTS}
    )
    """By part and outcome, how many kills fell into each tenth of its time, and beyond it."""

    def run(self, rounds: int) -> None:
        """AssertionError, with the seed, at the first store that is neither as before nor as after."""
        moments = random.Random(self.seed)
        files = [self._file(n) for n in (1, 2)]
        watch = Watch(self.url)
        self._whole(files[0], watch)
        # The second import closes a version for each that it opens, and takes longer than the first.
        turn, times = 1, Times(0, 0)
        for round_ in range(rounds):
            before = self.state()
            if round_ % _LET_BE == 0:
                times = self._whole(files[turn], watch)
                assert self.state() == self._expected(turn, before[2] + 1), "the import after a kill"
                before, turn = self.state(), 1 - turn
            part, at = PARTS[round_ % 2], moments.uniform(0, 1.15)
            ended = self._killed(files[turn], part, at, times, watch)
            after = self.state()
            done = after == self._expected(turn, before[2] + 1)
            said = f"seed {self.seed}, round {round_}, {at:.2f} of {part}, {times}: {before} -> {after}"
            assert done or (after == before and not ended), said
            outcome = OUTCOMES[0 if not done else 2 if ended else 1]
            self.tenths[part][outcome][int(at * 10)] += 1
            turn = 1 - turn if done else turn
        newest = self.state()[2]
        self._whole(files[turn], watch)
        assert self.state() == self._expected(turn, newest + 1)

    def _killed(self, file: Path, part: str, at: float, times: Times, watch: Watch) -> bool:
        """Whether the import had ended by itself."""
        process = self._start(file)
        if part == "command":
            time.sleep(at * times.whole)
        else:
            watch.until(True, process)
            time.sleep(at * times.writing)
        process.send_signal(signal.SIGKILL)
        return process.wait() == 0

    def _whole(self, file: Path, watch: Watch) -> Times:
        """Imports it all."""
        began = time.monotonic()
        process = self._start(file)
        watch.until(True, process)
        writes = time.monotonic()
        watch.until(False, process)
        written = time.monotonic()
        assert process.wait() == 0, file
        return Times(time.monotonic() - began, written - writes)

    def count(self, outcome: str) -> int:
        """Kills that came to that."""
        return sum(sum(self.tenths[part][outcome]) for part in PARTS)

    def state(self) -> tuple[int, int, int]:
        """(rows, sum of deposits, newest batch), once the killed one's session has ended: a writer waits for it."""
        store = Store(self.url)
        try:
            with store.write() as view:
                count, deposits, newest = view.connection.execute(_STATE).one()
                assert view.audit.verify() is None
                assert len(view.audit.entries()) == newest
                return int(count), int(deposits), int(newest)
        finally:
            store.close()

    def _expected(self, turn: int, batch: int) -> tuple[int, int, int]:
        """Client n has n + turn yuan."""
        return self.rows, 100 * sum(n + turn for n in range(1, self.rows + 1)), batch

    def _file(self, number: int) -> Path:
        rows = (("2026-09-30", f"C{n:06}", n + number - 1) for n in range(1, self.rows + 1))
        return figures(self.folder / str(number), *rows)

    def _start(self, file: Path) -> "subprocess.Popen[bytes]":
        """As a user runs it."""
        env = {**os.environ, "LADDER_DATABASE_URL": self.url}
        command = [sys.executable, "-m", "bot", "import", str(file)]
        return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Prints what became of every engine's rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--store", choices=("sqlite", "postgresql"), help="one of the two alone")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, run_server() as server, database(server) as address:
        for url in (f"sqlite:///{name}/ladder.sqlite3", address):
            if asked.store and not url.startswith(asked.store):
                continue
            killing = Killing(url, Path(name), seed=asked.seed)
            killing.run(asked.rounds)
            told = ", ".join(f"{killing.count(outcome)} {outcome}" for outcome in OUTCOMES)
            print(f"{url.split(':')[0]}: {asked.rounds} kills, seed {asked.seed}: {told}; nothing half-loaded")
            for part, outcome in product(PARTS, OUTCOMES):
                counts = " ".join(f"{n:3}" for n in killing.tenths[part][outcome])
                print(f"  by tenth of the {part:>11}, {outcome:>19}: {counts}", flush=True)


if __name__ == "__main__":
    main()
