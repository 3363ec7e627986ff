"""The hand-over: a request is durable before the ack, answered after it, in order, and once."""

import asyncio
import secrets
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import structlog

from bot.errors import BotError
from bot.services.origin import Mail, Sent
from bot.services.ports import Clock, Inbox
from handlers.meters import Meters
from handlers.progress import Pause, pause
from handlers.requests import Malformed, Request, from_json

T = TypeVar("T")
InThread = Callable[..., Awaitable[Any]]
Parser = Callable[[Mapping[str, Any]], Request | None]

log = structlog.get_logger("ladder.desk")

_MOST_TAKEN_OVER = 20


class Answers(Protocol):
    """Does one request: service, words, delivery."""

    async def answer(self, request: Request, mail: Mail) -> Sent:
        """Raises BotError for what the user is told in words."""

    async def fail(self, request: Request, mail: Mail, error: BotError | None) -> Sent:
        """Says that it went wrong, with the mail's reference. None: a fault that nobody foresaw."""

    async def apologise(self, request: Request, mail: Mail) -> Sent:
        """Says that an old question was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Spans of time; tests have shorter ones."""

    lease: timedelta = timedelta(seconds=20)
    """A process that has not renewed for so long is taken to be dead."""
    grace: timedelta = timedelta(seconds=75)
    """Before a post of unknown outcome is looked for: the client's time-out and a minute."""
    too_old: timedelta = timedelta(minutes=30)
    drain: float = 10.0
    """Seconds that a stop waits for what is under way."""
    pause: Pause = pause
    """How a line of progress waits."""


class Desk:
    """Keeps its tasks, one after the other for each (channel, thread, user); several desks may share an inbox."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        answers: Answers,
        clock: Clock,
        meters: Meters,
        in_thread: InThread,
        patience: Patience | None = None,
        at_point: Callable[[str], Awaitable[None]] | None = None,
        hr_channel: str | None = None,
        clause_options: Callable[[str], list[dict[str, Any]]] = lambda _: [],
    ) -> None:
        """`at_point` is called at `after_ack` and `after_post`: tests end the process there. `hr_channel`: the one
        channel whose threads are listened to. `clause_options`: what HR may choose from."""
        self.hr_channel = hr_channel
        self.clause_options = clause_options
        self._inbox = inbox
        self._answers = answers
        self._clock = clock
        self._meters = meters
        self._in_thread = in_thread
        self._patience = patience or Patience()
        self._at_point = at_point or _go_on
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: dict[tuple[str, str, str], asyncio.Task[None]] = {}
        self._working: set[str] = set()
        self._sweeper: asyncio.Task[None] | None = None

    async def take(self, parse: Parser, body: Mapping[str, Any]) -> None:
        """Reads a payload and hands it over; the caller acks when this returns. Raises when the store is away."""
        try:
            request = parse(body)
        except Malformed as fault:
            self._meters.malformed.inc()
            log.warning("malformed", reader=parse.__name__, field=str(fault))
            return
        if request is not None:
            await self.give(request)

    async def give(self, request: Request) -> None:
        """Commits the request to the inbox; a repeated one is dropped. Its turn is kept from now on: acks overtake."""
        taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._enqueue(request, lambda: self._when(taken, request))
        new, now = False, self._clock.now()
        try:
            until = now + self._patience.lease
            new = await self._in_thread(self._inbox.take_in, request.key, request.to_json(), now, until)
            self._count(request, new)
        finally:
            if not taken.done():
                taken.set_result(new)

    def start(self) -> None:
        """Takes over what others left, now and whenever a lease runs out."""
        self._sweeper = asyncio.create_task(self._sweep_for_ever())

    async def stop(self) -> None:
        """Finishes what is under way; what does not end in time is free for another process at once."""
        if self._sweeper:
            self._sweeper.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._patience.drain)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._working:
            await self._in_thread(self._inbox.renew, sorted(self._working), self._clock.now())

    @property
    def waiting(self) -> int:
        """Requests not yet done with."""
        return len(self._tasks)

    def _count(self, request: Request, new: bool) -> None:
        if new:
            self._working.add(request.key)
            self._meters.received.labels(type(request).__name__).inc()
        else:
            self._meters.repeated.inc()

    def _enqueue(self, request: Request, work: Callable[[], Awaitable[None]]) -> None:
        conversation = request.origin.conversation
        task = asyncio.create_task(_after(self._last.get(conversation), work))
        self._tasks.add(task)
        self._last[conversation] = task
        task.add_done_callback(lambda done: self._leave(conversation, done))

    def _leave(self, conversation: tuple[str, str, str], task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(conversation) is task:
            del self._last[conversation]

    async def _when(self, taken: asyncio.Future[bool], request: Request) -> None:
        if await taken:
            await self._at_point("after_ack")
            await self._do(request, None)

    async def _do(self, request: Request, since: datetime | None) -> None:
        """One request to its end. This is the one place where any exception is caught: nobody else would."""
        mail = Mail(origin=request.origin, key=request.key, reference=secrets.token_hex(4).upper(), since=since)
        try:
            with self._meters.seconds.time():
                sent = await self._answered(request, mail)
            await self._at_point("after_post")
            await self._close(request, sent)
        except Exception as fault:  # noqa: BLE001 - the message could not be delivered, or the store is away
            _log_fault("undelivered", fault, mail, request)
            self._working.discard(request.key)

    async def _answered(self, request: Request, mail: Mail) -> Sent:
        try:
            if mail.since and self._clock.now() - mail.since > self._patience.too_old:
                return await self._answers.apologise(request, mail)
            return await self._answers.answer(request, mail)
        except BotError as error:
            self._meters.errors.labels(error.code).inc()
            log.info("refused", code=error.code, reference=mail.reference, kind=type(request).__name__)
            return await self._answers.fail(request, mail, error)
        except Exception as fault:  # noqa: BLE001 - told as a number, logged under it
            self._meters.errors.labels("unexpected").inc()
            _log_fault("failed", fault, mail, request)
            return await self._answers.fail(request, mail, None)

    async def _close(self, request: Request, sent: Sent) -> None:
        """What nobody knows the end of stays in the inbox, to be looked for after a grace time."""
        self._meters.finished.labels(type(request).__name__, str(sent)).inc()
        now = self._clock.now()
        self._working.discard(request.key)
        if sent is Sent.UNSURE:
            await self._in_thread(self._inbox.renew, [request.key], now + self._patience.grace)
        else:
            await self._in_thread(self._inbox.finish, request.key, now)

    async def _sweep_for_ever(self) -> None:
        while True:
            try:
                await self._sweep()
            except Exception as fault:  # noqa: BLE001 - the worker loop outlives a store that is away
                log.error("sweep failed", fault=type(fault).__name__, where=_where(fault))
            await asyncio.sleep(self._patience.lease.total_seconds() / 3)

    async def _sweep(self) -> None:
        """Keeps our own rows, and takes over those whose lease has run out."""
        now = self._clock.now()
        until = now + self._patience.lease
        if self._working:
            await self._in_thread(self._inbox.renew, sorted(self._working), until)
        for key, payload, received in await self._in_thread(self._inbox.take_over, now, until, _MOST_TAKEN_OVER):
            if key not in self._working:
                await self._resume(key, payload, received)

    async def _resume(self, key: str, payload: str, received: datetime) -> None:
        try:
            request = from_json(payload)
        except Malformed as fault:
            log.error("unreadable in the inbox", fault=str(fault))
            await self._in_thread(self._inbox.finish, key, self._clock.now())
            return
        self._meters.resumed.inc()
        self._working.add(key)
        self._enqueue(request, lambda: self._do(request, received))


async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before:
        await asyncio.wait([before])
    await work()


async def _go_on(_: str) -> None:
    """Nothing happens at a point."""


def _log_fault(event: str, fault: Exception, mail: Mail, request: Request) -> None:
    """Where it broke, and no word of what it was about: exceptions quote values, and SQL's quote rows."""
    log.error(
        event,
        reference=mail.reference,
        kind=type(request).__name__,
        surface=str(mail.origin.surface),
        fault=type(fault).__name__,
        where=_where(fault),
    )


def _where(fault: Exception) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)[-8:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
