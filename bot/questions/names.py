"""Who a question is about: known people by name or staff number, and what looks like the name of somebody."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import Person
from bot.questions.lexicon import joined
from bot.questions.normalise import normalise
from bot.questions.phrases import Kind, Phrases
from bot.questions.recognise import Recognised

_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_NUMBER = re.compile(r"(?<![\w.])[a-z]{0,3}\d{3,12}(?![\d.万亿千百年月日元美])")
_LATIN_NAME = re.compile(r"[a-z]{2,}(?: [a-z]{2,}){0,2}")
_CHINESE_NAME = re.compile(r"[㐀-鿿\d]{2,4}")
_ASKED_OF = ("gap", "standing", "standing_of", "why_not")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named: the words, and everyone known whom they may mean."""

    written: str
    people: tuple[str, ...] = ()


class Names:
    """Finds the person in a question."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def mentioned(self, text: str, mentions: Mapping[str, str]) -> Named | None:
        """The first Slack mention; known where the handler has matched it to staff."""
        found = _MENTION.search(text)
        if not found:
            return None
        person = mentions.get(found[1])
        return Named(found[1], (person,) if person else ())

    def known(self, seen: Recognised, people: Sequence[Person]) -> Named | None:
        """A name or staff number of the staff, the longest first; words of the rulebook are no names."""
        numbers = set(_numbers(seen))
        for person in people:
            if person.id.lower() in numbers:
                return Named(person.id, (person.id,))
        named = {p.name for p in people if self._stands_in(seen, p.name)}
        if not named:
            return None
        name = max(named, key=len)
        return Named(name, tuple(p.id for p in people if p.name == name))

    def _stands_in(self, seen: Recognised, name: str) -> bool:
        spelled = normalise(name, self._phrases.characters)
        start = seen.text.find(spelled) if len(spelled) > 1 else -1
        if start < 0:
            return False
        end = start + len(spelled)
        if (start and joined(seen.text[start - 1], spelled[0])) or (
            end < len(seen.text) and joined(spelled[-1], seen.text[end])
        ):
            return False
        kinds = {e.kind for h in seen.hits if h.start <= start and end <= h.end for e in h.entries}
        return not kinds

    def unknown(self, seen: Recognised) -> Named | None:
        """What looks like a name where a standing or figures are asked for: 张伟离一级还差多少, 张伟的存款多少."""
        if seen.of_me:
            return None
        asked = seen.means(*_ASKED_OF)
        if asked and (number := next(_numbers(seen), None)):
            return Named(number)
        for end in () if seen.means("required") and not asked else _ends(seen):
            before = self._before(seen, end)
            if _CHINESE_NAME.fullmatch(before) and self._is_name(before) and _touches(before, seen.unknown):
                return Named(before)
        for stretch in seen.unknown if asked else ():
            written = stretch.strip(" ?.!'s")
            if _LATIN_NAME.fullmatch(written) or (_CHINESE_NAME.fullmatch(written) and self._is_name(written)):
                return Named(written)
        return None

    def _before(self, seen: Recognised, end: int) -> str:
        """The words right before the asking, without politeness in front and 的 behind."""
        start = max((h.end for h in seen.hits if h.end <= end and len(h.word) > 1), default=0)
        return seen.text[start:end].strip(" ,。!?@").removesuffix("的").removesuffix("现在").strip("查问看")

    def _is_name(self, text: str) -> bool:
        nicknamed = text[0] in "小老阿" and len(text) == 2 and text[1] in self._phrases.surnames
        return nicknamed or text[0] in self._phrases.surnames or text[:2] in self._phrases.surnames


def _numbers(seen: Recognised) -> Iterator[str]:
    """What may be a staff number: no part of an amount (180 million)."""
    for number in _NUMBER.finditer(seen.text):
        if not any(f.claim and f.start < number.end() and number.start() < f.end for f in seen.figures):
            yield number[0]


def _ends(seen: Recognised) -> Iterator[int]:
    """Where a name may end: before what is asked of it, or the time asked about (王五今年能升吗)."""
    for hit in seen.hits:
        telling = hit.keys(Kind.PERIOD) or hit.keys(Kind.ASPECT) or hit.keys(Kind.GRADE)
        if telling or set(hit.keys(Kind.INTENT)) & set(_ASKED_OF):
            yield hit.start
    if seen.period_hit:
        yield seen.period_hit.start


def _touches(name: str, unknown: tuple[str, ...]) -> bool:
    """Whether some of it is not explained otherwise: a name is no word of ours."""
    return any(character in stretch for character in name for stretch in unknown)
