"""Words that mean something together, wherever in the text they stand: 资格 … 哪个小组 … 审."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.questions.lexicon import Hit, WordSet
from bot.questions.normalise import normalise
from bot.questions.phrases import Entry, Phrases

Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A sign whose groups all stand in the text, each at its longest word."""

    entry: Entry
    label: str
    pieces: Pieces

    @property
    def hit(self) -> Hit:
        """As a hit without length, at the first of its words."""
        start = min(start for start, _ in self.pieces)
        return Hit(start, start, self.label, (self.entry,))


class Signs:
    """All signs of the phrases."""

    def __init__(self, phrases: Phrases) -> None:
        self._signs: list[tuple[Entry, str, tuple[frozenset[str], ...]]] = []
        self._of_word: dict[str, list[int]] = defaultdict(list)
        spelled = lru_cache(maxsize=None)(lambda word: normalise(word, phrases.characters))
        for number, sign in enumerate(phrases.signs):
            groups = tuple(frozenset(map(spelled, group)) for group in sign.groups)
            self._signs.append((sign.entry, sign.label, groups))
            for word in groups[0]:
                self._of_word[word].append(number)
        self._words = WordSet(word for _, _, groups in self._signs for group in groups for word in group)

    def scan(self, text: str) -> list[Found]:
        """Those in the text; one that says no more than another says is left out."""
        present = self._words.all_in(text)
        possible = {number for word in present for number in self._of_word.get(word, ())}
        found = [sign for number in sorted(possible) if (sign := self._found(number, present))]
        return [one for one in found if not any(_says_more(other, one) for other in found)]

    def _found(self, number: int, present: Mapping[str, tuple[int, int]]) -> Found | None:
        entry, label, groups = self._signs[number]
        pieces = []
        for group in groups:
            words = group & present.keys()
            if not words:
                return None
            pieces.append(present[max(words, key=lambda word: (len(word), word))])
        return Found(entry, label, tuple(pieces))


def _says_more(more: Found, less: Found) -> bool:
    """Of another meaning, with all the words of `less` and some besides."""
    own, other = _letters(less.pieces), _letters(more.pieces)
    return more.entry != less.entry and own < other


def _letters(pieces: Pieces) -> set[int]:
    return {place for start, end in pieces for place in range(start, end)}


def covered(found: Iterable[Found]) -> set[int]:
    """All letters that signs explain."""
    return {place for one in found for place in _letters(one.pieces)}
