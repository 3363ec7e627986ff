"""The one way from a text to a typed question: normalise, recognise, resolve. Pure; words come from `Phrases`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.domain.people import Person
from bot.questions.names import Named, Names
from bot.questions.phrases import Phrases
from bot.questions.question import PersonStanding, Question
from bot.questions.recognise import Recognised, Recogniser
from bot.questions.resolve import Resolver
from bot.questions.subject import grades_of

People = Callable[[], Sequence[Person]]
"""The staff, fetched only for a text that may name somebody."""


class Understanding:
    """Understands texts; made once from the phrases, it holds no state of any conversation."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._recogniser = Recogniser(phrases)
        self._resolver = Resolver(phrases)
        self._names = Names(phrases)

    def understand(self, text: str, people: People, today: date, mentions: Mapping[str, str] | None = None) -> Question:
        """The question that the text asks. `mentions`: Slack user ids in it that are matched to staff."""
        seen = self._recogniser.recognise(self._recogniser.spelled(text), today)
        named = self._names.mentioned(text, mentions or {}) or self._named(seen, people)
        question = self._resolver.resolve(seen)
        if not named or (question.kind == "out_of_scope" and _refused_anyhow(question)):
            return question
        return self._of_person(named, seen)

    def _named(self, seen: Recognised, people: People) -> Named | None:
        """Only what nothing else explains can be a name."""
        may_name = any(len(stretch.strip()) > 1 for stretch in seen.unknown) or any(not f.claim for f in seen.figures)
        known = self._names.known(seen, people()) if may_name or seen.unknown else None
        return known or self._names.unknown(seen)

    def _of_person(self, named: Named, seen: Recognised) -> PersonStanding:
        grades = grades_of(seen, self._phrases)
        target = min(grades, key=self._phrases.grades.index) if grades else None
        if seen.means("next_grade"):
            target = "next"
        return PersonStanding(
            named=named.written, people=named.people, target=target, period=seen.period, language=seen.language
        )


def _refused_anyhow(question: Question) -> bool:
    """Refused for what is asked (工资), whoever it is about."""
    return getattr(question, "reason", "") not in ("not_found", "not_understood")
