"""Finding the known words in a normalised text: longest first, from left to right, none twice over the same letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.questions.normalise import normalise
from bot.questions.phrases import Entry, Kind, Phrases


class WordSet:
    """Words, and the lengths of those that begin with a character, longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words:
            lengths[word[0]].add(len(word))
        self.lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def longest_at(self, text: str, start: int, end: int) -> str | None:
        """The longest word that begins at `start` and ends by `end`."""
        for length in self.lengths.get(text[start], ()):
            word = text[start : start + length]
            if start + length <= end and word in self.words and whole(text, start, start + length):
                return word
        return None

    def all_in(self, text: str) -> dict[str, tuple[int, int]]:
        """Every word that stands in the text, however they overlap, at its first place."""
        found: dict[str, tuple[int, int]] = {}
        for start, first in enumerate(text):
            for length in self.lengths.get(first, ()):
                word = text[start : start + length]
                if word in self.words and word not in found and whole(text, start, start + length):
                    found[word] = (start, start + length)
        return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the text, and what it was recognised as."""

    start: int
    end: int
    word: str
    entries: tuple[Entry, ...]
    score: float = 1.0
    """Below one where the spelling only came near."""

    def keys(self, kind: Kind) -> tuple[str, ...]:
        """Its keys of that kind."""
        return tuple(e.key for e in self.entries if e.kind is kind)


class Lexicon:
    """All words, normalised as questions are, by their first character."""

    def __init__(self, phrases: Phrases) -> None:
        entries: dict[str, list[Entry]] = defaultdict(list)
        for word, entry in phrases.words:
            spelled = normalise(word, phrases.characters)
            if spelled and entry not in entries[spelled]:
                entries[spelled].append(entry)
        self.entries: dict[str, tuple[Entry, ...]] = {word: tuple(found) for word, found in entries.items() if found}
        telling = {word for word, found in self.entries.items() if any(e.kind is not Kind.FILLER for e in found)}
        guards = {word for word in self.entries.keys() - telling if _holds_one(word, telling)}
        self._first = WordSet(telling | guards)
        self._rest = WordSet(self.entries.keys() - telling)

    def scan(self, text: str) -> list[Hit]:
        """Every known word: those that tell something first (with what only looks like them: 告诉我), then fillers."""
        hits = list(self._found(text, self._first, 0, len(text)))
        fillers = [hit for start, end in gaps(text, hits) for hit in self._found(text, self._rest, start, end)]
        return sorted([*hits, *fillers], key=lambda hit: hit.start)

    def _found(self, text: str, words: WordSet, start: int, end: int) -> Iterator[Hit]:
        place = start
        while place < end:
            word = words.longest_at(text, place, end)
            if word:
                yield Hit(place, place + len(word), word, self.entries[word])
            place += len(word) if word else 1


def _holds_one(word: str, telling: set[str]) -> bool:
    """Whether a word that tells nothing has one within that would: 我 in 告诉我."""
    pieces = ((start, end) for start in range(len(word)) for end in range(start + 1, len(word) + 1))
    return any(word[start:end] in telling and whole(word, start, end) for start, end in pieces)


def whole(text: str, start: int, end: int) -> bool:
    """A Latin word must not be a piece of a longer one, nor a digit of a number."""
    before = start > 0 and joined(text[start - 1], text[start])
    after = end < len(text) and joined(text[end - 1], text[end])
    return not before and not after


def joined(left: str, right: str) -> bool:
    """Whether two neighbours belong to one Latin word, or to one number."""
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


def gaps(text: str, hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """The stretches that no hit covers, in order."""
    place = 0
    for hit in sorted(hits, key=lambda h: h.start):
        if hit.start > place:
            yield place, hit.start
        place = max(place, hit.end)
    if place < len(text):
        yield place, len(text)
