"""`make bench-standing`: a question to its card with a million clients in the store, the next steps, the card's blocks.

Each beside its baseline of the same run: an empty Bolt handler that posts, the bare SELECT of the clients, the same
blocks as plain dicts with f-strings and the same figures worded. Nothing is asserted on time.
"""

import argparse
import asyncio
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.config import FixedClock, Settings
from bot.domain.access import Asker
from bot.domain.rulebook import Measure
from bot.domain.what_if import Change
from bot.render.renderer import Renderer
from bot.render.words import FIGURES
from bot.services.next_steps import AskNextStep
from bot.services.outcomes import Outcome
from bot.slack.messenger import open_session
from bot.wiring import Parts, build, build_words
from bot.wiring.slack import build_app
from tests.bench.filling import fill
from tests.bench.slack_paths import Ledgerless, Stub, empty_app, posted_by
from tests.bench.timing import Compared, compare, line, medians
from tests.conftest import NOW

WHO = "M00050"
CLIENTS = 200
TURNS = 300
_CLIENTS = """
SELECT f.*, a.share, l.deposit_avg FROM attribution a
JOIN figures f ON f.client = a.client AND f.as_of = '2026-09-30' AND f.until_batch IS NULL
LEFT JOIN figures l ON l.client = f.client AND l.as_of = '2025-12-31' AND l.until_batch IS NULL
WHERE a.manager = ? AND a.until_batch IS NULL
"""
_FIGURE = re.compile(r"\d[\d,.]*")


def filled(folder: Path, managers: int, api: str = "https://slack.invalid/api/") -> Parts:
    """A store of `managers` x 200 clients, one of the managers being the stub's Slack user."""
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{folder}/l.sqlite3", slack_api_url=api,
        slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_signing_secret="s",
    )  # fmt: skip
    parts = build(settings, FixedClock(NOW))
    with parts.store.write() as view:
        fill(view.connection, managers, CLIENTS)
        view.connection.exec_driver_sql(f"UPDATE managers SET email = 'liqiang@jiangzhou.example' WHERE id = '{WHO}'")
    return parts


async def cards(folder: Path, managers: int) -> tuple[Parts, list[str]]:
    """A question on one's standing, `/grade` and 为什么不是 to chat.postMessage."""
    stub = Stub()
    await stub.start()
    parts = filled(folder, managers, stub.url)
    bot = await build_app(parts, http=0)
    session = open_session()
    empty = empty_app(stub, session, Ledgerless(folder / "bare.sqlite3"))
    posted = posted_by(stub, bot)
    told = []
    for text in ("我离二级还差多少", "为什么不是一级", "我怎么最快到一级"):
        left, right = [], []
        for turn in range(TURNS + TURNS // 10):
            ours, bare = await posted(bot.app, text), await posted(empty, "x")
            if turn >= TURNS // 10:
                left.append(ours)
                right.append(bare)
        found = medians(left, right)
        tail = f"aim p50 x2, p99 x10 of it: x{found.ours_p99 / found.baseline:.1f}"
        told.append(line(f"{text} to chat.postMessage", found, "empty handler", tail))
    await bot.runner.stop()
    await session.close()
    await stub.stop()
    return parts, told


def steps(parts: Parts, path: Path) -> list[str]:
    """Each next step from the access check to its blocks."""
    with parts.store.read() as view:
        asked = AskNextStep(asker=Asker(view.people.get(WHO), WHO), now=NOW, grade="first")
        first = view.ledger.clients(parts.standings.latest_period(NOW).as_of, WHO)[0].figures.client
    steps = parts.next_steps
    change = Change(client=first, measure=Measure.DEPOSITS, amount=3_000_000_000)
    kinds: dict[str, Callable[[], Outcome]] = {
        "why not": lambda: steps.why_not(asked),
        "route": lambda: steps.routes(asked),
        "what-if": lambda: steps.what_if(asked, lambda _: (change,)),
        "cliffs": lambda: steps.cliffs(asked),
    }
    bare = sqlite3.connect(path)

    def rows() -> None:
        bare.execute(_CLIENTS, [WHO]).fetchall()

    told = []
    for name, run in kinds.items():
        found = compare(lambda run=run: parts.renderer.pages(run()), rows, turns=TURNS)
        told.append(line(f"{name}, 200 clients, to its blocks", found, "SELECT of the clients", "aim p50 10 ms"))
    return told


def card(parts: Parts) -> str:
    """The card's blocks of a standing that is judged."""
    with parts.store.read() as view:
        asker = Asker(view.people.get(WHO), WHO)
    shown = parts.standings.show_standing(asker, now=NOW)
    build = plainly([dict(block) for block in parts.renderer.pages(shown)[0].blocks])
    figures = figures_of(shown)

    def plain() -> object:
        for figure, values in figures:
            figure(*values)
        return build()

    found: Compared = compare(lambda: parts.renderer.pages(shown), plain, turns=TURNS)
    return line("card, judged, to its blocks", found, "plain dicts, figures worded alike", "aim x3")


def figures_of(shown: Outcome) -> list[tuple[Callable[..., object], tuple[Any, ...]]]:
    """The wording of each figure that the card prints: whoever builds dicts by hand words them too."""
    words, called = build_words(), []

    def recorded(figure: Callable[..., object]) -> Callable[..., object]:
        def call(*values: Any) -> object:
            called.append((figure, values))
            return figure(*values)

        return call

    filters = words._environment.filters  # the only place where all of them pass
    filters |= {name: recorded(filters[name]) for name in (*FIGURES, "money", "date")}
    Renderer(words).pages(shown)
    return called


def plainly(blocks: list[Any]) -> Callable[[], object]:
    """A function that builds the same blocks of dict displays, each text an f-string over its figures."""
    figures: list[str] = []

    def code(tree: Any) -> str:
        if isinstance(tree, dict):
            return "{" + ", ".join(f"{key!r}: {code(value)}" for key, value in tree.items()) + "}"
        if isinstance(tree, (list, tuple)):
            return "[" + ", ".join(map(code, tree)) + "]"
        if not isinstance(tree, str) or not _FIGURE.search(tree):
            return repr(tree)
        found = _FIGURE.findall(tree)
        figures.extend(found)
        names = (f"{{v[{n}]}}" for n in range(len(figures) - len(found), len(figures)))
        text = tree.replace("{", "{{").replace("}", "}}")
        return "f" + repr(_FIGURE.sub(lambda _: next(names), text))

    return eval(f"lambda v: lambda: {code(blocks)}")(figures)  # type: ignore[no-any-return]


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--managers", type=int, default=5000, help="of 200 clients each")
    managers = options.parse_args().managers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts, told = asyncio.run(cards(folder, managers))
        print(f"{managers * CLIENTS:,} clients in the store (SQLite); medians, both sides by turns in one run")
        for one in (*told, *steps(parts, folder / "l.sqlite3"), card(parts)):
            print(one, flush=True)
        parts.store.close()


if __name__ == "__main__":
    main()
