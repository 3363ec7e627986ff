"""`/training`: what comes, and the caller's own hours."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.access import Asker
from bot.questions.question import SessionsQuestion
from bot.render.renderer import Renderer
from bot.services.ask import Ask, AskService
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.ports import Clock
from bot.services.training_hours import TrainingHours
from bot.services.training_sessions import TrainingSessions
from handlers.requests import ShowTraining

InThread = Callable[..., Awaitable[Any]]

_HOURS = ("学时", "hours", "我的学时", "my hours")
_NEXT = ("", "下次", "next", "list")
_OF_TRAINING = ("培训", "课", "学习", "学时", "training", "session", "course", "class")


class TrainingDesk:
    """Each word behind the command comes to what the same question in a sentence would."""

    def __init__(
        self,
        *,
        ask: AskService,
        sessions: TrainingSessions,
        hours: TrainingHours,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        self._ask = ask
        self._sessions = sessions
        self._hours = hours
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._clock = clock
        self._in_thread = in_thread

    async def __call__(self, request: ShowTraining, mail: Mail) -> Sent:
        """Answered where it was typed; hours go to the direct message."""
        known = await self._directory.known(mail.origin)
        outcome, pages = await self._in_thread(self._pages, request, known)
        return await self._courier.deliver(mail, outcome, pages)

    def _pages(self, request: ShowTraining, known: Callable[[], Asker]) -> tuple[Outcome, list[Any]]:
        outcome = self._outcome(request, known())
        return outcome, self._renderer.pages(outcome)

    def _outcome(self, request: ShowTraining, asker: Asker) -> Outcome:
        words = " ".join(request.words.casefold().split())
        if words in _HOURS:
            return self._hours.show(asker)
        if words in _NEXT:
            return self._sessions.answer(asker, SessionsQuestion(), surface=request.origin.surface)
        text = request.words if any(word in words for word in _OF_TRAINING) else f"{request.words}有什么培训"
        return self._ask(Ask(asker, text, request.origin.surface, self._clock.now()))
