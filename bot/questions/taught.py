"""What HR has taught, as paraphrases: the same grades, things and nouns, in whatever words around them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.questions.fact_index import pairs_of
from bot.questions.phrases import Kind, Phrases
from bot.questions.recognise import Recognised
from bot.questions.subject import grades_of, subject_of

_ALIKE = 0.6
"""Of the pairs of letters of both texts' nouns, so many must be shared (twice those shared, over all)."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text is about without its words of asking; `nouns`: pairs of letters that the rulebook does not know."""

    grades: frozenset[str]
    things: frozenset[str]
    nouns: frozenset[str]

    def like(self, other: "Gist") -> float:
        """How alike, from 0 to 1; 0 where grades or things contradict, or where either has no noun."""
        same = self.things <= other.things or other.things <= self.things
        if self.grades != other.grades or not (same and self.nouns and other.nouns):
            return 0.0
        return 2 * len(self.nouns & other.nouns) / (len(self.nouns) + len(other.nouns))


def gist_of(seen: Recognised, phrases: Phrases) -> Gist:
    """Of a text taken apart. A word that is refused (配车) is a noun of its own."""
    subject = subject_of(seen, phrases)
    refused = [hit.word for hit in seen.hits if hit.keys(Kind.SCOPE)]
    figures = (f"{claim.unit}:{claim.number}" for claim in seen.claims)
    nouns = (span.text for span in seen.strange)
    return Gist(
        grades=frozenset(grades_of(seen, phrases)),
        things=frozenset((*subject.aspects, *subject.topics, *figures)),
        nouns=frozenset().union(*(pairs_of(noun) for noun in (*nouns, *refused))),
    )


def nearest(asked: Gist, taught: Iterable[tuple[str, Gist]]) -> str | None:
    """The phrase taught that is most alike; None where none is alike enough."""
    best = max(((asked.like(gist), phrase) for phrase, gist in taught), default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None
