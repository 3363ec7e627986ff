"""The local workspace: how soon it listens, and a branch's worth of messages through a plain Bolt app.

`python -m tests.bench.workspace [PEOPLE MESSAGES]` (200 and 50 without). Every person writes all their messages one
after the other, everybody at once; the app answers each; counted are the events that the app heard, each once, and the
answers that each person sees.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import SeedUser, Workspace
from tests.workspace.conftest import make_seed

STARTS = 20


@dataclass(frozen=True)
class Flowed:
    """What came of it. `heard` counts events by text, `answered` the answers that each person sees."""

    seconds: float
    heard: Counter[str]
    answered: dict[str, int]


async def start_times(rounds: int = STARTS) -> list[float]:
    """Seconds from nothing to a workspace that listens on a free port, `rounds` times."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        workspace = Workspace(make_seed())
        await workspace.start()
        taken.append(time.perf_counter() - began)
        await workspace.stop()
    return taken


async def flow(people: int, messages: int) -> Flowed:
    """`people` write `messages` each to an app that answers."""
    crowd = tuple(SeedUser(f"U{n:04}", f"p{n}", f"人{n}") for n in range(people))
    workspace = Workspace(replace(make_seed(), users=crowd, channels=()), patience=30)
    await workspace.start()
    heard: Counter[str] = Counter()
    session = aiohttp.ClientSession()  # one for all calls; without it the SDK opens a connection for each
    handler = await _connect(workspace, heard, session)
    began = time.perf_counter()
    try:
        await asyncio.gather(*(_write(workspace, user.id, messages) for user in crowd))
        await workspace.wait_for(lambda: _answers(workspace, crowd).total() == people * messages, timeout=120)
        taken = time.perf_counter() - began
        return Flowed(taken, heard, dict(_answers(workspace, crowd)))
    finally:
        await handler.close_async()
        await session.close()
        await workspace.stop()


async def _connect(workspace: Workspace, heard: Counter[str], session: aiohttp.ClientSession) -> AsyncSocketModeHandler:
    client = AsyncWebClient(token="xoxb-test", base_url=workspace.api_url, session=session)
    app = AsyncApp(client=client)

    @app.event("message")
    async def message(event: dict[str, Any], client: AsyncWebClient) -> None:
        if "bot_id" not in event:
            heard[event["text"]] += 1
            await client.chat_postMessage(channel=event["channel"], text=f"听到 {event['text']}")

    web_client = AsyncWebClient(token="xapp-test", base_url=workspace.api_url)
    handler = AsyncSocketModeHandler(app, "xapp-test", web_client=web_client)
    await handler.connect_async()
    return handler


async def _write(workspace: Workspace, user: str, messages: int) -> None:
    for number in range(messages):
        await workspace.say(user, f"{user} 第{number}条")


def _answers(workspace: Workspace, crowd: tuple[SeedUser, ...]) -> Counter[str]:
    return Counter({u.id: sum("bot_id" in m for m in workspace.dm(u.id)) for u in crowd})


def lines(people: int = 200, messages: int = 50) -> list[str]:
    """The lines of the table."""
    starts = asyncio.run(start_times())
    flowed = asyncio.run(flow(people, messages))
    sent = people * messages
    lost, twice = sent - len(flowed.heard), flowed.heard.total() - len(flowed.heard)
    return [
        f"workspace listens on a free port: median {statistics.median(starts) * 1000:.1f} ms, slowest of {len(starts)} "
        f"{max(starts) * 1000:.1f} ms   (aim 100 ms)",
        f"{people} people x {messages} messages, each answered: {flowed.seconds:.1f} s, "
        f"{sent / flowed.seconds:.0f} messages a second; {lost} lost, {twice} heard twice, "
        f"{sum(flowed.answered.values())} answers seen   (aim 60 s, none lost)",
    ]


def main() -> None:
    """Prints the table."""
    sizes = [int(a) for a in sys.argv[1:3]]
    for line in lines(*sizes):
        print(line, flush=True)


if __name__ == "__main__":
    main()
