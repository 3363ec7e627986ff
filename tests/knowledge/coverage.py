"""What of the source stands in a fact, in a clause, or in the list of what was left out: sentence by sentence.

`make coverage` prints the counts and, with their lines, the sentences of which a word is held by nothing.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from bot.domain.rulebook import Rulebook
from bot.domain.training_plans import TrainingPlans
from bot.loading import data
from bot.loading.rulebooks import load_shelf
from bot.loading.training import load_training, source_file, squeezed

REGULATION = "为完善我行市场营销体制"
"""Where it begins; what stands before belongs to the training documents."""
_ENDS = re.compile(r"[^。;!?!?]*[。;!?!?]?")
_NUMBERING = re.compile(
    r"第[一二三四五六七八九十]+条|[一二三四五六]、|[((][一二三123][))]|\d{1,2}[.、]|(?<![A-Za-z])[a-d]、"
)
"""How the regulation and the plans number their items: the labels of clauses hold it, their texts do not."""
_TELLS = re.compile(r"[㐀-鿿A-Za-z0-9]")


@dataclass(frozen=True)
class Sentence:
    """A sentence, with the line in which it begins; `held`: by a fact, a clause, the list, or nothing."""

    line: int
    text: str
    held: str
    left: str
    """What nothing holds."""


class Source:
    """The text without white space, each character with its line and what holds it."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        self.text = "".join(squeezed(line) for line in lines)
        self.lines = [number for number, line in enumerate(lines, 1) for _ in squeezed(line)]
        self.breaks = set(_paragraphs(lines))
        self.holder = [""] * len(self.text)

    def mark(self, quote: str, holder: str, first: int = 1, last: int = sys.maxsize) -> int:
        """Every place of a quote between two lines; how many."""
        wanted, found = squeezed(quote), 0
        for place in (m.start() for m in re.finditer(re.escape(wanted), self.text)):
            if first <= self.lines[place] and self.lines[place + len(wanted) - 1] <= last:
                found += 1
                for at in range(place, place + len(wanted)):
                    self.holder[at] = self.holder[at] or holder
        return found

    def sentences(self) -> Iterator[Sentence]:
        """In order; a paragraph's end ends a sentence too."""
        starts = sorted({0, len(self.text), *self.breaks, *(m.end() for m in _ENDS.finditer(self.text) if m[0])})
        for start, end in pairwise(starts):
            telling = [at for at in range(start, end) if _TELLS.match(self.text[at])]
            if telling:
                holders = Counter(self.holder[at] for at in telling if self.holder[at])
                left = "".join("" if self.holder[at] else self.text[at] for at in range(start, end))
                missing = _TELLS.search(_NUMBERING.sub("", left))
                held = "" if missing or not holders else holders.most_common(1)[0][0]
                yield Sentence(self.lines[start], self.text[start:end], held, left)


def _paragraphs(lines: list[str]) -> Iterator[int]:
    """Places in the text without white space where a blank line stood."""
    place = 0
    for line in lines:
        place += len(squeezed(line))
        if not line.strip():
            yield place


def left_out() -> dict[str, list[str]]:
    """Reason -> the passages left out for it."""
    path = data.knowledge() / "training" / "left_out.yaml"
    found: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def covered(plans: TrainingPlans, rulebook: Rulebook) -> Source:
    """The source with everything marked that holds a part of it."""
    source = Source(source_file())
    for plan in plans.plans:
        for fact in plan.facts:
            for quote in fact.quotes:
                source.mark(quote, "fact", *plan.lines)
    start = source.lines[source.text.index(REGULATION)]
    for clause in rulebook.clauses.values():
        if clause.printed:
            source.mark(clause.printed, "clause", start)
    for passages in left_out().values():
        for passage in passages:
            source.mark(passage, "left out")
    return source


def main() -> int:
    """Prints the counts; 1 where a sentence is held by nothing."""
    sentences = list(covered(load_training(), load_shelf().rulebooks[-1]).sentences())
    counts = Counter(sentence.held for sentence in sentences)
    for held, name in (("fact", "in a fact"), ("clause", "in a clause"), ("left out", "left out, with a reason")):
        print(f"{counts[held]:5} {name}")
    print(f"{counts['']:5} in nothing, of {len(sentences)} sentences")
    for sentence in sentences:
        if not sentence.held:
            print(f"      line {sentence.line}: {sentence.left}")
    return 1 if counts[""] else 0


if __name__ == "__main__":
    sys.exit(main())
