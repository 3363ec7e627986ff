"""Words that only come near a known one: typed by ear (村款), or with a letter wrong; sought where nothing is known."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from bot.questions.lexicon import Hit, Lexicon
from bot.questions.phrases import Entry, Kind, Phrases

_SOUGHT = (Kind.GRADE, Kind.ASPECT, Kind.TOPIC)
_LATIN = re.compile(r"[a-z][a-z-]{3,}")
_NEAR_LATIN, _NEAR_CHINESE = 82, 80
_EAR_SCORE = 0.9
_LONG = 4


class Spelling:
    """The sought words by sound and by letters."""

    def __init__(self, lexicon: Lexicon, phrases: Phrases) -> None:
        self._sounds = phrases.sounds
        sought = {w: e for w, e in lexicon.entries.items() if any(entry.kind in _SOUGHT for entry in e)}
        self._by_ear: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in sought:
            heard = self._heard(word)
            if heard and 2 <= len(word) <= 8:
                self._by_ear[heard].append(word)
        self._longest = max(map(len, self._by_ear), default=0)
        self._entries = sought
        self._latin = [w for w in sought if w.isascii() and len(w) > 3]
        self._chinese = [w for w in sought if not w.isascii() and len(w) > 3]

    def near(self, text: str, start: int, end: int) -> list[Hit]:
        """Hits within an unknown stretch of the text."""
        found = self._ear_hits(text, start, end)
        if found:
            return found
        piece = text[start:end]
        if piece.isascii():
            return [hit for word in _LATIN.finditer(piece) if (hit := self._near_latin(word, start))]
        return self._near_chinese(piece, start)

    def _heard(self, word: str) -> tuple[str, ...] | None:
        sounds = tuple(c if c.isdigit() else self._sounds.get(c, "") for c in word)
        return sounds if all(sounds) else None

    def _ear_hits(self, text: str, start: int, end: int) -> list[Hit]:
        """Longest first. A window may reach one character past the stretch: 存 of 存宽 is known, 宽 is not."""
        low, high = max(0, start - 2), min(len(text), end + 2)
        sounds = [c if c.isdigit() else self._sounds.get(c, "") for c in text[low:high]]
        for length in range(min(self._longest, high - low), 1, -1):
            for place in range(high - low - length + 1):
                covers = low + place < end and low + place + length > start
                words = self._by_ear.get(tuple(sounds[place : place + length])) if covers else None
                if words:
                    return [self._hit(words, low + place, low + place + length, _EAR_SCORE)]
        return []

    def by_ear_alone(self, text: str) -> list[Hit]:
        """A long word hidden in words that tell nothing (行元等级), or a grade (三及)."""
        sounds = [c if c.isdigit() else self._sounds.get(c, "") for c in text]
        for place, sound in enumerate(sounds):
            for length in range(min(self._longest, len(sounds) - place), 1, -1):
                words = self._by_ear.get(tuple(sounds[place : place + length])) if sound else None
                if words and (length >= _LONG or (sound.isdigit() and length == 2)):
                    return [self._hit(words, place, place + length, _EAR_SCORE)]
        return []

    def _near_latin(self, word: "re.Match[str]", start: int) -> Hit | None:
        best = process.extractOne(word[0], self._latin, scorer=fuzz.ratio, score_cutoff=_NEAR_LATIN)
        return self._hit([best[0]], start + word.start(), start + word.end(), best[1] / 100) if best else None

    def _near_chinese(self, piece: str, start: int) -> list[Hit]:
        if len(piece) < 4:
            return []
        best = process.extractOne(piece, self._chinese, scorer=fuzz.ratio, score_cutoff=_NEAR_CHINESE)
        return [self._hit([best[0]], start, start + len(piece), best[1] / 100)] if best else []

    def _hit(self, words: Iterable[str], start: int, end: int, score: float) -> Hit:
        entries: tuple[Entry, ...] = tuple(dict.fromkeys(e for word in words for e in self._entries[word]))
        return Hit(start, end, next(iter(words)), entries, score)
