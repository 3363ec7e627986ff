"""Finding the known words in a normalised text: longest first, from left to right, none twice over the same letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.questions.normalise import normalise
from bot.questions.phrases import Entry, Kind, Phrases


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
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.entries:
            lengths[word[0]].add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def scan(self, text: str) -> list[Hit]:
        """Every known word of the text."""
        hits, place = [], 0
        while place < len(text):
            hit = self._at(text, place)
            if hit:
                hits.append(hit)
            place = hit.end if hit else place + 1
        return hits

    def _at(self, text: str, start: int) -> Hit | None:
        for length in self._lengths.get(text[start], ()):
            word = text[start : start + length]
            found = self.entries.get(word)
            if found and whole(text, start, start + length):
                return Hit(start, start + length, word, found)
        return None


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
