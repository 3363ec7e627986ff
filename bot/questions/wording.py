"""The regulation's own words, by topic: what a topic's clauses say is not strange beside it, and a text that is made of
them asks for that topic, though no phrase foresaw it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import log

from bot.questions.fact_index import pairs_of
from bot.questions.normalise import normalise
from bot.questions.phrases import Phrases
from bot.questions.recognise import Recognised, Span

_TELLING = 6.0
"""Weight of pairs that are no chance: some three that stand in a topic or two each."""
_AHEAD = 1.25
"""So much more than the next topic of other clauses the best one must hold."""
_MOST_STRANGE = 0


class Wording:
    """Made once: the pairs of letters of each topic's clauses and of its answers."""

    def __init__(self, phrases: Phrases, clauses: Mapping[str, str]) -> None:
        """`clauses`: the texts of the rulebook's clauses by id; without them nothing is known."""
        spelled = {key: normalise(text, phrases.characters) for key, text in clauses.items()}
        self._clauses = {key: frozenset(topic.clauses) for key, topic in phrases.topics.items()}
        self._pairs: dict[str, frozenset[str]] = {}
        self._among: dict[str, list[str]] = defaultdict(list)
        for key, topic in phrases.topics.items() if clauses else ():
            texts = [normalise(topic.say, phrases.characters), *(spelled.get(clause, "") for clause in topic.clauses)]
            self._pairs[key] = frozenset().union(*map(pairs_of, texts))
            for pair in self._pairs[key]:
                self._among[pair].append(key)
        groups = max(1, len(set(self._clauses.values())))
        self._weight = {p: log(groups / len({self._clauses[key] for key in keys})) for p, keys in self._among.items()}

    def eased(self, seen: Recognised, topics: Iterable[str]) -> Recognised:
        """Without the strange letters that stand in what the topics' clauses say."""
        known = frozenset().union(*(self._pairs.get(topic, frozenset()) for topic in topics))
        return replace(seen, strange=tuple(_left(seen, known))) if known and seen.strange else seen

    def topic_of(self, seen: Recognised) -> str | None:
        """The topic that the text is worded like; None where several are, or where something stays strange."""
        scores: dict[str, float] = defaultdict(float)
        for pair in pairs_of(seen.text):
            for key in self._among.get(pair, ()):
                scores[key] += self._weight[pair]
        best = max(scores, key=lambda key: scores[key], default=None)
        if best is None or scores[best] < _TELLING:
            return None
        others = (scores[key] for key in scores if not self._clauses[key] & self._clauses[best])
        left = sum(span.weight for span in _left(seen, self._pairs[best]))
        return best if left <= _MOST_STRANGE and scores[best] >= _AHEAD * max(others, default=0.0) else None


def _left(seen: Recognised, known: frozenset[str]) -> Iterable[Span]:
    """The strange spans, those letters apart that stand in a known pair with a neighbour."""
    text = seen.text
    held = {n for n in range(len(text) - 1) if text[n : n + 2] in known}
    for span in seen.strange:
        start = span.start
        for place in range(span.start, span.end + 1):
            if place < span.end and place not in held and place - 1 not in held:
                continue
            if place > start and (piece := Span(start, place, text[start:place])).weight:
                yield piece
            start = place + 1
