"""The words of knowledge/phrases/training.yaml, which `bot.loading.training_words` reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.training_plans import Aspect
from bot.questions.lexicon import WordSet
from bot.questions.normalise import spell_all


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingWords:
    """As written there."""

    signs: tuple[str, ...]
    """Whoever says one speaks of training."""
    speaks: tuple[str, ...]
    """So does whoever says one of these, and the facts are searched for it."""
    names: tuple[str, ...]
    """Parts of a document's name that make it one: 零售方案."""
    audiences: tuple[str, ...]
    """Whom only the training documents speak of."""
    idle: tuple[str, ...]
    """Tell nothing about what is asked."""
    particles: tuple[str, ...]
    """Letters that are no part of a word with their neighbours."""
    aspects: Mapping[Aspect, tuple[str, ...]]
    levels: Mapping[str, tuple[str, ...]]
    """The three-level scheme's, by their names in it."""
    level_asked: tuple[str, ...]
    """Ask which level somebody of a grade is trained at, where a grade is named."""
    reading: tuple[str, ...]
    """Ask which grade a level is for (reading T1)."""
    topics: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """(words of the asker, words of the documents)."""
    unsaid: tuple[str, ...]
    """Ask for what no document says."""
    others: tuple[str, ...]
    """Whom no document is for."""
    joins: tuple[str, ...]
    """Stand between two names of which both are meant."""
    which: tuple[str, ...]
    """Ask which document it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A known word at its place, and what it stands for."""

    start: int
    end: int
    word: str
    keys: tuple[str, ...]


class Vocabulary:
    """Words with what each stands for, found longest first from left to right."""

    def __init__(self, words: Iterable[tuple[str, str]], characters: Mapping[int, str]) -> None:
        found: dict[str, list[str]] = {}
        pairs = list(words)
        for spelled, (_, key) in zip(spell_all([word for word, _ in pairs], characters), pairs, strict=True):
            if spelled and key not in found.setdefault(spelled, []):
                found[spelled].append(key)
        self.keys = {word: tuple(keys) for word, keys in found.items()}
        self._words = WordSet(self.keys)

    def find(self, text: str) -> list[Piece]:
        """In the order of the text, none over another."""
        pieces, until, begins = [], 0, self._words.lengths
        for place, character in enumerate(text):
            if place < until or character not in begins:
                continue
            word = self._words.longest_at(text, place, len(text))
            if word:
                until = place + len(word)
                pieces.append(Piece(place, until, word, self.keys[word]))
        return pieces


def blanked(text: str, pieces: Iterable[Piece]) -> str:
    """The text with these blanked out, places unchanged."""
    letters = list(text)
    for piece in pieces:
        letters[piece.start : piece.end] = " " * (piece.end - piece.start)
    return "".join(letters)
