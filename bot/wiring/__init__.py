"""The only place that builds real things and joins them: `build` for every command, `run_bot` for Slack."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings, SystemClock
from bot.domain.importing import ParsedLedger
from bot.domain.rulebook import Shelf
from bot.domain.training_plans import TrainingPlans
from bot.loading import data
from bot.loading.appraisal_checks import load_checks, read_rulebook, rulebook_files
from bot.loading.phrases import load_phrases
from bot.loading.reminders import load_kinds, load_workdays
from bot.loading.rulebooks import load_shelf
from bot.loading.session_words import load_session_words
from bot.loading.signing import FileSigner
from bot.loading.training import load_training
from bot.loading.training_gaps import load_gaps
from bot.loading.training_words import load_training_words
from bot.questions.phrases import Phrases
from bot.questions.training import TrainingReader
from bot.questions.understanding import Understanding
from bot.render import rule_answers, training, training_sessions
from bot.render import session_feedback as session_feedback_words
from bot.render.renderer import Renderer
from bot.render.veil import Veil
from bot.render.words import Words
from bot.services import appraisal_result_telling, session_feedback, session_telling
from bot.services.appraisal_appeals import Appeals
from bot.services.appraisal_commands import AppraisalCommands
from bot.services.appraisal_decisions import AppraisalDecisions
from bot.services.appraisal_export import AppraisalExport
from bot.services.appraisal_publishing import AppraisalPublishing
from bot.services.appraisals import Appraisals
from bot.services.ask import AskService
from bot.services.calendars import Calendars, Entry
from bot.services.export import Exports
from bot.services.home import HomeService
from bot.services.import_ledger import ImportService
from bot.services.ledger_drops import LedgerDrops
from bot.services.linking import Linking
from bot.services.looking import Looking
from bot.services.next_steps import NextSteps
from bot.services.ports import Clock
from bot.services.quarter_reminder import QuarterTelling
from bot.services.question_desk import QuestionDesk
from bot.services.remind_later import RemindLater
from bot.services.reminder_review import ReminderReview
from bot.services.reminding import Calendar, Planner, Teller, Telling
from bot.services.second_person import SecondPerson
from bot.services.session_feedback import Feedback
from bot.services.signups import SignUps
from bot.services.standings import Standings
from bot.services.team import Teams
from bot.services.training_for_gaps import TrainingForGaps
from bot.services.training_hours import TrainingHours
from bot.services.training_sessions import TrainingSessions
from bot.services.two_dates import TwoDates
from bot.services.waiting_access import WaitingAccess
from bot.storage.unit_of_work import Store

if TYPE_CHECKING:
    from bot.wiring.slack import Bot


@dataclass(frozen=True)
class Parts:
    """Everything a command or the bot needs, each built when it is first asked for."""

    settings: Settings
    clock: Clock

    @cached_property
    def store(self) -> Store:
        """The store at LADDER_DATABASE_URL, its schema brought up to date."""
        return Store(self.settings.database_url, self.settings.lock_wait_seconds)

    @cached_property
    def shelf(self) -> Shelf:
        """All rulebook versions."""
        return load_shelf()

    @cached_property
    def training_plans(self) -> TrainingPlans:
        """The training documents of the source."""
        return load_training()

    @cached_property
    def standings(self) -> Standings:
        """Standings and what is behind their figures."""
        return Standings(self.store, self.shelf, self.clock)

    @cached_property
    def next_steps(self) -> NextSteps:
        """What a person's standing asks for next."""
        looking = Looking(self.store, self.shelf, self.clock)
        return NextSteps(looking, self.store, self.clock, TwoDates(looking, self.store, self.shelf))

    @cached_property
    def teams(self) -> Teams:
        """Standings of a team or the branch."""
        return Teams(self.store, self.shelf, self.clock)

    @cached_property
    def exports(self) -> Exports:
        """A standing as files."""
        return Exports(Looking(self.store, self.shelf, self.clock), self.store)

    @cached_property
    def imports(self) -> ImportService:
        """Imports and withdrawals."""
        newest = self.shelf.rulebooks[-1]
        return ImportService(self.store, self.clock, [g.key for g in newest.grades if g.on_probation])

    @cached_property
    def second_person(self) -> SecondPerson:
        """Confirms or refuses changes of access."""
        return SecondPerson(self.store, self.clock)

    @cached_property
    def waiting_access(self) -> WaitingAccess:
        """What waits for a second HR person, in Slack."""
        return WaitingAccess(self.store, self.clock, self.second_person)

    @cached_property
    def phrases(self) -> Phrases:
        """How people write."""
        return load_phrases(data.knowledge() / "phrases")

    @cached_property
    def understanding(self) -> Understanding:
        """From a text to a question."""
        reader = TrainingReader(self.training_plans, load_training_words(), self.phrases)
        clauses = {key: clause.text for key, clause in self.shelf.rulebooks[-1].clauses.items()}
        return Understanding(self.phrases, reader, load_session_words(), clauses)

    @cached_property
    def question_desk(self) -> QuestionDesk:
        """Questions that were not answered."""
        return QuestionDesk(self.store, self.shelf, self.understanding, self.clock)

    @cached_property
    def sessions(self) -> TrainingSessions:
        """The training sessions of HR's list."""
        return TrainingSessions(self.store, self.shelf, self.clock)

    @cached_property
    def sign_ups(self) -> SignUps:
        """Names on the lists of sessions."""
        return SignUps(self.store, self.clock, self.settings.zone, self.calendar.workdays)

    @cached_property
    def feedback(self) -> Feedback:
        """What people say of sessions."""
        return Feedback(self.store, self.clock)

    @cached_property
    def calendars(self) -> Calendars:
        """Sessions as calendar files."""
        return Calendars(self.store, self.clock, self.settings.public_url)

    def calendar_file(self, entries: Sequence[Entry]) -> bytes:
        """As iCalendar. The library takes a while to import, which no other command should wait for."""
        from bot.render.calendar_file import calendar_file

        return calendar_file(entries, self.clock.now(), self.settings.zone)

    @cached_property
    def for_gaps(self) -> TrainingForGaps:
        """Training for what a standing lacks."""
        plans = self.training_plans
        looking = Looking(self.store, self.shelf, self.clock)
        return TrainingForGaps(looking, self.store, self.sessions, plans, load_gaps(plans))

    @cached_property
    def hours(self) -> TrainingHours:
        """What somebody has attended."""
        return TrainingHours(self.store, self.training_plans, self.clock)

    @cached_property
    def ask(self) -> AskService:
        """Questions in free text."""
        return AskService(
            self.store,
            self.shelf,
            self.understanding,
            standings=self.standings,
            next_steps=self.next_steps,
            teams=self.teams,
            phrases=self.phrases,
            training=self.training_plans,
            sessions=self.sessions,
            hours=self.hours,
            for_gaps=self.for_gaps,
        )

    @cached_property
    def calendar(self) -> Calendar:
        """Kinds of reminders, workdays, the branch's time zone."""
        return Calendar(kinds=load_kinds(), workdays=load_workdays(), zone=self.settings.zone)

    @cached_property
    def tellings(self) -> dict[str, Telling]:
        """What each kind of row tells, by the kind's key in knowledge/reminders."""
        return {
            "quarter_standing": QuarterTelling(self.shelf, self.calendar.workdays),
            appraisal_result_telling.KIND: appraisal_result_telling.ResultTelling(self.shelf),
            session_telling.KIND: session_telling.SessionTelling(),
            session_feedback.KIND: session_feedback.FeedbackTelling(),
        }

    @cached_property
    def planner(self) -> Planner:
        """Plans what has come up."""
        return self.planner_at(lambda _: None)

    def planner_at(self, reach: Callable[[str], None]) -> Planner:
        """The same with the points at which a test may end the process."""
        return Planner(self.store, self.calendar, self.tellings, reach)

    @cached_property
    def teller(self) -> Teller:
        """What a row tells now."""
        return Teller(self.store, self.calendar, self.tellings)

    @cached_property
    def reminder_review(self) -> ReminderReview:
        """HR's desk of reminders."""
        return ReminderReview(self.store, self.clock, self.calendar, self.tellings)

    @cached_property
    def remind_later(self) -> RemindLater:
        """稍后提醒."""
        return RemindLater(self.store, self.clock, self.calendar)

    @cached_property
    def home(self) -> HomeService:
        """App Home."""
        return HomeService(self.store, self.shelf, self.clock)

    @cached_property
    def renderer(self) -> Renderer:
        """What goes to Slack, and what `ladder ask` shows of it: client names and figures as the settings have it."""
        return build_renderer(Veil(self.settings.client_names, self.settings.figures))

    @cached_property
    def open_renderer(self) -> Renderer:
        """For the bank's own machine: everything."""
        return build_renderer()

    def read_ledger(self, files: Sequence[Path]) -> ParsedLedger:
        """Ledger files as typed rows; every fault is in the result."""
        from bot.loading.ledgers import read_ledger

        return read_ledger(files, self.grade_names)

    @cached_property
    def ledger_drops(self) -> LedgerDrops:
        """Ledgers sent in Slack."""
        return LedgerDrops(self.store, self.clock, self.imports, self.read_ledger)

    @cached_property
    def linking(self) -> Linking:
        """HR's links of Slack users to staff."""
        return Linking(self.store, self.clock)

    @cached_property
    def appraisals(self) -> Appraisals:
        """Opening, checking, answering and trying appraisals."""
        return Appraisals(self.store, self.shelf, self.clock, load_checks())

    @cached_property
    def appraisal_decisions(self) -> AppraisalDecisions:
        """Proposing, approving and finalising them."""
        return AppraisalDecisions(self.appraisals, rulebook_files, self.signer)

    @cached_property
    def appraisal_publishing(self) -> AppraisalPublishing:
        """Publishing them."""
        return AppraisalPublishing(self.store, self.clock)

    @cached_property
    def appraisal_export(self) -> AppraisalExport:
        """Exports and recomputations."""
        return AppraisalExport(self.store, self.clock, read_rulebook, self.signer)

    @cached_property
    def appeals(self) -> Appeals:
        """Appeals against published runs."""
        return Appeals(self.store, self.clock)

    @cached_property
    def appraisal_commands(self) -> AppraisalCommands:
        """What stands behind /appraise."""
        return AppraisalCommands(
            self.appraisals, self.appraisal_decisions, self.appraisal_publishing, self.appraisal_export
        )

    @cached_property
    def signer(self) -> FileSigner:
        """Signs digests by LADDER_SIGNING_KEY."""
        return FileSigner(self.settings.signing_key)

    @cached_property
    def grade_names(self) -> dict[str, str]:
        """Every spelling of a grade that a ledger may use -> its key."""
        grades = [grade for rulebook in self.shelf.rulebooks for grade in rulebook.grades]
        return {spelling: g.key for g in grades for spelling in (g.key, g.name, g.short_name)}


_SWITCH_SECONDS = 0.001
"""An import is one thread among those that answer. After each of its statements an answer may wait that long for the
interpreter: a fifth of what is usual."""


def build(settings: Settings, clock: Clock | None = None) -> Parts:
    """The parts for these settings; `clock` stands in for the machine's."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    return Parts(settings, clock or SystemClock(settings.zone))


def build_renderer(veil: Veil | None = None) -> Renderer:
    """The renderer alone, which needs no store; every outcome is registered. None: it hides nothing."""
    renderer = Renderer(build_words(veil))
    rule_answers.register(renderer)
    training.register(renderer)
    training_sessions.register(renderer)
    session_feedback_words.register(renderer)
    return renderer


def build_words(veil: Veil | None = None) -> Words:
    """The shipped templates."""
    return Words(data.templates(), veil)


async def build_app(parts: Parts, http: int | None = None) -> "Bot":
    """The bot on Slack, for Socket Mode or for HTTP on that port. Slack's libraries take half a second to import, which
    no other command should wait for."""
    from bot.wiring.slack import build_app

    return await build_app(parts, http)


async def run_bot(parts: Parts, http: int | None) -> None:
    """`ladder run`: until it is told to end."""
    from bot.slack.logs import set_up_logs

    set_up_logs(parts.settings.log_level)
    bot = await build_app(parts, http)
    await bot.runner.run()
