"""Words that only come near a known one: by ear (村款), by eye (货款), or a letter wrong or moved."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from bot.questions.lexicon import Hit, Lexicon
from bot.questions.normalise import normalise
from bot.questions.phrases import Entry, Kind, Phrases
from bot.questions.pinyin import DIGITS as _DIGITS

_SOUGHT = (Kind.GRADE, Kind.ASPECT, Kind.TOPIC)
_LATIN = re.compile(r"[a-z][a-z-]{3,}")
_NEAR_LATIN = 82
_EAR, _EYE, _SLIP = 0.9, 0.85, 0.8
_LONG = 4
_LONGEST = 8
_SAYING = re.compile(r"[要什么多少哪几吗的算能还你我不没会可谁怎如何是有在满干做得个大小]")
"""Words that hold one are ways of asking, and too near to other ways of asking."""


class Alike:
    """Words as they are when letters that are alike are written as one."""

    def __init__(self, words: Iterable[str], table: Mapping[int, str], score: float) -> None:
        self._table, self.score = table, score
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._words[word.translate(table)].append(word)
        self.longest = max(map(len, self._words), default=0)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[0]].add(len(word))
        self.lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        """Of the words that begin with a letter, longest first."""

    def written(self, text: str) -> str:
        """The text in those letters."""
        return text.translate(self._table)

    def words(self, written: str, window: str) -> list[str]:
        """The words that this stretch may be; of two letters one must be right (保函 is no 包含), and 的 ends a
        word (产品的)."""
        found = self._words.get(written, [])
        if len(window) > 2:
            return found
        return [] if "的" in window else [w for w in found if any(map(str.__eq__, w, window))]


class Slips:
    """Words with a letter wrong or missing; two letters in either order."""

    score = _SLIP

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = defaultdict(list)
        self.longest = 0
        for word in words:
            for key in _with_a_slip(word):
                self._words[key].append(word)
                self.longest = max(self.longest, len(word) + 1)

    def written(self, text: str) -> str:
        """As it is."""
        return text

    def words(self, written: str, window: str) -> list[str]:
        """The words that this stretch may be."""
        if "\0" in window:
            return []
        return next((found for key in _with_a_slip(window) if (found := self._words.get(key))), [])


class Spelling:
    """The sought words by sound, by shape and by letters."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases) -> None:
        sought = {w: e for w, e in lexicon.entries.items() if _is_sought(w, e)}
        for word in (w for sign in phrases.signs for group in sign.groups for w in group):
            if word in phrases.misspelt or (len(word) > 2 and not _SAYING.search(word)):
                sought.setdefault(normalise(word, phrases.characters), ())
        self._entries = sought
        chinese = [w for w in sought if not w.isascii() and 2 <= len(w) <= _LONGEST]
        self._ear = Alike(chinese, _one_letter_a_sound(phrases.sounds), _EAR)
        things = [w for w in chinese if not _SAYING.search(w) and _names_a_thing(sought[w])]
        ways: tuple[Alike | Slips, ...] = (
            Alike(chinese, {ord(c): first for c, first in phrases.shapes.items()}, _EYE),
            Slips(things),
        )
        self._ways = (self._ear, *ways)
        self._latin = [w for w in sought if w.isascii() and len(w) > 3]

    def near(self, text: str, start: int, end: int, *, alike: bool = False) -> list[Hit]:
        """Hits within an unknown stretch of the text; a window may reach past it: 存 of 存宽 is known, 宽 is not.
        `alike`: by sound and shape alone."""
        piece = text[start:end]
        if piece.isascii():
            return [hit for word in _LATIN.finditer(piece) if (hit := self._near_latin(word, start))]
        for way in self._ways[:2] if alike else self._ways:
            if hit := self._first(way, text, start, end):
                return [hit]
        return []

    def _first(self, way: Alike | Slips, text: str, start: int, end: int) -> Hit | None:
        """The longest there is, from the left."""
        low, high = max(0, start - 3), min(len(text), end + 3)
        written = way.written(text)
        for length in range(min(way.longest + 1, high - low), 1, -1):
            for place in range(max(low, start - length + 1), min(high - length, end - 1) + 1):
                if words := way.words(written[place : place + length], text[place : place + length]):
                    return self._hit(words, place, place + length, way.score)
        return None

    def by_ear_alone(self, text: str) -> list[Hit]:
        """A long word hidden in words that tell nothing (行元等级), or a grade (三及)."""
        written = self._ear.written(text)
        for place in range(len(text)):
            for length in self._ear.lengths.get(written[place], ()):
                window = text[place : place + length]
                words = self._ear.words(written[place : place + length], window) if len(window) == length else []
                if length < _LONG and not any(e.kind is Kind.GRADE for w in words for e in self._entries[w]):
                    continue
                if words and window not in words:
                    return [self._hit(words, place, place + length, _EAR)]
        return []

    def _near_latin(self, word: "re.Match[str]", start: int) -> Hit | None:
        best = process.extractOne(word[0], self._latin, scorer=fuzz.ratio, score_cutoff=_NEAR_LATIN)
        return self._hit([best[0]], start + word.start(), start + word.end(), best[1] / 100) if best else None

    def _hit(self, words: Iterable[str], start: int, end: int, score: float) -> Hit:
        entries: tuple[Entry, ...] = tuple(dict.fromkeys(e for word in words for e in self._entries[word]))
        return Hit(start, end, next(iter(words)), entries, score)


def _is_sought(word: str, entries: Iterable[Entry]) -> bool:
    """What can be asked for, and long words beside it (客户精力)."""
    return _names_a_thing(entries) or (len(word) >= _LONG and not _SAYING.search(word))


def _names_a_thing(entries: Iterable[Entry]) -> bool:
    return any(entry.kind in _SOUGHT for entry in entries)


def _one_letter_a_sound(sounds: Mapping[str, str]) -> dict[int, str]:
    """Each letter and digit by the first letter of its sound."""
    first: dict[str, str] = {}
    letters = {c: first.setdefault(sound, c) for c, sound in sounds.items()}
    digits = {digit: first.setdefault(sound, digit) for digit, sound in _DIGITS.items()}
    return {ord(c): letter for c, letter in {**letters, **digits}.items()}


def _with_a_slip(word: str) -> Iterator[str]:
    """A long word by what is left without one of its letters, one of two letters by them in order."""
    if len(word) >= _LONG:
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]
    elif len(word) == 2 and not word[0].isdigit():
        yield "~" + "".join(sorted(word))
