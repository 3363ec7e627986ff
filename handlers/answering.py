"""What each kind of request comes to: who asks, the service, the words, the delivery."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.domain.access import Asker
from bot.domain.period import Period
from bot.errors import BotError
from bot.render.message import Message
from bot.render.renderer import Renderer
from bot.services.ask import Ask, AskService
from bot.services.home import HomeService
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import Outcome
from bot.services.ports import Clock
from bot.services.standings import Standings
from handlers.access_desk import AccessDesk
from handlers.agent_desk import AgentDesk
from handlers.appraise_desk import AppraiseDesk
from handlers.export_desk import ExportDesk
from handlers.ledger_drops import LedgerDesk
from handlers.link_requests import LinkRequests
from handlers.question_desk import QuestionsDesk
from handlers.reminder_desk import ReminderDesk
from handlers.requests import (
    Appraise,
    CloseQuestion,
    ConfirmLedger,
    DecideOnAccess,
    DecideOnReminder,
    DropLedger,
    ExplainFigure,
    ExportStanding,
    HandOver,
    HrReply,
    PressSession,
    Question,
    RateAnswer,
    RateSession,
    RemindLater,
    Request,
    RequestLink,
    RevokeFeed,
    SendWorkbook,
    ShowHome,
    ShowPrompts,
    ShowStanding,
    ShowTraining,
    Teach,
)
from handlers.training_desk import TrainingDesk

InThread = Callable[..., Awaitable[Any]]

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^>]*)?>")
_MOST_MENTIONS = 3


class Answering:
    """Implements `handlers.desk.Answers` with the real services, each called in a thread: they are synchronous."""

    def __init__(
        self,
        *,
        ask: AskService,
        standings: Standings,
        home: HomeService,
        links: LinkRequests,
        exports: ExportDesk,
        ledgers: LedgerDesk,
        access: AccessDesk,
        appraise: AppraiseDesk,
        questions: QuestionsDesk,
        reminders: ReminderDesk,
        agent: AgentDesk,
        training: TrainingDesk,
        grade_names: Mapping[str, str],
        renderer: Renderer,
        directory: Directory,
        courier: Courier,
        clock: Clock,
        in_thread: InThread,
    ) -> None:
        self._ask = ask
        self._standings = standings
        self._home = home
        self._questions = questions
        self._agent = agent
        self._grade_names = grade_names
        self._renderer = renderer
        self._directory = directory
        self._courier = courier
        self._clock = clock
        self._in_thread = in_thread
        self._desks: dict[type[Request], Callable[[Any, Mail], Awaitable[Sent]]] = {
            RequestLink: lambda _, mail: links(mail),
            Appraise: appraise,
            DecideOnAccess: access,
            ExportStanding: exports,
            ShowHome: self._show_home,
            ShowPrompts: agent,
            RemindLater: reminders,
            DecideOnReminder: reminders,
            **dict.fromkeys((DropLedger, SendWorkbook), ledgers),
            ConfirmLedger: lambda request, mail: training.after(ledgers(request, mail)),
            **dict.fromkeys((ShowTraining, PressSession, RateSession, RevokeFeed), training),
            **dict.fromkeys((HandOver, RateAnswer, Teach, CloseQuestion, HrReply), questions),
        }

    async def answer(self, request: Request, mail: Mail) -> Sent:
        """One request, wherever it came from."""
        if desk := self._desks.get(type(request)):
            return await desk(request, mail)
        return await self._agent.beside(request, self._answered(request, mail))

    async def _answered(self, request: Request, mail: Mail) -> Sent:
        known = await self._directory.known(request.origin)
        named = await self._directory.mentioned(_users_in(request))
        outcome, pages = await self._in_thread(self._outcome, request, known, named)
        return await self._courier.deliver(mail, outcome, pages)

    async def _show_home(self, request: ShowHome, mail: Mail) -> Sent:
        known = await self._directory.known(request.origin)
        view = await self._in_thread(lambda: self._renderer.home(self._home(known())))
        return await self._courier.publish_home(mail, view)

    async def fail(self, request: Request, mail: Mail, error: BotError | None) -> Sent:
        """An error's facts are public, so it is told where the question stood; on the Home, in its place."""
        told = self._renderer.error(error, mail.reference)
        if isinstance(request, ShowHome):
            return await self._courier.publish_home(mail, {"type": "home", "blocks": list(told.blocks)})
        return await self._courier.tell(mail, told)

    async def apologise(self, request: Request, mail: Mail) -> Sent:
        """A Home is built anew when it is opened: nothing to apologise for."""
        if isinstance(request, ShowHome):
            return Sent.DONE
        return await self._courier.tell(mail, self._renderer.note("late_apology"))

    def _outcome(
        self, request: Request, known: Callable[[], Asker], named: Mapping[str, str]
    ) -> tuple[Outcome, list[Message]]:
        """Runs in a thread of the pool: going there and back takes as long as the answer to a question on a rule."""
        asker = known()
        outcome = self._use_case(request, asker, named)
        kept = self._questions.keep(request, asker, outcome) if isinstance(request, Question) else None
        return outcome, self._renderer.pages(outcome, self._renderer.offer(outcome, kept))

    def _use_case(self, request: Request, asker: Asker, named: Mapping[str, str]) -> Outcome:
        match request:
            case Question(text=text):
                return self._answer_text(request, asker, text, named)
            case ShowStanding(words=words) if words and words not in self._grade_names:
                return self._answer_text(request, asker, words, named)
            case ShowStanding():
                grade = self._grade_names.get(request.words)
                return self._standings.show_standing(asker, grade=grade, surface=request.origin.surface)
            case ExplainFigure():
                return self._standings.explain(
                    asker,
                    subject_id=request.person,
                    period=Period.parse(request.period),
                    rule_key=request.rule_key,
                    left_out_only=request.left_out_only,
                    surface=request.origin.surface,
                )
        raise TypeError(type(request).__name__)

    def _answer_text(self, request: Request, asker: Asker, text: str, named: Mapping[str, str]) -> Outcome:
        origin, now = request.origin, self._clock.now()
        asked = Ask(asker, text, origin.surface, now, thread=origin.follow_up_key, mentions=named)
        return self._ask(asked)


def _users_in(request: Request) -> list[str]:
    """Slack user ids that a question speaks of, each once."""
    match request:
        case Question(text=text) | ShowStanding(words=text):
            return list(dict.fromkeys(_MENTION.findall(text)))[:_MOST_MENTIONS]
    return []
