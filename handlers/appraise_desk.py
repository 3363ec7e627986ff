"""`/appraise`: which of HR's commands is meant, and its answer."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from bot.domain.access import Asker, Matter
from bot.render.renderer import Renderer
from bot.services.appraisal_commands import AppraisalCommands, line_of
from bot.services.ledger_drops import LedgerDrops
from bot.services.origin import Courier, Directory, Mail, Sent
from bot.services.outcomes import AppraiseHelped, Outcome
from bot.services.question_desk import QuestionDesk
from bot.services.refusals import refusal
from bot.services.reminder_review import ReminderReview
from bot.services.waiting_access import WaitingAccess
from handlers.requests import Appraise

InThread = Callable[..., Awaitable[Any]]


class Step(StrEnum):
    """What can stand behind the command; its help lists each by these words."""

    IMPORT = "导入"
    PENDING = "待确认"
    QUESTIONS = "提问"
    REMINDERS = "提醒"
    HELP = "帮助"


_WORDS = {
    "导入": Step.IMPORT,
    "import": Step.IMPORT,
    "待确认": Step.PENDING,
    "pending": Step.PENDING,
    "导入 待确认": Step.PENDING,
    "import pending": Step.PENDING,
    "提问": Step.QUESTIONS,
    "questions": Step.QUESTIONS,
    "提醒": Step.REMINDERS,
    "remind": Step.REMINDERS,
    "帮助": Step.HELP,
    "help": Step.HELP,
    "": Step.HELP,
}


def step_of(words: str) -> Step | None:
    """None for words that name none; letter case and spaces aside."""
    return _WORDS.get(" ".join(words.casefold().split()))


class AppraiseDesk:
    """HR's alone, each time anew."""

    def __init__(
        self,
        *,
        drops: LedgerDrops,
        waiting: WaitingAccess,
        appraisals: AppraisalCommands,
        questions: QuestionDesk,
        reminders: ReminderReview,
        directory: Directory,
        courier: Courier,
        renderer: Renderer,
        in_thread: InThread,
    ) -> None:
        self._drops = drops
        self._waiting = waiting
        self._appraisals = appraisals
        self._questions = questions
        self._reminders = reminders
        self._directory = directory
        self._courier = courier
        self._renderer = renderer
        self._in_thread = in_thread

    async def __call__(self, request: Appraise, mail: Mail) -> Sent:
        """Answered in the direct message, wherever it was typed."""
        asker: Asker = await self._in_thread(await self._directory.known(mail.origin))
        outcome: Outcome = await self._in_thread(self._outcome, asker, request.words)
        pages = await self._in_thread(self._renderer.pages, outcome)
        return await self._courier.deliver(mail, outcome, pages)

    def _outcome(self, asker: Asker, words: str) -> Outcome:
        if line := line_of(words):
            return self._appraisals(asker, line)
        match step := step_of(words):
            case Step.IMPORT:
                return self._drops.help(asker)
            case Step.PENDING:
                return self._waiting.listed(asker)
            case Step.QUESTIONS:
                return self._questions.listed(asker)
            case Step.REMINDERS:
                return self._reminders.listed(asker)
        refused = refusal(asker, Matter.LEDGER)
        return refused or AppraiseHelped(unknown=step is None, waiting=self._waiting.count())
