"""A question in free text, from anybody and anywhere: understood, checked, answered. One entry for all surfaces."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial, singledispatchmethod

from bot.domain.access import Asker, Matter, Surface, may
from bot.domain.people import Person, Role
from bot.domain.rulebook import Rulebook, Shelf
from bot.domain.training_plans import TrainingPlans
from bot.errors import StoreUnavailable
from bot.questions.explain import Explanation
from bot.questions.follow_up import Memory, remember
from bot.questions.phrases import Phrases
from bot.questions.question import (
    GapTrainingQuestion,
    Greeting,
    HelpQuestion,
    HoursQuestion,
    Language,
    OutOfScope,
    OwnStanding,
    PersonStanding,
    Question,
    RuleQuestion,
    SessionsQuestion,
    TeamQuestion,
    TrainingQuestion,
    TrainingReply,
    Unclear,
    WhoQuestion,
)
from bot.questions.understanding import Understanding
from bot.services.answering import answer, decline
from bot.services.next_steps import AskNextStep, NextSteps
from bot.services.outcomes import Denied, Helped, Outcome
from bot.services.ports import UnitOfWork
from bot.services.rule_answer import Greeted, RuleAnswered, RuleDeclined, Statement
from bot.services.standings import Standings
from bot.services.suggestions import same_name, which
from bot.services.team import Teams
from bot.services.training_answer import answer_training
from bot.services.training_for_gaps import TrainingForGaps
from bot.services.training_hours import TrainingHours
from bot.services.training_sessions import TrainingSessions


@dataclass(frozen=True)
class Ask:
    """`thread`: the conversation it belongs to. `mentions`: Slack user ids in the text that are matched to staff."""

    asker: Asker
    text: str
    surface: Surface
    now: datetime
    thread: str | None = None
    mentions: Mapping[str, str] = field(default_factory=dict)


_TEACHABLE = ("not_found", "not_understood", "silent", "not_source", "amounts", "training")
"""Reasons under which HR may have pointed at a clause after all."""
REMEMBERED = timedelta(minutes=30)
FORGOTTEN = timedelta(days=1)
"""Rows that old are dropped when a conversation begins."""


class AskService:
    """Every text comes to an outcome, or to a BotError that has words of its own."""

    def __init__(
        self,
        store: UnitOfWork,
        shelf: Shelf,
        understanding: Understanding,
        *,
        standings: Standings,
        next_steps: NextSteps,
        teams: Teams,
        phrases: Phrases,
        training: TrainingPlans,
        sessions: TrainingSessions,
        hours: TrainingHours,
        for_gaps: TrainingForGaps,
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._understanding = understanding
        self._standings = standings
        self._next_steps = next_steps
        self._teams = teams
        self._phrases = phrases
        self._training = training
        self._sessions = sessions
        self._hours = hours
        self._for_gaps = for_gaps

    def __call__(self, request: Ask) -> Outcome:
        """The outcome. NoRulebook where none holds on the day asked about."""
        if taught := self._taught(request):
            return taught
        people = partial(self._visible, request.asker)
        memory = self._remembered(request)
        question = self._understanding.understand(request.text, people, request.now.date(), request.mentions, memory)
        if _unanswered(question) and (taught := self._taught_alike(request)):
            return taught
        outcome = self._answer(question, request)
        if kept := remember(question, self._phrases):
            self._keep(request, kept, memory)
        return outcome

    def explain(self, request: Ask) -> Explanation:
        """How the text is understood, without an answer; nothing is remembered of it."""
        people = partial(self._visible, request.asker)
        memory = self._remembered(request)
        return self._understanding.explain(request.text, people, request.now.date(), request.mentions, memory)

    def _taught(self, request: Ask) -> Outcome | None:
        """The text is one that HR has pointed at clauses: they answer it, word for word."""
        phrase = self._understanding.phrase_of(request.text)
        with self._store.read() as reading:
            ids = reading.kept_questions.clauses_of(phrase) if phrase else ()
        return self._clauses(request, ids or self._phrases.taught.get(phrase, ()))

    def _taught_alike(self, request: Ask) -> Outcome | None:
        """Nothing else answers the text, and it paraphrases one that HR has taught."""
        with self._store.read() as reading:
            taught = {one.phrase: one.clauses for one in reading.kept_questions.phrases()}
        taught = {**self._phrases.taught, **taught}
        phrase = self._understanding.taught_alike(request.text, tuple(taught), request.now.date()) if taught else None
        return self._clauses(request, taught[phrase]) if phrase else None

    def _clauses(self, request: Ask, ids: tuple[str, ...]) -> Outcome | None:
        """These clauses, word for word."""
        rulebook = self._rulebook(request) if ids else None
        clauses = tuple(rulebook.clauses[i] for i in ids if i in rulebook.clauses) if rulebook else ()
        if not rulebook or not clauses:
            return None
        return RuleAnswered(rulebook=rulebook, statements=(Statement(fact="article", clauses=clauses),))

    def _remembered(self, request: Ask) -> Memory | None:
        """What the asker, and nobody else, last spoke of in this conversation."""
        if not request.thread:
            return None
        with suppress(StoreUnavailable), self._store.talk() as memories:
            return memories.get(request.asker.label, request.thread, request.now - REMEMBERED)
        return None

    def _keep(self, request: Ask, kept: Memory, before: Memory | None) -> None:
        """A question is answered even where the store takes no more: then a follow-up to it is no longer understood."""
        if not request.thread:
            return
        with suppress(StoreUnavailable), self._store.talk() as memories:
            memories.put(request.asker.label, request.thread, kept, request.now)
            if before is None:
                memories.forget(request.now - FORGOTTEN)

    def _visible(self, asker: Asker) -> list[Person]:
        """Whose names are known to the asker: others are as if they did not exist, so that no reply gives them away."""
        with self._store.read() as reading:
            return [person for person in reading.people.everyone() if may(asker, Matter.STANDING, person)]

    def _rulebook(self, request: Ask) -> Rulebook:
        return self._shelf.on(request.now.date())

    @singledispatchmethod
    def _answer(self, question: Question, request: Ask) -> Outcome:
        raise NotImplementedError(question.kind)

    @_answer.register
    def _rule(self, question: RuleQuestion, request: Ask) -> Outcome:
        return answer(question, self._shelf.on(question.on or request.now.date()), self._phrases.topics)

    @_answer.register
    def _of_training(self, question: TrainingQuestion, request: Ask) -> Outcome:
        return answer_training(question, self._training)

    @_answer.register
    def _of_sessions(self, question: SessionsQuestion, request: Ask) -> Outcome:
        return self._sessions.answer(request.asker, question, request.now, request.surface)

    @_answer.register
    def _of_gaps(self, question: GapTrainingQuestion, request: Ask) -> Outcome:
        return self._for_gaps.show(request.asker, question.language, request.now, request.surface)

    @_answer.register
    def _of_hours(self, question: HoursQuestion, request: Ask) -> Outcome:
        return self._hours.show(request.asker, question.language, request.now)

    @_answer.register
    def _own(self, question: OwnStanding, request: Ask) -> Outcome:
        return self._standing(request, None, question)

    @_answer.register
    def _person(self, question: PersonStanding, request: Ask) -> Outcome:
        """Of several of one name, the asker says which; nobody known is refused by the service like a stranger."""
        if len(question.people) > 1:
            with self._store.read() as reading:
                people = [person for key in question.people if (person := reading.people.get(key))]
            return same_name(people, self._phrases.choices.of(question.language))
        subject = question.people[0] if question.people else question.named
        return self._standing(request, subject, question)

    def _standing(self, request: Ask, subject: str | None, question: OwnStanding | PersonStanding) -> Outcome:
        grade = None if question.target == "next" else question.target
        if question.step:
            asked = AskNextStep(
                asker=request.asker,
                now=request.now,
                subject_id=subject,
                # A day in these is when money comes, no date of figures.
                period=None if question.step.kind in ("balance", "what_if", "other_rules") else question.period,
                grade=grade,
                surface=request.surface,
            )
            return self._next_steps.answer(
                asked, question.step, request.text, self._phrases.choices.of(question.language).which_client
            )
        return self._standings.show_standing(
            request.asker,
            subject_id=subject,
            period=question.period,
            grade=grade,
            now=request.now,
            surface=request.surface,
        )

    @_answer.register
    def _who(self, question: WhoQuestion, request: Ask) -> Outcome:
        """People who are not named: whoever may see everybody sees them, others are refused; nobody is ranked."""
        if not may(request.asker, Matter.STANDING):
            return Denied(unlinked=request.asker.staff is None)
        if question.ranking:
            return RuleDeclined(reason="listing", rulebook=self._rulebook(request), language=question.language)
        return self._teams.show(request.asker, now=request.now, surface=request.surface)

    @_answer.register
    def _team(self, question: TeamQuestion, request: Ask) -> Outcome:
        return self._teams.show(
            request.asker, whole=question.whole, period=question.period, now=request.now, surface=request.surface
        )

    @_answer.register
    def _help(self, question: HelpQuestion, request: Ask) -> Outcome:
        return helped(request.asker, question.language)

    @_answer.register
    def _greeting(self, question: Greeting, request: Ask) -> Outcome:
        return Greeted(language=question.language)

    @_answer.register
    def _unclear(self, question: Unclear, request: Ask) -> Outcome:
        return which(question, self._rulebook(request), self._phrases.choices)

    @_answer.register
    def _out_of_scope(self, question: OutOfScope, request: Ask) -> Outcome:
        return decline(question, self._rulebook(request))


def _unanswered(question: Question) -> bool:
    """Whether no answer of ours fits, so that what HR has taught may."""
    if isinstance(question, TrainingQuestion):
        return question.reply in (TrainingReply.SILENT, TrainingReply.NO_DOCUMENT, TrainingReply.VAGUE)
    return isinstance(question, OutOfScope) and question.reason in _TEACHABLE


def helped(asker: Asker, language: Language = Language.ZH) -> Helped:
    """What can be asked, by role."""
    staff = asker.staff
    roles = staff.roles if staff else frozenset()
    return Helped(
        linked=staff is not None,
        language=language,
        hr=bool(roles & {Role.HR_CLERK, Role.HR_REVIEWER}),
        supervisor=Role.SUPERVISOR in roles,
    )
