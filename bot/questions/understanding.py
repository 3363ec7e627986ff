"""The one way from a text to a typed question: normalise, recognise, resolve. Pure; words come from `Phrases`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.people import Person
from bot.questions.blotting import blot
from bot.questions.explain import Candidate, Explanation, certainty, words_of
from bot.questions.follow_up import TRAINING, Memory, follow, says_only_what_changes
from bot.questions.names import Named, Names
from bot.questions.next_steps import NextStepReader
from bot.questions.normalise import normalise
from bot.questions.odd_times import is_odd_time
from bot.questions.phrases import Phrases
from bot.questions.question import (
    OutOfScope,
    OwnStanding,
    PersonStanding,
    Question,
    RuleQuestion,
    TeamQuestion,
    TrainingQuestion,
    TrainingReply,
    WhoQuestion,
)
from bot.questions.recognise import Recognised, Recogniser
from bot.questions.resolve import Resolver, is_vague, most_strange
from bot.questions.sessions import SessionsReader, SessionWords
from bot.questions.strangeness import strangeness
from bot.questions.subject import grades_of, subject_of
from bot.questions.taught import Gist, gist_of, nearest
from bot.questions.training import TrainingReader
from bot.questions.wording import Wording

_THEY = re.compile(r"他们|她们|它们|\bthey\b|\bthem\b")
"""In a conversation on the rules, those who were spoken of: 二级也要他们审吗."""
_OF_NOW = ("why_not", "route", "cliff")
"""Steps from the standing of a time; the others speak of days to come."""
_GRADED, _SURE = ("rule", "training", "not_understood"), 1.0
"""Steps that what is strange in the text makes less sure; the others rest on exact words."""

People = Callable[[], Sequence[Person]]
"""The staff, fetched only for a text that may name somebody."""


class Understanding:
    """Understands texts; made once from the phrases, it holds no state of any conversation."""

    def __init__(
        self,
        phrases: Phrases,
        training: TrainingReader,
        sessions: SessionWords,
        clauses: Mapping[str, str] | None = None,
    ) -> None:
        """`clauses`: the texts of the rulebook's clauses, whose words are then known too."""
        self._phrases = phrases
        self._training = training
        self._sessions = SessionsReader(sessions, phrases.characters)
        self._recogniser = Recogniser(phrases)
        self._resolver = Resolver(phrases, Wording(phrases, clauses or {}))
        self._names = Names(phrases)
        self._steps = NextStepReader(phrases)

    def understand(
        self,
        text: str,
        people: People,
        today: date,
        mentions: Mapping[str, str] | None = None,
        memory: Memory | None = None,
    ) -> Question:
        """The question that the text asks. `mentions`: Slack user ids in it that are matched to staff. `memory`: what
        its conversation is about."""
        return self._read(text, people, today, mentions, memory)[0]

    def phrase_of(self, text: str) -> str:
        """The text as what HR teaches is kept and looked up: normalised, without marks at its ends."""
        return self._recogniser.spelled(text).strip(" ?!.,。~")

    def leans(self, text: str, today: date) -> bool:
        """Whether it says only what changes of a question before it (配车呢), and so means nothing alone."""
        seen = self._recogniser.recognise(self._recogniser.spelled(text), today)
        return seen.means("follow") or says_only_what_changes(seen, short=0)

    def taught_alike(self, text: str, taught: Sequence[str], today: date) -> str | None:
        """Of the phrases that HR has taught, the one that the text paraphrases."""
        asked = self._gist(self._recogniser.spelled(text), today)
        return nearest(asked, ((phrase, self._gist(phrase, today)) for phrase in taught))

    def _gist(self, spelled: str, today: date) -> Gist:
        return gist_of(self._recogniser.recognise(spelled, today), self._phrases)

    def without_figures(self, text: str, today: date, clients: Iterable[str] = ()) -> str:
        """The text normalised, with every amount, every long number and these clients' names blotted out."""
        seen = self._recogniser.recognise(self._recogniser.spelled(text), today)
        return blot(seen, [normalise(name, self._phrases.characters) for name in clients])

    def explain(
        self,
        text: str,
        people: People,
        today: date,
        mentions: Mapping[str, str] | None = None,
        memory: Memory | None = None,
    ) -> Explanation:
        """The same, with the reasons."""
        question, seen, named = self._read(text, people, today, mentions, memory)
        alone = self._read(text, people, today, mentions, None)[0]
        subject = subject_of(seen, self._phrases)
        found = strangeness(seen)
        limit = most_strange(seen, subject, is_vague(seen, subject))
        sure = certainty(seen, found, limit)
        readings = self._resolver.readings(seen, self._in_documents(seen))
        return Explanation(
            text=seen.text,
            words=words_of(seen),
            strange=tuple(span.text for span in seen.strange),
            strangeness=found,
            limit=limit,
            candidates=tuple(Candidate(s, sure if s in _GRADED else _SURE, q) for s, q in readings),
            question=question,
            remembered=memory.slots if memory and question != alone else None,
            named=named.written if named else None,
        )

    def _read(
        self, text: str, people: People, today: date, mentions: Mapping[str, str] | None, memory: Memory | None
    ) -> tuple[Question, Recognised, Named | None]:
        seen = self._recogniser.recognise(self._recogniser.spelled(text), today)
        named = self._names.mentioned(text, mentions or {}) or self._named(seen, people)
        if asked := self._sessions.read(seen.text, seen.language):
            return asked, seen, None
        question = self._resolver.resolve(seen, self._in_documents(seen))
        if named and not _of_nobody(question, named):
            question = self._of_person(named, seen)
        question = _of_a_time(self._steps.read(question, seen, today), seen, today)
        if memory:
            question = self._in_conversation(question, seen, memory, today)
        return question, seen, named

    def _in_documents(self, seen: Recognised) -> TrainingQuestion | None:
        """What the text would ask of the training documents."""
        grades = grades_of(seen, self._phrases)
        return self._training.read(seen, grades)

    def _in_conversation(self, alone: Question, seen: Recognised, memory: Memory, today: date) -> Question:
        """Completed by the slots remembered; else read with what was spoken of in front (之后呢, of trainees;
        谁来发, of bonuses)."""
        if memory.subject == TRAINING or isinstance(alone, TrainingQuestion):
            return self._of_training(alone, seen, memory)
        completed = follow(alone, seen, memory, self._phrases, self._steps.step(seen, today))
        of_them = isinstance(alone, WhoQuestion) and not alone.ranking and _THEY.search(seen.text)
        if completed is not alone or not (_not_understood(alone) or of_them) or not says_only_what_changes(seen):
            return completed
        for name in self._spoken_of(memory):
            text = name + _THEY.sub("", seen.text)
            question = self._resolver.resolve(self._recogniser.recognise(text, today))
            if isinstance(question, RuleQuestion) and (question.topics or question.aspects):
                return replace(question, language=seen.language)
        return alone

    def _spoken_of(self, memory: Memory) -> Iterator[str]:
        """A word for the grade, where it was one, and for each topic."""
        grades = memory.get("grades")
        if len(grades) == 1:
            yield self._phrases.names[grades[0]]
        for topic in memory.get("topics"):
            yield self._phrases.names.get(topic, "")

    def _of_training(self, alone: Question, seen: Recognised, memory: Memory) -> Question:
        """A follow-up on a training document (考核呢, 换成零售的呢), unless the text stands by itself."""
        if memory.subject != TRAINING or self._stands_alone(alone, seen):
            return alone
        again = self._training.again(seen, memory.slots, grades_of(seen, self._phrases))
        if again is None and _not_understood(alone) and not seen.strange_weight:
            again = self._training.once_more(seen, memory.slots)
        if again is None or (again.reply is not TrainingReply.FACTS and isinstance(alone, RuleQuestion)):
            return alone
        return again

    def _stands_alone(self, question: Question, seen: Recognised) -> bool:
        """Whether it needs nothing of a question on training before it: it names its document, or somebody's grade."""
        if isinstance(question, TrainingQuestion):
            asks = question.reply is not TrainingReply.OVERVIEW
            return bool(question.plans) and (asks or question.sure)
        graded = isinstance(question, RuleQuestion) and any(self._phrases.topics[t].grade for t in question.topics)
        return graded or not (_not_understood(question) or says_only_what_changes(seen))

    def _named(self, seen: Recognised, people: People) -> Named | None:
        """Only what nothing else explains can be a name."""
        may_name = seen.strange or any(not f.claim for f in seen.figures)
        asked = seen.unknown and seen.means("gap", "standing", "standing_of", "why_not")
        known = self._names.known(seen, people()) if may_name or asked else None
        return known or self._names.unknown(seen)

    def _of_person(self, named: Named, seen: Recognised) -> PersonStanding:
        grades = grades_of(seen, self._phrases)
        target = min(grades, key=self._phrases.grades.index) if grades else None
        if seen.means("next_grade"):
            target = "next"
        return PersonStanding(
            named=named.written, people=named.people, target=target, period=seen.period, language=seen.language
        )


def _of_a_time(question: Question, seen: Recognised, today: date) -> Question:
    """Refused where it asks how things stand at a time that is none: the figures of now would be no answer."""
    if not isinstance(question, OwnStanding | PersonStanding | TeamQuestion):
        return question
    step = None if isinstance(question, TeamQuestion) else question.step
    if step and step.kind not in _OF_NOW:
        return question
    odd = is_odd_time(seen.text, today, understood=seen.period_hit is not None)
    return OutOfScope(reason="odd_time", language=seen.language) if odd else question


def _not_understood(question: Question) -> bool:
    return isinstance(question, OutOfScope) and question.reason in ("not_found", "not_understood")


def _of_nobody(question: Question, named: Named) -> bool:
    """Whatever looks like a name: a refusal of what is asked (工资), or a document's words (客户经理 … 谁讲)."""
    if isinstance(question, TrainingQuestion):
        return question.sure or (question.firm and not named.people)
    return question.kind == "out_of_scope" and _refused_anyhow(question)


def _refused_anyhow(question: Question) -> bool:
    """Refused for what is asked (工资), whoever it is about."""
    return getattr(question, "reason", "") not in ("not_found", "not_understood")
