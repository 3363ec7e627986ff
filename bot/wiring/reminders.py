"""The outbox joined to Slack: for `ladder run`, and for one pass of `ladder remind`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.domain.outbox import Entry, Policy, Tried
from bot.jobs.crash import Reach, crash_at, go_on
from bot.jobs.outbox_worker import InThread, OutboxWorker, Pace, Wording
from bot.jobs.timetable import Timetable
from bot.services.origin import Page
from bot.services.signups import SweptFirst
from bot.slack.directory import StaffDirectory
from bot.slack.letters import SlackLetters, no_waiting
from bot.slack.messenger import Messenger, open_session, post_trace, web_client
from bot.slack.problems import SlackUnavailable
from bot.slack.runner import introduce
from bot.wiring import Parts

_THREADS = 2


def timetable(parts: Parts, client: AsyncWebClient, team: str, in_thread: InThread) -> Timetable:
    """Its own messenger: one that tells of a rate limit rather than waiting, since a lease runs meanwhile."""
    settings, reach = parts.settings, crash_at()
    messenger = Messenger(client, sleep=no_waiting)
    directory = StaffDirectory(messenger, parts.store, team, parts.clock, in_thread)
    worker = OutboxWorker(
        store=parts.store,
        letters=SlackLetters(messenger, directory, settings.zone),
        wording=wording(parts),
        clock=parts.clock,
        in_thread=in_thread,
        policy=Policy(grace=timedelta(seconds=settings.outbox_grace_seconds)),
        reach=reach,
    )
    return Timetable(
        store=parts.store,
        planner=SweptFirst(parts.sign_ups, parts.planner_at(reach)),
        worker=worker,
        pace=Pace(settings.outbox_per_minute),
        clock=parts.clock,
        in_thread=in_thread,
        reach=reach,
    )


def wording(parts: Parts) -> Wording:
    """From a row to its message, as things stand now."""

    def word(entry: Entry, zone: ZoneInfo, now: datetime) -> Page | Tried:
        told = parts.teller(entry, zone, now)
        return told if isinstance(told, Tried) else parts.renderer.outcome(told)

    return word


def traced(reach: Reach) -> list[aiohttp.TraceConfig]:
    """Tells the points of a post that lie inside the client; none where no test asks."""
    return [] if reach is go_on else [post_trace(reach)]


async def remind_once(parts: Parts) -> int:
    """One pass: how many rows were worked on. SlackUnavailable where Slack will not have us."""
    settings = parts.settings
    session = open_session(traced(crash_at()))
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="outbox")
    try:
        client = web_client(_token(settings), settings.slack_api_url, session)
        identity = await introduce(Messenger(client))
        in_thread = partial(asyncio.get_running_loop().run_in_executor, pool)
        passing = timetable(parts, client, identity.team, in_thread)
        done = await passing.once()
        if passing.barred:
            raise SlackUnavailable(reason=passing.barred)
        return done
    finally:
        await session.close()
        pool.shutdown()


def _token(settings: Settings) -> str:
    if settings.slack_bot_token is None or not settings.slack_bot_token.get_secret_value():
        raise SlackUnavailable(reason="SLACK_BOT_TOKEN")
    return settings.slack_bot_token.get_secret_value()
