"""The hand-over by itself, over a real inbox: order, ends, and leases."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry

from bot.domain.access import Surface
from bot.errors import BotError
from bot.services.origin import Mail, Origin, Sent
from bot.storage.unit_of_work import Store
from handlers.desk import Desk, Patience
from handlers.meters import Meters
from handlers.requests import Question, Request


class Now:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Recorder:
    """Answers with what the test gives it, and remembers the order."""

    def __init__(self, act: Callable[[Question], Awaitable[Sent]]) -> None:
        self.act = act
        self.answered: list[str] = []
        self.failed: list[BotError | None] = []

    async def answer(self, request: Request, mail: Mail) -> Sent:
        assert isinstance(request, Question)
        sent = await self.act(request)
        self.answered.append(request.text)
        return sent

    async def fail(self, request: Request, mail: Mail, error: BotError | None) -> Sent:
        self.failed.append(error)
        return Sent.DONE

    async def apologise(self, request: Request, mail: Mail) -> Sent:
        return Sent.DONE


def _question(text: str, user: str = "U1") -> Question:
    return Question(
        key=f"message:{user}:{text}",
        origin=Origin(team="T1", user=user, surface=Surface.DM, channel="D1"),
        text=text,
    )


def _desk(store: Store, recorder: Recorder, drain: float = 5.0, slow_key: str = "") -> Desk:
    async def in_thread(work: Callable[..., object], *args: object) -> object:
        if slow_key and args and args[0] == slow_key and work == store.inbox.take_in:
            await asyncio.sleep(0.3)
        return await asyncio.to_thread(work, *args)

    return Desk(
        inbox=store.inbox,
        answers=recorder,
        clock=Now(),
        meters=Meters(CollectorRegistry()),
        in_thread=in_thread,
        patience=Patience(lease=timedelta(seconds=30), drain=drain),
    )


async def _done(_: Question) -> Sent:
    return Sent.DONE


def _left(store: Store) -> list[str]:
    """Keys that another process may take over now."""
    now = datetime.now(UTC)
    return [key for key, _, _ in store.inbox.take_over(now, now, 50)]


def test_a_question_whose_commit_is_slow_is_not_overtaken_by_the_next(store: Store) -> None:
    recorder = Recorder(_done)

    async def go() -> None:
        desk = _desk(store, recorder, slow_key="message:U1:first")
        await asyncio.gather(desk.give(_question("first")), desk.give(_question("second")))
        await desk.stop()

    asyncio.run(go())
    assert recorder.answered == ["first", "second"]


def test_one_person_s_slow_question_does_not_hold_up_another_s(store: Store) -> None:
    free = asyncio.Event()

    async def act(question: Question) -> Sent:
        if question.text == "slow":
            await asyncio.wait_for(free.wait(), 5)
        else:
            free.set()
        return Sent.DONE

    recorder = Recorder(act)

    async def go() -> None:
        desk = _desk(store, recorder)
        await desk.give(_question("slow", "U1"))
        await desk.give(_question("quick", "U2"))
        await desk.stop()

    asyncio.run(go())
    assert recorder.answered == ["quick", "slow"]
    assert not _left(store)


def test_a_stop_waits_and_what_takes_longer_is_free_for_another_at_once(store: Store) -> None:
    async def act(question: Question) -> Sent:
        await asyncio.sleep(0.05 if question.text == "short" else 60)
        return Sent.DONE

    recorder = Recorder(act)

    async def go() -> None:
        desk = _desk(store, recorder, drain=0.5)
        await desk.give(_question("short"))
        await desk.give(_question("endless"))
        await desk.give(_question("behind it"))
        await desk.stop()

    asyncio.run(go())
    assert recorder.answered == ["short"]
    assert sorted(_left(store)) == ["message:U1:behind it", "message:U1:endless"]


def test_what_nobody_knows_the_end_of_waits_for_its_look(store: Store) -> None:
    async def act(_: Question) -> Sent:
        return Sent.UNSURE

    async def go() -> None:
        desk = _desk(store, Recorder(act))
        await desk.give(_question("perhaps"))
        await desk.stop()

    asyncio.run(go())
    assert not _left(store), "not before the grace time"
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert [key for key, _, _ in store.inbox.take_over(later, later, 5)] == ["message:U1:perhaps"]


def test_a_fault_in_one_answer_leaves_the_next_alone(store: Store) -> None:
    async def act(question: Question) -> Sent:
        if question.text == "breaks":
            raise ZeroDivisionError
        return Sent.DONE

    recorder = Recorder(act)

    async def go() -> None:
        desk = _desk(store, recorder)
        await desk.give(_question("breaks"))
        await desk.give(_question("holds"))
        await desk.stop()

    asyncio.run(go())
    assert recorder.failed == [None] and recorder.answered == ["holds"]
    assert not _left(store)
