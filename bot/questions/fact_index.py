"""The facts of the training documents by what stands in them: pairs of characters, each weighed by how rare it is.

No stems and no segmentation: in Chinese a pair of characters is nearly a word, and a letter typed wrong costs two pairs
of many.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.domain.training_plans import Aspect, Fact, Plan, TrainingPlans
from bot.questions.normalise import normalise

_RUN = re.compile(r"[㐀-鿿\d.%]+|[a-z][a-z'-]+")
_TITLE = 0.6
"""What a pair in the title of a fact counts on top: it is what the fact is called."""
_LONG = 400
"""A fact of so many pairs counts half: a long passage holds a little of everything."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One fact: its place in the index, how much there is of it, and all that it says and quotes, normalised."""

    place: int
    plan: Plan
    fact: Fact
    size: int
    text: str

    @property
    def citation(self) -> str:
        """As answers cite it."""
        return self.plan.cite(self.fact)

    def holds(self, other: "Indexed") -> bool:
        """Whether it quotes all that the other quotes."""
        return all(any(quote in own for own in self.fact.quotes) for quote in other.fact.quotes)


class FactIndex:
    """Made once from the documents."""

    def __init__(self, plans: TrainingPlans, characters: Mapping[int, str]) -> None:
        self._characters = characters
        self.facts: list[Indexed] = []
        self._among: dict[str, list[int]] = defaultdict(list)
        self._on: dict[Aspect, list[int]] = defaultdict(list)
        self._titled: dict[str, list[int]] = defaultdict(list)
        for plan in plans.plans:
            for fact in plan.facts:
                self._add(plan, fact)
        self._weight = {pair: log(len(self.facts) / len(places)) for pair, places in self._among.items()}

    def _add(self, plan: Plan, fact: Fact) -> None:
        place = len(self.facts)
        parts = [normalise(part, self._characters) for part in (fact.title, fact.say, fact.say_en, *fact.quotes)]
        pairs = frozenset().union(*map(pairs_of, parts))
        self._on[fact.aspect].append(place)
        for pair in pairs:
            self._among[pair].append(place)
        for pair in pairs_of(parts[0]):
            self._titled[pair].append(place)
        self.facts.append(Indexed(place, plan, fact, len(pairs), " ".join(parts)))

    def spelled(self, text: str) -> str:
        """As the facts are spelled."""
        return normalise(text, self._characters)

    def pairs(self, text: str) -> frozenset[str]:
        """Of a text in any spelling."""
        return pairs_of(self.spelled(text))

    def on(self, aspect: Aspect) -> Sequence[int]:
        """The places of the facts on it."""
        return self._on.get(aspect, ())

    def known(self, pair: str) -> bool:
        """Whether it stands in any fact."""
        return pair in self._weight

    def stands_in(self, pair: str, place: int) -> bool:
        """Whether the fact at that place holds the pair."""
        return place in self._among.get(pair, ())

    def held(self, pairs: Iterable[str]) -> dict[int, float]:
        """By the place of each fact that holds any of the pairs: how telling those are together."""
        found: dict[int, float] = defaultdict(float)
        for pair in pairs:
            weight = self._weight.get(pair, 0.0)
            for place in self._among.get(pair, ()):
                found[place] += weight
        return found

    def most(self, pairs: Iterable[str]) -> float:
        """How much of the pairs the fact holds that holds most."""
        return max(self.held(pairs).values(), default=0.0)

    def scores(self, pairs: Iterable[str]) -> dict[int, float]:
        """The same with titles counting more and long facts less, by the place of the fact."""
        found = self.held(pairs)
        for pair in pairs:
            for place in self._titled.get(pair, ()):
                found[place] += _TITLE * self._weight[pair]
        return {place: weight / (1 + self.facts[place].size / _LONG) for place, weight in found.items()}


def pairs_of(text: str) -> frozenset[str]:
    """Pairs of neighbours in each run of Chinese and digits; a Latin word counts as one, its plural as the same."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        latin = run[0].isalpha() and run.isascii()
        found |= {_singular(run)} if latin else {run[n : n + 2] for n in range(len(run) - 1)}
    return frozenset(found)


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
