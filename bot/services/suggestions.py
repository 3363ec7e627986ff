"""The choices of a question asked back: at most three, each of them a question that can be asked as it stands."""

from collections.abc import Sequence

from bot.domain.people import Person
from bot.domain.rulebook import Rulebook
from bot.questions.phrases import Choices, ChoicesByLanguage
from bot.questions.question import Language, Unclear
from bot.services.outcomes import Clarify, ClarifyInPrivate

MOST = 3


def which(question: Unclear, rulebook: Rulebook, choices: ChoicesByLanguage) -> Clarify:
    """Of two things that one word may mean; of nothing definite, the usual questions."""
    words = choices.of(question.language)
    asks = [words.asks[aspect] for aspect in question.aspects if aspect in words.asks]
    if len(asks) < 2:
        return Clarify(question=words.which, choices=words.vague[:MOST])
    key = question.grades[0] if question.grades else None
    if not key:
        return Clarify(question=words.which, choices=tuple(asks[:MOST]))
    grade = key if question.language is Language.EN else rulebook.grade(key).short_name
    return Clarify(
        question=words.which, choices=tuple(words.aspect.format(grade=grade, ask=ask) for ask in asks[:MOST])
    )


def same_name(people: Sequence[Person], words: Choices) -> ClarifyInPrivate:
    """Of several people of one name, all of whom the asker may see."""
    choices = tuple(words.person.format(name=person.name, id=person.id) for person in people[:MOST])
    return ClarifyInPrivate(question=words.same_name, choices=choices)
