"""The bot on Slack: the services, the desk, the delivery and one of the two lines, joined."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs.crash import crash_at
from bot.loading import ledger_workbooks, marking
from bot.services.origin import Courier, Directory
from bot.services.prompting import Prompting
from bot.slack.delivery import Delivery
from bot.slack.directory import StaffDirectory
from bot.slack.files import SlackFiles
from bot.slack.http_line import Line, web_app
from bot.slack.logs import quiet_logger
from bot.slack.messenger import Identity, Messenger, open_session, web_client
from bot.slack.problems import SlackUnavailable
from bot.slack.runner import Runner, introduce
from bot.slack.socket_line import SocketLine
from bot.storage.unit_of_work import Store
from bot.wiring import Parts
from bot.wiring.reminders import timetable, traced
from handlers import register
from handlers.access_desk import AccessDesk
from handlers.agent_desk import AgentDesk
from handlers.answering import Answering
from handlers.appraise_desk import AppraiseDesk
from handlers.crash import crash_point
from handlers.desk import Desk, InThread, Patience
from handlers.export_desk import ExportDesk
from handlers.ledger_drops import LedgerDesk
from handlers.link_requests import LinkRequests
from handlers.meters import Meters
from handlers.question_desk import QuestionsDesk, options_for
from handlers.reminder_desk import ReminderDesk
from handlers.training_desk import TrainingDesk

_THREADS = 4
"""Services are synchronous; each holds a connection of the store while it reads."""


@dataclass(frozen=True)
class Bot:
    """A bot that can be started: `app` hears, `runner` begins and ends."""

    app: AsyncApp
    runner: Runner
    desk: Desk


async def build_app(parts: Parts, http: int | None = None, patience: Patience | None = None) -> Bot:
    """The bot for Socket Mode, or for HTTP on that port (0: any). SlackUnavailable where Slack will not have us."""
    settings, registry = parts.settings, CollectorRegistry()
    token = _secret(settings.slack_bot_token, "SLACK_BOT_TOKEN")
    app_token = "" if http is not None else _secret(settings.slack_app_token, "SLACK_APP_TOKEN")
    signing = "" if http is None else _secret(settings.slack_signing_secret, "SLACK_SIGNING_SECRET")
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="service")
    session = open_session(traced(crash_at()))
    client = web_client(token, settings.slack_api_url, session)
    messenger = Messenger(client)
    try:
        identity = await introduce(messenger)
    except BaseException:
        await session.close()
        raise
    in_thread = partial(asyncio.get_running_loop().run_in_executor, pool)
    directory = StaffDirectory(messenger, parts.store, identity.team, parts.clock, in_thread)
    courier = Delivery(messenger, parts.renderer, registry)
    patience = patience or Patience(lease=timedelta(seconds=settings.inbox_lease_seconds))
    desk = _desk(_Line(parts, messenger, directory, courier, in_thread, patience), registry)
    app = _listening_app(client, identity, desk)
    socket = SocketLine(app, app_token, web_client(app_token, settings.slack_api_url, session)) if app_token else None

    async def ready() -> bool:
        reached = await in_thread(_reads, parts.store)
        return bool(reached) and (socket is None or await socket.connected())

    async def finish() -> None:
        await asyncio.to_thread(pool.shutdown)

    jobs = timetable(parts, client, identity.team, in_thread)
    line = Line(app, signing) if signing else None
    port = http if http is not None else settings.metrics_port
    server = web_app(line, registry, ready, partial(in_thread, _feed, parts))
    runner = Runner(desk=desk, jobs=jobs, socket=socket, web_server=server, port=port, session=session, finish=finish)
    return Bot(app, runner, desk)


@dataclass(frozen=True)
class _Line:
    """What the parts of the desk share: who is who, how answers go out, where work is done."""

    parts: Parts
    messenger: Messenger
    directory: Directory
    courier: Courier
    in_thread: InThread
    patience: Patience


def _desk(line: _Line, registry: CollectorRegistry) -> Desk:
    parts, store, access = line.parts, line.parts.store, _access(line)
    answers = Answering(
        ask=parts.ask,
        standings=parts.standings,
        home=parts.home,
        links=_links(line),
        exports=_exports(line),
        ledgers=_ledgers(line, access),
        access=access,
        appraise=_appraise(line),
        questions=_questions(line),
        reminders=_reminders(line),
        agent=_agent(line),
        training=_training(line),
        grade_names=parts.grade_names,
        renderer=parts.renderer,
        directory=line.directory,
        courier=line.courier,
        clock=parts.clock,
        in_thread=line.in_thread,
    )
    return Desk(
        inbox=store.inbox,
        answers=answers,
        clock=parts.clock,
        meters=Meters(registry),
        in_thread=line.in_thread,
        patience=line.patience,
        at_point=crash_point(),
        hr_channel=parts.settings.hr_channel,
        clause_options=options_for(parts.shelf, lambda: parts.clock.now().date(), parts.renderer),
    )


def _links(line: _Line) -> LinkRequests:
    parts = line.parts
    return LinkRequests(
        store=parts.store,
        inbox=parts.store.inbox,
        renderer=parts.renderer,
        directory=line.directory,
        courier=line.courier,
        clock=parts.clock,
        in_thread=line.in_thread,
    )


def _exports(line: _Line) -> ExportDesk:
    return ExportDesk(
        exports=line.parts.exports,
        attachments=SlackFiles(line.messenger),
        directory=line.directory,
        courier=line.courier,
        renderer=line.parts.renderer,
        clock=line.parts.clock,
        in_thread=line.in_thread,
    )


def _access(line: _Line) -> AccessDesk:
    return AccessDesk(
        waiting=line.parts.waiting_access,
        directory=line.directory,
        courier=line.courier,
        renderer=line.parts.renderer,
        in_thread=line.in_thread,
    )


def _appraise(line: _Line) -> AppraiseDesk:
    return AppraiseDesk(
        drops=line.parts.ledger_drops,
        waiting=line.parts.waiting_access,
        appraisals=line.parts.appraisal_commands,
        questions=line.parts.question_desk,
        reminders=line.parts.reminder_review,
        directory=line.directory,
        courier=line.courier,
        renderer=line.parts.renderer,
        in_thread=line.in_thread,
    )


def _training(line: _Line) -> TrainingDesk:
    parts = line.parts
    return TrainingDesk(
        ask=parts.ask,
        sessions=parts.sessions,
        hours=parts.hours,
        directory=line.directory,
        courier=line.courier,
        renderer=parts.renderer,
        clock=parts.clock,
        in_thread=line.in_thread,
        sign_ups=parts.sign_ups,
        feedback=parts.feedback,
        calendars=parts.calendars,
        calendar_file=parts.calendar_file,
        attachments=SlackFiles(line.messenger),
    )


def _questions(line: _Line) -> QuestionsDesk:
    settings = line.parts.settings
    return QuestionsDesk(
        questions=line.parts.question_desk,
        hr_channel=settings.hr_channel,
        hr_contact=settings.hr_contact,
        directory=line.directory,
        courier=line.courier,
        history=line.messenger,
        renderer=line.parts.renderer,
        in_thread=line.in_thread,
    )


def _reminders(line: _Line) -> ReminderDesk:
    return ReminderDesk(
        later=line.parts.remind_later,
        review=line.parts.reminder_review,
        directory=line.directory,
        courier=line.courier,
        renderer=line.parts.renderer,
        in_thread=line.in_thread,
    )


def _agent(line: _Line) -> AgentDesk:
    return AgentDesk(
        pane=line.messenger,
        prompting=Prompting(line.parts.store),
        understanding=line.parts.understanding,
        directory=line.directory,
        renderer=line.parts.renderer,
        clock=line.parts.clock,
        in_thread=line.in_thread,
    )


def _ledgers(line: _Line, access: AccessDesk) -> LedgerDesk:
    return LedgerDesk(
        drops=line.parts.ledger_drops,
        access=access,
        attachments=SlackFiles(line.messenger),
        directory=line.directory,
        courier=line.courier,
        renderer=line.parts.renderer,
        blank=ledger_workbooks.blank,
        example=ledger_workbooks.example,
        marked=marking.marked,
        faults=ledger_workbooks.faults,
        pause=line.patience.pause,
        in_thread=line.in_thread,
    )


def _listening_app(client: AsyncWebClient, identity: Identity, desk: Desk) -> AsyncApp:
    """Acks leave when the listener returns: 57 µs where Bolt's own sleep makes it 10 ms."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.user,
        bot_id=identity.bot,
        bot_token=client.token,
    )

    async def authorize() -> AuthorizeResult:
        return known

    app = AsyncApp(authorize=authorize, process_before_response=True, logger=quiet_logger())
    register(app, desk)
    return app


def _secret(value: SecretStr | None, name: str) -> str:
    if value is None or not value.get_secret_value():
        raise SlackUnavailable(reason=name)
    return value.get_secret_value()


def _feed(parts: Parts, token: str) -> bytes | None:
    """The calendar at a private address; None where there is none."""
    entries = parts.calendars.feed(token)
    return None if entries is None else parts.calendar_file(entries)


def _reads(store: Store) -> bool:
    """Whether the store answers."""
    try:
        with store.read() as view:
            view.people.get("")
    except SQLAlchemyError:
        return False
    return True
