"""The way from a typed outcome to messages: which function words which type."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.domain.access import Matter
from bot.domain.kept_question import KeptQuestion
from bot.domain.rulebook import Clause
from bot.errors import BotError
from bot.render import (
    access,
    agent,
    appraisals,
    conversation,
    errors,
    imports,
    next_steps,
    notes,
    question_desk,
    reminder_desk,
    two_dates,
)
from bot.render.appraisal_result import render_result
from bot.render.blocks import Block, context
from bot.render.breakdown import render_breakdown
from bot.render.export import ExportedStanding
from bot.render.home import render_home
from bot.render.message import Message
from bot.render.reminders import render_quarter
from bot.render.standing import render_standing
from bot.render.team import render_team
from bot.render.veil import Figures
from bot.render.words import Words
from bot.services import ledger_drops, outcomes, waiting_access
from bot.services.appraisal_commands import AppraisalMisread, AppraisalTold
from bot.services.appraisal_result_telling import ResultTold
from bot.services.export import StandingExport
from bot.services.home_view import HomeView
from bot.services.outcomes import Outcome
from bot.services.quarter_reminder import QuarterReminded
from bot.services.question_desk import QuestionSettled, QuestionsListed
from bot.services.reminder_review import ReminderDecided, RemindersListed
from bot.services.team import TeamShown

Told = TypeVar("Told", bound=Outcome)
Rendering = Callable[[Words, Any], Message]


class Renderer:
    """Words every outcome, error and note. What is registered for a type holds for its children too."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._renderings: dict[type[Outcome], Rendering] = dict(_RENDERINGS)

    def register(self, kind: type[Told], rendering: Callable[[Words, Told], Message]) -> None:
        """Adds or replaces the rendering of an outcome type. It may return a long message: it is cut here."""
        self._renderings[kind] = rendering

    def worded(self) -> list[type[Outcome]]:
        """Every type of outcome for which there are words."""
        return list(self._renderings)

    def outcome(self, outcome: Outcome) -> Message:
        """The message, or the first one where it takes several (it says so)."""
        return self.pages(outcome)[0]

    def pages(self, outcome: Outcome, below: Sequence[Block] = ()) -> list[Message]:
        """All messages that the outcome takes; `below` stands at the end. LookupError for a type that nobody has
        registered."""
        for kind in type(outcome).__mro__:
            if kind in self._renderings:
                message = self._renderings[kind](self._words, outcome)
                whole = Message(message.text, (*message.blocks, *self._veiled(outcome), *below))
                return notes.numbered(self._words, whole.pages())
        raise LookupError(f"no rendering for {type(outcome).__name__}")

    def _veiled(self, outcome: Outcome) -> list[Block]:
        """Below what may hold figures: that they are not all there, and where they are."""
        veil = self._words.veil
        if veil.figures is Figures.FULL or outcome.matter not in (Matter.STANDING, Matter.LEDGER):
            return []
        return context(self._words.word(veil.figures, "veil"))

    @property
    def sends_files(self) -> bool:
        """Whether files with figures and names may leave the bank."""
        return self._words.veil.open

    def error(self, error: BotError | None, reference: str) -> Message:
        """A plain sentence, what to do, the reference number. None: a fault that nobody foresaw."""
        return errors.render_error(self._words, error, reference)

    def home(self, home: HomeView) -> dict[str, Any]:
        """A view for views.publish."""
        return render_home(self._words, home)

    def note(self, name: str, /, **facts: object) -> Message:
        """A small fixed message, `notes/<name>.j2`."""
        return notes.render_note(self._words, name, facts)

    def offer(self, outcome: Outcome, kept: int | None) -> list[Block]:
        """What is offered below: 转人工 of a kept question, 有用 and 没用 of an answer."""
        return question_desk.offer(self._words, outcome, kept)

    def prompts(self, names: Sequence[str]) -> tuple[str, list[dict[str, str]]]:
        """What the agent's pane suggests: a title, and each prompt."""
        return agent.prompts(self._words, names)

    def agent_status(self) -> str:
        """While an answer takes long."""
        return agent.status(self._words)

    def asked_of_hr(self, question: KeptQuestion) -> Message:
        """A question handed over, in HR's channel, with the choice of a clause."""
        note = notes.render_note(self._words, "asked_of_hr", {"number": question.number, "text": question.text})
        return Message(note.text, (*note.blocks, question_desk.teaching_of(self._words, question.number)))

    def clause_options(self, clauses: tuple[Clause, ...], typed: str) -> list[dict[str, Any]]:
        """What HR may choose from, by what is typed."""
        return question_desk.clause_options(clauses, typed)

    def exported(self, export: StandingExport) -> ExportedStanding:
        """A standing as tables, for the files."""
        return ExportedStanding(self._words, export)

    def workbook(self, filled: bool) -> tuple[str, str]:
        """The name of a blank ledger or an example, and what is said beside it."""
        slots = self._words.slots("imports/help")
        label, comment = ("example", "example_comment") if filled else ("blank", "blank_comment")
        return f"台账-{slots[label]}.xlsx", slots[comment]

    def said_beside(self, slot: str, /, unmarked: Sequence[str] = ()) -> str:
        """Of a workbook that goes back with faults: what is said beside it, or its name (`imports/sent_back.j2`)."""
        return self._words.slot("imports/sent_back", slot, unmarked=unmarked)


_RENDERINGS: dict[type[Outcome], Rendering] = {
    outcomes.StandingShown: render_standing,
    outcomes.BreakdownShown: render_breakdown,
    outcomes.Helped: conversation.render_help,
    outcomes.Denied: conversation.render_denied,
    outcomes.NoGrade: conversation.render_no_grade,
    outcomes.Declined: conversation.render_declined,
    outcomes.Clarify: conversation.render_clarify,
    outcomes.ClarifyInPrivate: conversation.render_clarify,
    outcomes.AppraiseHelped: imports.render_appraise_help,
    ledger_drops.ImportHelped: imports.render_import_help,
    ledger_drops.LedgerChecked: imports.render_checked,
    ledger_drops.LedgerRefused: imports.render_refused,
    ledger_drops.LedgerLoaded: imports.render_loaded,
    waiting_access.AccessWaits: access.render_waiting,
    waiting_access.AccessDecided: access.render_decided,
    AppraisalTold: appraisals.render_step,
    AppraisalMisread: appraisals.render_misread,
    **next_steps.RENDERINGS,
    **two_dates.RENDERINGS,
    TeamShown: render_team,
    QuarterReminded: render_quarter,
    RemindersListed: reminder_desk.render_listed,
    ReminderDecided: reminder_desk.render_decided,
    ResultTold: render_result,
    QuestionsListed: question_desk.render_listed,
    QuestionSettled: question_desk.render_settled,
}
