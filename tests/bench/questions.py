"""`make bench-questions`: a question to its blocks, in process, beside an empty Bolt handler and BM25 (bm25s) in one run.

Ours: text to understanding, answer and pages of blocks, over every question tuned on; what a conversation remembers is
committed apart. BM25: the same questions over the sentences of the regulation and the training facts, the best five.
"""

import asyncio
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.cli.demo import read_seed
from bot.domain.access import Asker, Surface
from bot.errors import BotError
from bot.loading import data
from bot.loading.data import knowledge
from bot.services.ask import Ask
from bot.wiring import Parts
from bot.workspace import WorkspaceThread
from tests.conversations.questions import BEGINS, branch, cases

ROUNDS, EVERY = 3, 4
"""Turns after one to warm up, and which of the questions are asked: each fourth, some two hundred."""


def main() -> None:
    """Prints the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; the three by turns in one run")
    with tempfile.TemporaryDirectory() as folder:
        parts = branch(Path(folder))
        texts = [str(case["ask"]) for case in cases("dev") if "ask" in case][::EVERY]
        ours, bolt, bm25 = _ours(parts), _empty_handler(), _bm25(parts)
        rows = {"question to blocks": ours, "empty Bolt handler": bolt, "BM25 (bm25s), best five": bm25}
        for name, times in _by_turns(rows, texts).items():
            p99 = statistics.quantiles(times, n=100)[98]
            print(
                f"{name:<28} p50 {statistics.median(times) * 1000:8.3f} ms   p99 {p99 * 1000:8.3f} ms   n {len(times)}"
            )
        print(f"index of words and facts built in {_median_of(5, _build_index) * 1000:.0f} ms (goal 150)")
        print(f"phrases and facts read in {_median_of(5, _read_files) * 1000:.0f} ms")
        print(f"idle bot, resident: {_resident(Path(folder)):.0f} MB (goal 150)")


def _by_turns(rows: dict[str, Callable[[str], object]], texts: list[str]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in rows}
    for turn in range(ROUNDS + 1):
        for text in texts:
            for name, run in rows.items():
                start = time.perf_counter()
                run(text)
                if turn:
                    times[name].append(time.perf_counter() - start)
    return times


def _ours(parts: Parts) -> Callable[[str], object]:
    with parts.store.read() as view:
        asker = Asker(view.people.get("1001"), "1001")

    def answer(text: str) -> object:
        try:
            outcome = parts.ask(Ask(asker=asker, text=text, surface=Surface.DM, now=BEGINS))
        except BotError as error:
            return parts.renderer.error(error, "")
        return [page.blocks for page in parts.renderer.pages(outcome)]

    return answer


def _empty_handler() -> Callable[[str], object]:
    """Dispatch of a slash command to a listener that only acks."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T", bot_token="xoxb-x", bot_id="B", bot_user_id="U")

    app = AsyncApp(
        signing_secret="x", authorize=authorize, request_verification_enabled=False, process_before_response=True
    )

    @app.command("/x")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    loop = asyncio.new_event_loop()
    body = "command=%2Fx&team_id=T&user_id=U1&channel_id=D1&trigger_id=1"
    headers = {"content-type": ["application/x-www-form-urlencoded"]}

    def dispatch(_: str) -> object:
        return loop.run_until_complete(app.async_dispatch(AsyncBoltRequest(body=body, headers=headers)))

    return dispatch


def _bm25(parts: Parts) -> Callable[[str], object]:
    """Pairs of characters as words, as is usual for Chinese."""
    clauses = [clause.text for clause in parts.shelf.rulebooks[-1].clauses.values() if clause.text]
    sentences = clauses + [line for path in (data.knowledge() / "training").glob("*.yaml")
                           for line in path.read_text(encoding="utf-8").splitlines() if "quote:" in line]  # fmt: skip
    import bm25s

    index = bm25s.BM25()
    index.index([_pairs(sentence) for sentence in sentences], show_progress=False)

    def search(text: str) -> object:
        return index.retrieve([_pairs(text)], k=5, show_progress=False)

    return search


def _pairs(text: str) -> list[str]:
    return [text[n : n + 2] for n in range(len(text) - 1)] or [text]


def _build_index() -> float:
    """In a process of its own, warm: the files read already."""
    return float(_in_a_process("index"))


def _read_files() -> float:
    return float(_in_a_process("files"))


def _median_of(times: int, run: Callable[[], float]) -> float:
    return statistics.median(run() for _ in range(times))


def _in_a_process(what: str, *more: str) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.questions", what, *more], capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def _resident(folder: Path) -> float:
    """In MB: everything that `ladder run` builds, over a local workspace in this process, and one question answered."""
    seed = read_seed(knowledge() / "demo" / "slack.yaml")
    with WorkspaceThread(seed) as workspace:
        told = _in_a_process("resident", str(folder / "idle.sqlite3"), workspace.api_url, seed.bot_token)
    return float(told.splitlines()[-1])


def _measure(what: str, *more: str) -> float:
    if what == "resident":
        return _measure_resident(Path(more[0]), *more[1:])
    from bot.config import Settings
    from bot.wiring import build

    parts = build(Settings(_env_file=None))
    start = time.process_time()
    _ = (parts.phrases, parts.training_plans)
    files = time.process_time() - start
    start = time.process_time()
    _ = parts.understanding
    return files if what == "files" else time.process_time() - start


def _measure_resident(path: Path, api_url: str, token: str) -> float:
    from bot.config import FixedClock, Settings
    from bot.wiring import build
    from bot.wiring.slack import build_app

    secrets: dict[str, Any] = {"SLACK_BOT_TOKEN": token, "SLACK_SIGNING_SECRET": "x", "SLACK_API_URL": api_url}
    parts = build(Settings(_env_file=None, database_url=f"sqlite:///{path}", **secrets), FixedClock(BEGINS))
    asyncio.run(build_app(parts, 0))
    _ours(parts)("二级要多少贷款")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(_measure(*sys.argv[1:]))
    else:
        main()
