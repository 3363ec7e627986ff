"""`python -m tests.appraisal.killing --rounds 200`: kill -9 inside the steps of an annual appraisal, on both databases.

A process of its own takes one step and kills itself at a named point of it: before a write, after it, right before the
commit or right after. Then the step is taken again, as people would. Whatever was killed, the run ends in the digest of
a run that nobody killed, and each result is planned once.
"""

import argparse
import os
import random
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from bot.config import FixedClock, Settings
from bot.errors import AppraisalRefused
from bot.storage.appraisals import SqlAppraisals
from bot.storage.audit import Chain
from bot.storage.outbox import SqlOutbox
from bot.wiring import Parts, build
from tests.appraisal.office import Office
from tests.appraisal.test_year import branch
from tests.conftest import NOW, database
from tests.postgres import run_server

POINTS = ("add", "put_lines", "change", "record", "plan", "before_commit", "after_commit")
STEPS: tuple[tuple[str, Callable[[Office], Any]], ...] = (
    ("open", lambda office: office.parts.appraisals.open(office.step())),
    ("settle", lambda office: office.settle()),
    ("trial", lambda office: office.trial()),
    ("propose", lambda office: office.propose()),
    ("approve", lambda office: office.approve()),
    ("confirm", lambda office: office.confirm()),
    ("publish", lambda office: office.publish()),
)
KILLS = [
    ("open", "add"), ("open", "before_commit"), ("open", "after_commit"),
    ("settle", "put_lines"), ("settle", "before_commit"), ("trial", "record"),
    ("propose", "change"), ("propose", "before_commit"), ("propose", "after_commit"),
    ("approve", "record"), ("approve", "before_commit"),
    ("confirm", "change"), ("confirm", "record"), ("confirm", "before_commit"), ("confirm", "after_commit"),
    ("publish", "plan"), ("publish", "change"), ("publish", "before_commit"), ("publish", "after_commit"),
]  # fmt: skip
"""Every step at the points that it passes."""


def parts_at(url: str) -> Parts:
    return build(Settings(database_url=url), FixedClock(NOW))


def prepared(url: str, folder: Path) -> None:
    """The branch's ledger."""
    parts = parts_at(url)
    branch(parts, folder)
    parts.store.close()


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(parts: Parts, point: str) -> None:
    """The process ends when it comes there."""
    owners: dict[str, type] = {"record": Chain, "plan": SqlOutbox}
    if point in ("before_commit", "after_commit"):
        name = "commit" if point == "before_commit" else "checkin"
        on: Any = parts.store.engine if name == "commit" else parts.store.engine.pool
        event.listen(on, name, _die)
        return
    owner = owners.get(point, SqlAppraisals)
    real = getattr(owner, point)

    def then_die(self: Any, *a: Any, **k: Any) -> None:
        made = real(self, *a, **k)
        _ = list(made) if isinstance(made, Iterator) else made
        _die()

    setattr(owner, point, then_die)


def killed(url: str, step: str, point: str) -> bool:
    """Takes the step in a process that kills itself there; False where it never came there."""
    child = os.fork()
    if child == 0:
        try:
            parts = parts_at(url)
            _ = parts.store, parts.shelf
            office = Office(parts, "2026")
            asked = dict(STEPS)[step]
            _arm(parts, point)
            asked(office)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@dataclass
class Ended:
    """What a whole appraisal came to."""

    digest: str | None
    told: list[tuple[str, int]]
    kills: int


def whole(url: str, kills: list[tuple[str, str]]) -> Ended:
    """All steps; before each, its kills."""
    count = 0
    for step, act in STEPS:
        for _, point in (k for k in kills if k[0] == step):
            count += killed(url, step, point)
        parts = parts_at(url)
        try:
            act(Office(parts, "2026"))
        except AppraisalRefused as refused:
            # The killed one had got through its commit: the run is further on already.
            assert refused.facts["reason"] == "wrong_state", refused.facts
        parts.store.close()
    parts = parts_at(url)
    with parts.store.read() as view:
        run = view.appraisals.newest("2026")
        told = [
            (row[0], row[1])
            for row in view.connection.execute(text("SELECT person, count(*) FROM outbox GROUP BY person"))
        ]
        assert view.audit.verify() is None
        assert run and run.state == "published"
    assert parts.appraisal_export.replay(Office(parts, "2026").step()).same
    parts.store.close()
    return Ended(run.digest, sorted(told), count)


def main() -> None:
    """As many kills as asked, in appraisal after appraisal, at random points."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    choice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name, run_server() as server:
        folder = Path(name)
        prepared(f"sqlite:///{folder}/reference.sqlite3", folder / "r")
        expected = whole(f"sqlite:///{folder}/reference.sqlite3", [])
        for store in ("sqlite", "postgresql"):
            kills = turn = 0
            while kills < asked.rounds:
                turn += 1
                with database(server) as address:
                    url = address if store == "postgresql" else f"sqlite:///{folder}/{turn}.sqlite3"
                    prepared(url, folder / str(turn))
                    ended = whole(url, choice.sample(KILLS, k=min(len(KILLS), 10)))
                assert (ended.digest, ended.told) == (expected.digest, expected.told), f"seed {asked.seed}, {turn}"
                kills += ended.kills
            print(
                f"{store}: {kills} kills in {turn} appraisals, seed {asked.seed}: one digest, each result once",
                flush=True,
            )


if __name__ == "__main__":
    main()
