"""kill -9 at every point of the send path, two workers, a Slack that fails: nothing is lost, nothing doubled.

`python -m tests.jobs.soak --rounds 1000` (make soak). The workspace counts, not we.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.outbox import OPEN, Notice, State
from bot.jobs.crash import POINTS
from bot.storage.unit_of_work import Store
from bot.workspace import WorkspaceThread
from tests.conftest import SHANGHAI, address_of, on_server
from tests.handlers.branch import TEAM, branch_seed, load_sample

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ["1001", "1002", "1003"]
FAULTS = ("ratelimited", "server_error", "server_error_after", "timeout", "timeout_after", "reset", "reset_after")
APART = timedelta(seconds=131)
"""Of two passes: a lease, a grace time and a second."""
MOST_PASSES = 40
LAG = 50.0
"""Seconds for which history misses a message: less than the grace time."""


@dataclass
class Tally:
    """What the workspace has counted."""

    rounds: int = 0
    sent: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    killed: int = 0
    passes: int = 0
    unknown: int = 0
    points: Counter[str] = field(default_factory=Counter)

    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.stuck or self.unknown)

    def __str__(self) -> str:
        points = ", ".join(f"{name} {self.points[name]}" for name in POINTS)
        return (
            f"{self.rounds} rounds, {self.passes} passes, {self.killed} workers killed: sent {self.sent}, lost {self.lost}, "
            f"doubled {self.doubled}, stuck {self.stuck}, unknown {self.unknown}\n  aimed at: {points}"
        )


class Soak:
    """One store, one workspace, many rounds."""

    def __init__(self, workspace: WorkspaceThread, database: str, zygote: subprocess.Popen[str], seed: int) -> None:
        self.workspace, self.database, self.zygote = workspace, database, zygote
        self.chance = random.Random(seed)
        self.tally = Tally()
        self.store = Store(database)
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)

    def round(self, number: int) -> None:
        """To the end of all its rows, or to the last pass."""
        # Each begins in the morning of a workday: what is obligatory waits for one too.
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI) + timedelta(weeks=number)
        due, led = self.now, self.chance.random() < 0.5
        self.workspace.lag_history(self.chance.choice((0.0, LAG)))
        for turn in range(MOST_PASSES):
            self._faults(turn)
            crashes = [self._crash(turn), self._crash(turn)]
            self._pass(number, due, led, crashes)
            if self._ended(number):
                break
            self.now += APART
        self._count(number)

    def _crash(self, turn: int) -> str:
        if turn >= 4 or self.chance.random() < 0.2:
            return ""
        point = POINTS[self.tally.points.total() % len(POINTS)]
        self.tally.points[point] += 1
        return f"{point}:{self.chance.choice((1, 1, 1, 2, 3))}"

    def _faults(self, turn: int) -> None:
        self.workspace.look(self.workspace.workspace._faults.clear)
        if turn >= 5:
            return
        for method in ("chat.postMessage", "conversations.history", "users.info"):
            if self.chance.random() < (0.6 if method == "chat.postMessage" else 0.15):
                kind = self.chance.choice(FAULTS[:2] if method != "chat.postMessage" else FAULTS)
                self.workspace.fail_as(kind, method, times=self.chance.choice((1, 1, 2)))

    def _pass(self, number: int, due: datetime, led: bool, crashes: list[str]) -> None:
        self.workspace.look(lambda: self.workspace.workspace.clock.set(self.now.timestamp()))
        seed = self.workspace.workspace.world.seed
        job = {
            "now": self.now.isoformat(), "due": due.isoformat(), "round": str(number), "people": PEOPLE, "led": led,
            "token": seed.bot_token, "api": self.workspace.api_url, "team": TEAM, "database": self.database,
            "crashes": crashes,
        }  # fmt: skip
        assert self.zygote.stdin and self.zygote.stdout
        self.zygote.stdin.write(json.dumps(job) + "\n")
        self.zygote.stdin.flush()
        codes = json.loads(self.zygote.stdout.readline())
        if 1 in codes:
            raise RuntimeError(f"a worker broke in round {number}")
        self.tally.killed += sum(code < 0 for code in codes)
        self.tally.passes += 1

    def _rows(self, number: int) -> list[State]:
        with self.store.read() as view:
            recent = view.outbox.rows(limit=2 * len(PEOPLE))
        return [row.state for row in recent if row.period == str(number)]

    def _ended(self, number: int) -> bool:
        states = self._rows(number)
        return len(states) == len(PEOPLE) and not any(state in OPEN for state in states)

    def _count(self, number: int) -> None:
        states, tally = self._rows(number), self.tally
        tally.rounds += 1
        tally.stuck += sum(state in OPEN for state in states) + len(PEOPLE) - len(states)
        tally.unknown += states.count(State.UNKNOWN)
        for person in PEOPLE:
            times = self.posted(person, number)
            tally.sent += times > 0
            tally.lost += times == 0
            tally.doubled += max(times - 1, 0)

    def posted(self, person: str, number: int) -> int:
        """How often the workspace has that row's message."""
        due = expires = self.now
        row = Notice(kind="soak", person=person, period=str(number), occurrence="1", due_at=due, expires_at=expires)
        marks = [
            ((message.get("metadata") or {}).get("event_payload") or {}).get("mark")
            for message in self.workspace.dm(f"U{person}")
        ]
        return marks.count(row.mark)


@contextmanager
def soaking(database: str, seed: int) -> Iterator[Soak]:
    """The workspace and the zygote around a store that holds the sample branch."""
    command = [sys.executable, "-m", "tests.jobs.zygote"]
    with (
        WorkspaceThread(branch_seed()) as workspace,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as zygote,
    ):
        soak = Soak(workspace, database, zygote, seed)
        try:
            yield soak
        finally:
            soak.store.close()
            assert zygote.stdin
            zygote.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="no new round after so long, a store")
    parser.add_argument("--store", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    from tests.postgres import run_server

    sound = True
    with tempfile.TemporaryDirectory() as folder, run_server() as server:
        for store in (asked.store,) if asked.store else ("sqlite", "postgresql"):
            url = f"sqlite:///{folder}/soak.sqlite3"
            if store == "postgresql":
                on_server(server, "CREATE DATABASE soak")
                url = address_of(server, "soak")
            load_sample(url)
            began = time.monotonic()
            with soaking(url, asked.seed) as soak:
                for number in range(asked.rounds):
                    if time.monotonic() - began > asked.minutes * 60:
                        break
                    soak.round(number)
                    if number % 100 == 99:
                        print(f"  {store} {number + 1}", flush=True)
            print(f"{store}: {soak.tally} ({time.monotonic() - began:.0f} s)", flush=True)
            sound = sound and soak.tally.sound()
    sys.exit(not sound)


if __name__ == "__main__":
    main()
