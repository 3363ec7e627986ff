"""`python -m tests.storage.kill_import --rounds 100`: kill -9 at random moments of a 20,000-row import.

After every kill the store holds the file before or the file after, whole, never something between; and the next import
works. On an SQLite file and on a real PostgreSQL.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from bot.storage.unit_of_work import Store
from tests.conftest import database
from tests.ledgers import figures
from tests.postgres import run_server

ROWS = 20_000
_LET_BE = 10
"""After as many kills one import is let be: it must work, and says how long one takes by now."""
OUTCOMES = ("as before", "loaded, then killed", "finished first")
_STATE = text(
    "SELECT count(*), coalesce(sum(deposit_avg), 0), (SELECT coalesce(max(id), 0) FROM batches)"
    " FROM figures WHERE until_batch IS NULL"
)


@dataclass
class Killing:
    """Two files of the same clients, imported in turn, so that every import changes every row."""

    url: str
    folder: Path
    rows: int = ROWS
    seed: int = 1
    outcomes: Counter[str] = field(default_factory=Counter)
    tenths: dict[str, list[int]] = field(default_factory=lambda: {name: [0] * 11 for name in OUTCOMES})
    """By outcome, how many kills fell into each tenth of an import's time."""

    def run(self, rounds: int) -> None:
        """AssertionError, with the seed, at the first store that is neither as before nor as after."""
        moments = random.Random(self.seed)
        files = [self._file(n) for n in (1, 2)]
        self._whole(files[0])
        # The second import closes a version for each that it opens, and takes longer than the first.
        turn, whole = 1, 0.0
        for round_ in range(rounds):
            before = self.state()
            if round_ % _LET_BE == 0:
                whole = self._whole(files[turn])
                assert self.state() == self._expected(turn, before[2] + 1), "the import after a kill"
                before, turn = self.state(), 1 - turn
            # Every other kill falls where an import commits, for that is where it might be half.
            part = moments.uniform(0, 1) if round_ % 2 else moments.uniform(0.7, 1.1)
            process = self._start(files[turn])
            moment = part * whole
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            ended = process.wait() == 0
            after = self.state()
            done = after == self._expected(turn, before[2] + 1)
            said = f"seed {self.seed}, round {round_}, {moment:.3f} s of {whole:.3f} s: {before} -> {after}"
            assert done or (after == before and not ended), said
            outcome = OUTCOMES[0 if not done else 2 if ended else 1]
            self.outcomes[outcome] += 1
            self.tenths[outcome][int(part * 10)] += 1
            turn = 1 - turn if done else turn
        newest = self.state()[2]
        self._whole(files[turn])
        assert self.state() == self._expected(turn, newest + 1)

    def _whole(self, file: Path) -> float:
        """Imports it all; the seconds that it took."""
        began = time.monotonic()
        assert self._start(file).wait() == 0, file
        return time.monotonic() - began

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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, run_server() as server, database(server) as address:
        for url in (f"sqlite:///{name}/ladder.sqlite3", address):
            killing = Killing(url, Path(name), seed=asked.seed)
            killing.run(asked.rounds)
            told = ", ".join(f"{killing.outcomes[name]} {name}" for name in OUTCOMES)
            print(f"{url.split(':')[0]}: {asked.rounds} kills, seed {asked.seed}: {told}; nothing half-loaded")
            for outcome in OUTCOMES:
                print(
                    f"  {outcome:>20}, by tenth of an import: {' '.join(f'{n:3}' for n in killing.tenths[outcome])}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
