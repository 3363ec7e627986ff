"""Words that only come near a known one: by ear (村款), by eye (货款), or a letter wrong or moved."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz import fuzz, process

from bot.questions.lexicon import Hit, Lexicon
from bot.questions.normalise import normalise
from bot.questions.phrases import Entry, Kind, Phrases

_SOUGHT = (Kind.GRADE, Kind.ASPECT, Kind.TOPIC)
_LATIN = re.compile(r"[a-z][a-z-]{3,}")
_NEAR_LATIN = 82
_EAR, _EYE, _SLIP = 0.9, 0.85, 0.8
_LONG = 4
_LONGEST = 8
_SAYING = re.compile(r"[要什么多少哪几吗的算能还你我不没会可谁怎如何是有在满干做得个大小]")
"""Words that hold one are ways of asking, and too near to other ways of asking."""

Key = tuple[str, ...]


class Alike:
    """Words under keys that several spellings share."""

    def __init__(self, words: Iterable[str], keys: Callable[[str], Iterable[Key]], score: float) -> None:
        self._keys, self.score = keys, score
        self._words: dict[Key, list[str]] = defaultdict(list)
        for word in words:
            for key in keys(word):
                self._words[key].append(word)
        self.longest = max((len(word) for many in self._words.values() for word in many), default=0)

    def words(self, window: str) -> list[str]:
        """The words that this stretch may be; of two letters one must be right: 保函 is no 包含."""
        if "\0" in window:
            return []
        found = next((found for key in self._keys(window) if (found := self._words.get(key))), [])
        return found if len(window) > 2 else [word for word in found if set(word) & set(window)]


class Spelling:
    """The sought words by sound, by shape and by letters."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases) -> None:
        sought = {w: e for w, e in lexicon.entries.items() if _is_sought(w, e)}
        for word in (w for sign in phrases.signs for group in sign.groups for w in group):
            if len(word) > 1 and not _SAYING.search(word):
                sought.setdefault(normalise(word, phrases.characters), ())
        self._entries = sought
        chinese = [w for w in sought if not w.isascii() and 2 <= len(w) <= _LONGEST]
        self._ear = Alike(chinese, _heard_by(phrases.sounds), _EAR)
        things = [w for w in chinese if not _SAYING.search(w) and _names_a_thing(sought[w])]
        ways = (Alike(chinese, _seen_by(phrases.shapes), _EYE), Alike(things, _with_a_slip, _SLIP))
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

    def _first(self, way: Alike, text: str, start: int, end: int) -> Hit | None:
        """The longest there is, from the left."""
        low, high = max(0, start - 3), min(len(text), end + 3)
        for length in range(min(way.longest + 1, high - low), 1, -1):
            for place in range(max(low, start - length + 1), min(high - length, end - 1) + 1):
                if words := way.words(text[place : place + length]):
                    return self._hit(words, place, place + length, way.score)
        return None

    def by_ear_alone(self, text: str) -> list[Hit]:
        """A long word hidden in words that tell nothing (行元等级), or a grade (三及)."""
        for place in range(len(text)):
            for length in range(min(self._ear.longest, len(text) - place), 1, -1):
                window = text[place : place + length]
                if length < _LONG and not (window[0].isdigit() and length == 2):
                    continue
                words = self._ear.words(window)
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


def _heard_by(sounds: Mapping[str, str]) -> Callable[[str], Iterator[Key]]:
    def keys(word: str) -> Iterator[Key]:
        heard = tuple(c if c.isdigit() else sounds.get(c, "") for c in word)
        if all(heard):
            yield heard

    return keys


def _seen_by(shapes: Mapping[str, str]) -> Callable[[str], Iterator[Key]]:
    def keys(word: str) -> Iterator[Key]:
        if any(c in shapes for c in word):
            yield tuple(shapes.get(c, c) for c in word)

    return keys


def _with_a_slip(word: str) -> Iterator[Key]:
    """A long word by what is left without one of its letters, one of two letters by them in either order."""
    if len(word) >= _LONG:
        yield tuple(word)
        for place in range(len(word)):
            yield tuple(word[:place] + word[place + 1 :])
    elif len(word) == 2 and not word[0].isdigit():
        yield ("~", *sorted(word))
