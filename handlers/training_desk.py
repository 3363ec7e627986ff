"""`/training` and the buttons under sessions."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.domain.access import Asker
from bot.questions.question import SessionsQuestion
from bot.render.renderer import Renderer
from bot.services.ask import Ask, AskService
from bot.services.attachments import Attachments
from bot.services.calendars import Calendars, Entry
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.ports import Clock
from bot.services.session_feedback import Feedback, FeedbackQuestion
from bot.services.signups import SignupAction, SignUps
from bot.services.training_hours import TrainingHours
from bot.services.training_sessions import TrainingSessions
from handlers.requests import PressSession, RateSession, RevokeFeed, ShowTraining

InThread = Callable[..., Awaitable[Any]]

_HOURS = ("学时", "hours", "我的学时", "my hours")
_MINE = ("我的", "我的报名", "mine")
_CALENDAR = ("日历", "calendar")
_FEEDBACK = ("反馈", "feedback")
_CANCEL = ("取消", "cancel")
_NEXT = ("", "下次", "next", "list")
_OF_TRAINING = ("培训", "课", "学习", "学时", "training", "session", "course", "class")


Asked = ShowTraining | PressSession | RateSession | RevokeFeed


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
        sign_ups: SignUps,
        feedback: Feedback,
        calendars: Calendars,
        calendar_file: Callable[[Sequence[Entry]], bytes],
        attachments: Attachments,
    ) -> None:
        self._ask = ask
        self._sessions = sessions
        self._hours = hours
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._clock = clock
        self._in_thread = in_thread
        self._sign_ups = sign_ups
        self._feedback = feedback
        self._calendars = calendars
        self._calendar_file = calendar_file
        self._attachments = attachments

    async def __call__(self, request: Asked, mail: Mail) -> Sent:
        """Answered where it was typed or pressed; what is the person's own goes to the direct message."""
        known = await self._directory.known(mail.origin)
        if isinstance(request, PressSession) and request.does == "calendar":
            return await self._send_file(request, mail, known)
        outcome, pages = await self._in_thread(self._pages, request, known)
        return await self._courier.deliver(mail, outcome, pages)

    async def after(self, answering: Awaitable[Sent]) -> Sent:
        """What an import has changed of sessions is planned to be told to those on their lists."""
        sent = await answering
        await self._in_thread(self._sign_ups.sweep)
        return sent

    async def _send_file(self, request: PressSession, mail: Mail, known: Callable[[], Asker]) -> Sent:
        def made() -> bytes | None:
            entry = self._calendars.entry(known(), request.session)
            return self._calendar_file([entry]) if entry else None

        content = await self._in_thread(made)
        if content is None:
            return await self._courier.tell(mail, self._renderer.note("no_session"))
        comment = self._renderer.note("calendar_file").plain()
        await self._attachments.send(mail, f"培训-{request.session}.ics", content, comment)
        return Sent.DONE

    def _pages(self, request: Asked, known: Callable[[], Asker]) -> tuple[Outcome, list[Any]]:
        asker = known()
        match request:
            case RevokeFeed():
                outcome = self._calendars.revoke(asker)
            case RateSession(session=session, question=question, answer=answer):
                outcome = self._feedback.give(asker, session, FeedbackQuestion(question), answer)
            case PressSession(session=session, does="cancel"):
                outcome = self._sign_ups.cancel(asker, session, confirmed=True)
            case PressSession(session=session, does=does):
                outcome = self._sign_ups.press(asker, session, SignupAction(does))
            case _:
                outcome = self._outcome(request, asker)
        return outcome, self._renderer.pages(outcome)

    def _outcome(self, request: ShowTraining, asker: Asker) -> Outcome:
        words = " ".join(request.words.casefold().split())
        first, _, rest = request.words.strip().partition(" ")
        if first.casefold() in _CANCEL:
            return self._sign_ups.cancel(asker, rest.strip(), confirmed=False)
        if first.casefold() in _FEEDBACK:
            return self._feedback.summary(asker, rest.strip())
        if words in _CALENDAR:
            return self._calendars.offer(asker)
        if words in _HOURS:
            return self._hours.show(asker)
        return self._listed(request, asker, words)

    def _listed(self, request: ShowTraining, asker: Asker, words: str) -> Outcome:
        surface = request.origin.surface
        if words in _MINE or words in _NEXT:
            return self._sessions.answer(asker, SessionsQuestion(mine=words in _MINE), surface=surface)
        text = request.words if any(word in words for word in _OF_TRAINING) else f"{request.words}有什么培训"
        return self._ask(Ask(asker, text, surface, self._clock.now()))
