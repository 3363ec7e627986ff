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
_NUMBER = re.compile(r"(?:(?<![\w.])|(?<=[和与跟及]))[a-z]{0,3}\d{3,12}(?![\d.万亿千百年月日元美])")
_LATIN_NAME = re.compile(r"[a-z]{2,}(?: [a-z]{2,}){0,2}")
_CHINESE_NAME = re.compile(r"[㐀-鿿\d]{2,4}")
_ASKED_OF = ("gap", "standing", "standing_of", "why_not")
_STEPS_OF = ("route", "cliff")
_COMPARED = re.compile(r"比|\bthan ")
_AND = re.compile(r" ?(?:和|与|跟|及|以及|、|,|&|/|\band\b) ?")


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
        """A name or staff number of the staff, the longest first; words of the rulebook are no names.

        Of several people all, so that the asker says which; nobody known where somebody unknown is named with them, or
        where the name is but part of a longer one (王静怡 is not 王静).
        """
        found = self._by_number(seen, people) or self._by_name(seen, people)
        if not found:
            return None
        if other := next(self._with_others(seen, found), None):
            return Named(other)
        written = "、".join(dict.fromkeys(one.written for one in found))
        return Named(written, tuple(dict.fromkeys(key for one in found for key in one.people)))

    def _by_number(self, seen: Recognised, people: Sequence[Person]) -> list[Named]:
        numbers = tuple(_numbers(seen))
        by_number = {person.id.lower(): person.id for person in people} if numbers else {}
        return [Named(by_number[n], (by_number[n],)) for n in numbers if n in by_number]

    def _by_name(self, seen: Recognised, people: Sequence[Person]) -> list[Named]:
        """Each name that stands in the text, in no longer one."""
        known = {p.name for p in people if self._stands_in(seen, p.name)}
        names = [name for name in known if not any(name in other for other in known - {name})]
        longer = {name: self._longer(seen, name) for name in names}
        whole = [Named(n, tuple(p.id for p in people if p.name == n)) for n in sorted(names) if not longer[n]]
        return whole or [Named(longer[n] or n) for n in names[:1]]

    def _longer(self, seen: Recognised, name: str) -> str | None:
        """The unexplained stretch that the name is but part of."""
        spelled = normalise(name, self._phrases.characters)
        if not _CHINESE_NAME.fullmatch(spelled):
            return None
        stretch = next((s.text for s in seen.strange if spelled in s.text), spelled).strip("的 ")
        return stretch if stretch != spelled and _CHINESE_NAME.fullmatch(stretch) else None

    def _with_others(self, seen: Recognised, found: Sequence[Named]) -> Iterator[str]:
        """Whoever else is named beside somebody known (李强和徐鹏) and is not known."""
        known = [normalise(one.written, self._phrases.characters) for one in found]
        places = [(seen.text.find(name), seen.text.find(name) + len(name)) for name in known]
        numbers = [(seen.text.find(n), n) for n in _numbers(seen)]
        words = [(s.start, s.text.strip()) for s in seen.strange if len(s.text.strip()) > 1 and self._is_name(s.text)]
        for start, other in (*numbers, *words):
            if not any(name in other for name in known) and any(
                _side_by_side(seen.text, start, other, p) for p in places
            ):
                yield other

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
            return self._compared_with(seen)
        asked = seen.means(*_ASKED_OF, *_STEPS_OF)
        if seen.means(*_ASKED_OF) and (number := next(_numbers(seen), None)):
            return Named(number)
        for end in () if seen.means("required") and not asked else _ends(seen):
            before = self._before(seen, end)
            if _CHINESE_NAME.fullmatch(before) and self._is_name(before) and _touches(before, self._unexplained(seen)):
                return Named(before)
        for stretch in self._unexplained(seen) if asked else ():
            written = stretch.strip(" ?.!'s")
            if _LATIN_NAME.fullmatch(written) or (_CHINESE_NAME.fullmatch(written) and self._is_name(written)):
                return Named(written)
        return None

    def _unexplained(self, seen: Recognised) -> tuple[str, ...]:
        """Where nothing but a step is asked, everyday words are no names: 应该怎么最快."""
        return seen.unknown if seen.means(*_ASKED_OF) else tuple(span.text for span in seen.strange)

    def _compared_with(self, seen: Recognised) -> Named | None:
        """我比李强多多少存款: asks for 李强's figures too."""
        for match in _COMPARED.finditer(seen.text):
            for span in seen.strange:
                name = span.text.strip(" ?.!")
                latin = bool(_LATIN_NAME.fullmatch(name))
                if span.start <= match.end() < span.end and (latin or (len(name) > 1 and self._is_name(name))):
                    return Named(name)
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
        if telling or set(hit.keys(Kind.INTENT)) & {*_ASKED_OF, *_STEPS_OF}:
            yield hit.start
    if seen.period_hit:
        yield seen.period_hit.start


def _touches(name: str, unknown: tuple[str, ...]) -> bool:
    """Whether some of it is not explained otherwise: a name is no word of ours."""
    return any(character in stretch for character in name for stretch in unknown)


def _side_by_side(text: str, start: int, word: str, place: tuple[int, int]) -> bool:
    """Whether nothing but an and stands between them."""
    between = text[start + len(word) : place[0]] if start < place[0] else text[place[1] : start]
    return bool(_AND.fullmatch(between))
