"""Questions about the sessions that HR has put down, and about one's own hours: 下次培训什么时候, 我的学时够吗."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.training_sessions import Span
from bot.questions.normalise import spell_all
from bot.questions.question import GapTrainingQuestion, HoursQuestion, Language, Question, SessionsQuestion

_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
Signs = tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class SessionWords:
    """knowledge/phrases/sessions.yaml, as `bot.loading.session_words` reads it."""

    spans: Mapping[Span, tuple[str, ...]]
    months: Mapping[str, int]
    things: tuple[str, ...]
    asks: tuple[str, ...]
    open: Signs
    mine: Signs
    hours: Signs
    gaps: Signs
    never: tuple[str, ...]
    generic: tuple[str, ...]
    """Say nothing of a topic."""

    def spelled(self, characters: Mapping[int, str]) -> "SessionWords":
        """As texts are normalised (下一次 is 下1次 there)."""

        def several(words: Iterable[str]) -> tuple[str, ...]:
            return tuple(spell_all(words, characters))

        def signs(many: Signs) -> Signs:
            return tuple(tuple(several(group) for group in sign) for sign in many)

        return SessionWords(
            {span: several(words) for span, words in self.spans.items()},
            self.months,
            several(self.things),
            several(self.asks),
            signs(self.open),
            signs(self.mine),
            signs(self.hours),
            signs(self.gaps),
            several(self.never),
            several(self.generic),
        )


class SessionsReader:
    """Reads a normalised text; None where it asks for none of these."""

    def __init__(self, words: SessionWords, characters: Mapping[int, str]) -> None:
        self._words = words.spelled(characters)

    def read(self, text: str, language: Language) -> Question | None:
        """A session list, or the asker's hours. What speaks of a plan (方案, 每月) is left to the documents."""
        words = self._words
        if _any(words.never, text):
            return None
        if _holds(words.gaps, text):
            return GapTrainingQuestion(language=language)
        if _holds(words.hours, text):
            return HoursQuestion(language=language)
        if _holds(words.mine, text):
            return SessionsQuestion(language=language, mine=True)
        span, month = self._time(text)
        timed = span and _any(words.things, text) and _any(words.asks, text)
        if not timed and not _holds(words.open, text):
            return None
        return SessionsQuestion(language=language, span=span or Span.NEXT, month=month, topic=self._topic(text, span))

    def _time(self, text: str) -> tuple[Span | None, int | None]:
        """The most particular time: a month or a week goes before 还有, which only says that something comes."""
        if found := _MONTH.search(text):
            return Span.MONTH, int(found[1])
        if month := next((number for name, number in self._words.months.items() if _stands(name, text)), None):
            return Span.MONTH, month
        given = [span for span in Span if _any(self._words.spans.get(span, ()), text)]
        return next((span for span in given if span is not Span.NEXT), given[0] if given else None), None

    def _topic(self, text: str, span: Span | None) -> str:
        words = self._words
        idle = {*words.generic, *words.asks, *(words.spans.get(span, ()) if span else ())}
        for word in sorted(idle, key=len, reverse=True):
            text = (
                re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", "|", text)
                if word.isascii()
                else text.replace(word, "|")
            )
        return re.sub(r"[|\s?!.,。]+", "|", text).strip("|")


def _holds(signs: Signs, text: str) -> bool:
    return any(all(_any(group, text) for group in sign) for sign in signs)


def _any(words: Iterable[str], text: str) -> bool:
    return any(_stands(word, text) for word in words)


def _stands(word: str, text: str) -> bool:
    """A Latin word stands whole, a Chinese one anywhere."""
    if word not in text:
        return False
    if word.isascii() and word[0].isalpha():
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
    return True
