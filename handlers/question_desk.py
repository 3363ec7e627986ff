"""The learning loop on Slack: 转人工, 有用 and 没用, HR's replies and what HR teaches."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Protocol

from bot.domain.access import Asker, Surface
from bot.domain.rulebook import Shelf
from bot.render.renderer import Renderer
from bot.services.origin import Courier, Directory, Mail, Origin, Sent
from bot.services.outcomes import Outcome
from bot.services.question_desk import QuestionDesk, teachable
from handlers.requests import CloseQuestion, HandOver, HrReply, Question, RateAnswer, Request, Teach

InThread = Callable[..., Awaitable[Any]]


class History(Protocol):
    """What Slack keeps of a direct message."""

    async def written_before(self, channel: str, thread: str | None, ts: str, user: str) -> str:
        """The last words of that person before a message; empty where there are none."""


class QuestionsDesk:
    """`hr_channel`: where questions are handed over; None where nobody has set one."""

    def __init__(
        self,
        *,
        questions: QuestionDesk,
        hr_channel: str | None,
        hr_contact: str,
        directory: Directory,
        courier: Courier,
        history: History,
        renderer: Renderer,
        in_thread: InThread,
    ) -> None:
        self._questions = questions
        self._hr_channel = hr_channel
        self._hr_contact = hr_contact
        self._directory = directory
        self._courier = courier
        self._history = history
        self._renderer = renderer
        self._in_thread = in_thread

    def keep(self, request: Question, asker: Asker, outcome: Outcome) -> int | None:
        """In a thread: the question goes on HR's list, without its figures, where it was not answered."""
        origin = request.origin
        return self._questions.keep(
            outcome, key=request.key, asker=asker, team=origin.team, user=origin.user, text=request.text
        )

    async def __call__(self, request: Request, mail: Mail) -> Sent:
        """One request of the loop."""
        match request:
            case HandOver():
                return await self._hand_over(request, mail)
            case RateAnswer():
                return await self._rate(request, mail)
            case HrReply():
                return await self._relay(request, mail)
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        outcome: Outcome = await self._in_thread(self._settle, request, asker)
        pages = await self._in_thread(self._renderer.pages, outcome)
        return await self._courier.deliver(mail, outcome, pages)

    def _settle(self, request: Request, asker: Asker) -> Outcome:
        match request:
            case Teach():
                return self._questions.teach(asker, request.number, request.clause)
            case CloseQuestion():
                return self._questions.close(asker, request.number)
        raise TypeError(type(request).__name__)

    async def _hand_over(self, request: HandOver, mail: Mail) -> Sent:
        origin = mail.origin
        found = await self._in_thread(self._questions.to_hand_over, request.number, origin.team, origin.user)
        if found is None:
            return await self._courier.tell(mail, self._renderer.note("not_yours"))
        if self._hr_channel is None:
            return await self._courier.tell(mail, self._renderer.note("no_hand_over", contact=self._hr_contact))
        asked = self._renderer.asked_of_hr(found)
        ts = await self._courier.post_in(self._hr_channel, None, mail, asked)
        if ts is None:
            return await self._courier.tell(mail, self._renderer.note("not_handed_over", contact=self._hr_contact))
        await self._in_thread(self._questions.handed_over, found.number, self._hr_channel, ts)
        return await self._courier.tell(mail, self._renderer.note("handed_over", number=found.number))

    async def _rate(self, request: RateAnswer, mail: Mail) -> Sent:
        """有用 is marked by Slack itself; 没用 is told what becomes of it, the rater alone."""
        if request.good:
            return Sent.DONE
        origin = mail.origin
        text = await self._question_of(request, origin)
        asker: Asker = await self._in_thread(await self._directory.known(origin))
        await self._in_thread(self._of_no_use, request, asker, text)
        alone = origin if origin.surface is Surface.DM else replace(origin, surface=Surface.EPHEMERAL)
        return await self._courier.tell(replace(mail, origin=alone), self._renderer.note("of_no_use"))

    def _of_no_use(self, request: RateAnswer, asker: Asker, text: str) -> None:
        origin = request.origin
        key = f"useless:{origin.team}:{origin.channel}:{request.ts}"
        self._questions.of_no_use(key=key, asker=asker, team=origin.team, user=origin.user, text=text)

    async def _question_of(self, request: RateAnswer, origin: Origin) -> str:
        """Of channels nothing is read: there HR sees the answer's place only."""
        if origin.surface is not Surface.DM or origin.channel is None:
            return ""
        return await self._history.written_before(origin.channel, origin.thread, request.ts, origin.user)

    async def _relay(self, request: HrReply, mail: Mail) -> Sent:
        """What HR writes in the thread of a question reaches whoever asked it; all else in the channel is let go."""
        origin = mail.origin
        asker: Asker = await self._in_thread(await self._directory.known(origin))
        found = await self._in_thread(self._questions.answered_in, origin.channel, origin.thread, asker)
        if found is None:
            return Sent.DONE
        note = self._renderer.note("hr_reply", number=found.number, question=found.text, text=request.text)
        sent = await self._courier.write_to(found.user, mail, [note])
        if sent is Sent.DONE:
            await self._in_thread(self._questions.answered, found.number, asker)
        return sent


def options_for(shelf: Shelf, today: Callable[[], Any], renderer: Renderer) -> Callable[[str], list[dict[str, Any]]]:
    """The clauses that HR may choose from, as they are typed."""
    return lambda typed: renderer.clause_options(teachable(shelf.on(today())), typed)
