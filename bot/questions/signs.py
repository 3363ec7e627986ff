"""Words that mean something together, wherever in the text they stand: 资格 … 哪个小组 … 审."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.questions.lexicon import Hit, whole
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
        spelled: dict[str, str] = {}
        for sign in phrases.signs:
            for group in sign.groups:
                for word in group:
                    spelled.setdefault(word, normalise(word, phrases.characters))
        self._signs = [
            (s.entry, s.label, tuple(tuple(sorted({spelled[w] for w in g}, key=len, reverse=True)) for g in s.groups))
            for s in phrases.signs
        ]

    def scan(self, text: str) -> list[Found]:
        """Those in the text; one that says no more than another says is left out."""
        found = [
            Found(entry, label, pieces) for entry, label, groups in self._signs if (pieces := _pieces(text, groups))
        ]
        return [one for one in found if not any(_says_more(other, one) for other in found)]


def _pieces(text: str, groups: Iterable[tuple[str, ...]]) -> Pieces:
    pieces = []
    for words in groups:
        place = next((p for word in words if (p := _place(text, word))), None)
        if not place:
            return ()
        pieces.append(place)
    return tuple(pieces)


def _place(text: str, word: str) -> tuple[int, int] | None:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not word.isascii() or whole(text, start, end):
            return start, end
        start = text.find(word, end)
    return None


def _says_more(more: Found, less: Found) -> bool:
    """Of another meaning, with all the words of `less` and some besides."""
    own, other = _letters(less.pieces), _letters(more.pieces)
    return more.entry != less.entry and own < other


def _letters(pieces: Pieces) -> set[int]:
    return {place for start, end in pieces for place in range(start, end)}


def covered(found: Iterable[Found]) -> set[int]:
    """All letters that signs explain."""
    return {place for one in found for place in _letters(one.pieces)}
