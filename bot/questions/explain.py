"""Why a text was understood as it was: what was recognised, the candidates with their scores, why the winner won."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.questions.lexicon import Hit
from bot.questions.phrases import Kind
from bot.questions.question import OutOfScope, Question
from bot.questions.recognise import Recognised
from bot.questions.strangeness import Strangeness


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the text and what it was taken for; `how`: exact, near (misspelt), together (a sign)."""

    written: str
    means: tuple[str, ...]
    how: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading in the order of precedence. `score`: how sure it is, from 0 to 1."""

    step: str
    score: float
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`limit`: how strange a text may be for the reading that the regulation would answer."""

    text: str
    words: tuple[Word, ...]
    strange: tuple[str, ...]
    strangeness: Strangeness
    limit: float
    candidates: tuple[Candidate, ...]
    question: Question
    remembered: Mapping[str, tuple[str, ...]] | None = None
    """The slots that the conversation lent, where it lent any."""
    named: str | None = None
    """Who was named, by staff number or as written."""

    @property
    def refused(self) -> bool:
        """Whether nothing of it is answered."""
        return isinstance(self.question, OutOfScope)

    def to_json(self) -> dict[str, Any]:
        """For `ladder ask --explain --json`."""
        return {
            "text": self.text,
            "recognised": [{"written": w.written, "means": list(w.means), "how": w.how, "score": w.score}
                           for w in self.words],
            "strange": {"words": list(self.strange), "weight": self.strangeness.weight, "limit": self.limit,
                        "compound": self.strangeness.compound},
            "candidates": [{"step": c.step, "score": c.score, "question": slots(c.question)} for c in self.candidates],
            "remembered": {k: list(v) for k, v in self.remembered.items()} if self.remembered is not None else None,
            "named": self.named,
            "question": slots(self.question),
        }  # fmt: skip


def words_of(seen: Recognised) -> tuple[Word, ...]:
    """What was recognised, fillers apart, in the order of the text."""
    found = []
    for hit in seen.hits:
        means = tuple(f"{e.kind}:{e.key}" for e in hit.entries if e.kind is not Kind.FILLER)
        if means:
            found.append(Word(_written(seen.text, hit), means, _how(hit), round(hit.score, 2)))
    return tuple(found)


def certainty(seen: Recognised, found: Strangeness, limit: float) -> float:
    """1 for exact words and nothing strange; 0 at the limit of strangeness, and for a compound."""
    if found.compound:
        return 0.0
    spelled = min((hit.score for hit in seen.hits), default=1.0)
    return round(spelled * max(0.0, 1 - found.weight / (limit + 1)), 2)


def slots(question: Question) -> dict[str, Any]:
    """A question's kind, and its slots that hold something."""
    values = {f.name: getattr(question, f.name) for f in fields(question)}
    return {"kind": question.kind, **{name: _plain(value) for name, value in values.items() if value}}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool) else str(value)


def _written(text: str, hit: Hit) -> str:
    return text[hit.start : hit.end] or hit.word


def _how(hit: Hit) -> str:
    if hit.start == hit.end:
        return "together"
    return "exact" if hit.score == 1 else "near"
