"""The learning loop: questions that were not answered are kept without their figures, handed to HR, and taught from."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from bot.domain.access import Asker, Matter, may
from bot.domain.kept_question import KeptQuestion, TaughtPhrase
from bot.domain.rulebook import Clause, Rulebook, Shelf
from bot.errors import StoreUnavailable
from bot.questions.blotting import BLOT
from bot.questions.understanding import Understanding
from bot.services.outcomes import Clarify, Declined, Outcome
from bot.services.ports import Clock, UnitOfWork
from bot.services.refusals import refusal
from bot.services.training_answer import TrainingDeclined

_NOT_KEPT = frozenset({"off_topic", "investment", "other_bank", "personal", "write", "log", "listing"})
"""Refused for what they are: there is nothing to teach."""
_MOST_LISTED = 10
_PATIENCE = 1
"""Seconds that an answer waits for the store to take its question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsListed(Outcome):
    """`/appraise 提问`: what is unsettled."""

    matter: ClassVar[Matter] = Matter.QUESTIONS

    questions: tuple[KeptQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSettled(Outcome):
    """Taught, or closed; `clause` None where it was closed, `question` None where it was settled already."""

    matter: ClassVar[Matter] = Matter.QUESTIONS

    question: KeptQuestion | None
    clause: Clause | None = None
    blotted: bool = False
    """Its figures are gone, so that its text cannot be taught as it stands."""
    leaning: bool = False
    """It means nothing without the question before it, so it cannot be taught."""


class QuestionDesk:
    """Keeps, hands over, settles. Who may do what is asked of the access table each time."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, understanding: Understanding, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._understanding = understanding
        self._clock = clock

    def keep(self, outcome: Outcome, *, key: str, asker: Asker, team: str, user: str, text: str) -> int | None:
        """The number under which the question is kept; None where the outcome leaves nothing to learn.

        The reason that it gets now is worth more than the list: where an import is writing, it is not waited for.
        """
        reason = _reason(outcome)
        if reason is None:
            return None
        with suppress(StoreUnavailable):
            return self._keep(reason, key=key, asker=asker, team=team, user=user, text=text, wait=_PATIENCE)
        return None

    def of_no_use(self, *, key: str, asker: Asker, team: str, user: str, text: str) -> int:
        """没用: an answer that was given, and did not help."""
        return self._keep("not_useful", key=key, asker=asker, team=team, user=user, text=text)

    def _keep(
        self, reason: str, *, key: str, asker: Asker, team: str, user: str, text: str, wait: int | None = None
    ) -> int:
        now = self._clock.now()
        kept = KeptQuestion(
            key=key,
            at=now,
            asker=asker.label,
            team=team,
            user=user,
            text=self._understanding.without_figures(text, now.date(), self._clients(asker, now.date())),
            reason=reason,
        )
        with self._store.write(wait) as view:
            return view.kept_questions.keep(kept)

    def _clients(self, asker: Asker, today: date) -> list[str]:
        """The names of the clients that the asker holds: they go no further than the asker."""
        if asker.person is None:
            return []
        with self._store.read() as view:
            as_of = view.ledger.latest_as_of(today)
            return [client.name for client in view.ledger.clients(as_of, asker.person.id)] if as_of else []

    def to_hand_over(self, number: int, team: str, user: str) -> KeptQuestion | None:
        """The question, where it is this Slack user's own and HR does not have it yet."""
        with self._store.read() as view:
            found = view.kept_questions.get(number)
        return found if found and (found.team, found.user) == (team, user) and found.state == "open" else None

    def handed_over(self, number: int, channel: str, ts: str) -> None:
        """It stands in that message of HR's channel."""
        with self._store.write() as view:
            view.kept_questions.hand_over(number, channel, ts)

    def answered_in(self, channel: str, ts: str, asker: Asker) -> KeptQuestion | None:
        """The question whose thread HR has written in; None for other threads, and for whoever is not of HR."""
        if not may(asker, Matter.QUESTIONS):
            return None
        with self._store.read() as view:
            return view.kept_questions.in_thread(channel, ts)

    def answered(self, number: int, asker: Asker) -> None:
        """HR's reply has reached the asker."""
        self._settle(number, "answered", asker)

    def listed(self, asker: Asker) -> Outcome:
        """What HR can settle, newest first."""
        if refused := refusal(asker, Matter.QUESTIONS):
            return refused
        with self._store.read() as view:
            questions = tuple(view.kept_questions.unsettled(_MOST_LISTED))
        return QuestionsListed(questions=questions)

    def teach(self, asker: Asker, number: int, clause: str) -> Outcome:
        """From now on that clause answers the text, live at once."""
        if refused := refusal(asker, Matter.QUESTIONS):
            return refused
        found = self._rulebook().clauses.get(clause)
        with self._store.read() as view:
            question = view.kept_questions.get(number)
        if question is None or found is None or found.missing:
            return QuestionSettled(question=None)
        if BLOT in question.text:
            return QuestionSettled(question=question, clause=found, blotted=True)
        now = self._clock.now()
        if self._understanding.leans(question.text, now.date()):
            return QuestionSettled(question=question, clause=found, leaning=True)
        phrase = TaughtPhrase(
            phrase=self._understanding.phrase_of(question.text),
            clauses=(clause,),
            taught_by=asker.label,
            taught_at=now,
        )
        with self._store.write() as view:
            view.kept_questions.teach(phrase)
            view.kept_questions.settle(number, "taught", asker.label, now)
            view.audit.record(now, asker.label, "taught", None, {"question": str(number), "clause": clause})
        return QuestionSettled(question=replace(question, state="taught"), clause=found)

    def close(self, asker: Asker, number: int) -> Outcome:
        """Nothing is to be learnt of it."""
        if refused := refusal(asker, Matter.QUESTIONS):
            return refused
        with self._store.read() as view:
            question = view.kept_questions.get(number)
        if question is not None:
            self._settle(number, "closed", asker)
        return QuestionSettled(question=question)

    def _settle(self, number: int, state: str, asker: Asker) -> None:
        now = self._clock.now()
        with self._store.write() as view:
            view.kept_questions.settle(number, state, asker.label, now)

    def _rulebook(self) -> Rulebook:
        return self._shelf.on(self._clock.now().date())


def teachable(rulebook: Rulebook) -> tuple[Clause, ...]:
    """Clauses that have words of their own, in the order of the text."""
    return tuple(clause for clause in rulebook.clauses.values() if not clause.missing and clause.text)


def offers_feedback(outcome: Outcome) -> bool:
    """Answers on rules and training; nobody's figures."""
    return outcome.kind in ("answer", "training") and outcome.matter is Matter.RULES and bool(outcome.clauses)


def _reason(outcome: Outcome) -> str | None:
    match outcome:
        case Declined(reason=reason) if reason not in _NOT_KEPT:
            return reason
        case TrainingDeclined():
            return "training"
        case Clarify() if outcome.matter is Matter.RULES:
            return "clarify"
    return None
