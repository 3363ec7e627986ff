"""How strange a text is: what of it nothing explains, weighed by where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.lexicon import Hit
from bot.questions.phrases import Kind
from bot.questions.recognise import Recognised, Span

_CHINESE = re.compile(r"[㐀-鿿]")
_NAMING = (Kind.GRADE, Kind.ASPECT)
_BETWEEN = ("", "的", " ")
_JOINED, _APART = 2.5, 0.4
"""Beside what we know; in a clause of its own, which tells how one came to ask."""
_ASKED_OF = re.compile(
    r"的?(?:有什么|有啥|有哪些)?(?:要求|标准|规定|条件|限制|上限|下限|是什么|是多少|是啥|有没有|怎么|如何|多久)"
)
"""A strange noun before one of these is what is asked for: 担保要求."""
_SAID = re.compile(r"[说问讲提]|听")
_CLAUSES = re.compile(r"[,。;!?]")
_EVERYDAY = 5
"""So many characters of everyday words weigh as much as one of a strange noun."""


@dataclass(frozen=True, slots=True)
class Strangeness:
    """`weight` is held against a limit; `compound`: a strange noun right beside a grade's name makes another thing."""

    weight: float
    compound: str | None = None


def strangeness(seen: Recognised) -> Strangeness:
    """A strange noun joined to what we know (存款成本率, 二级的配车) counts twice: it is what is asked about."""
    naming = [h for h in seen.hits if any(e.kind in _NAMING and not e.weak for e in h.entries)]
    weight, compound = seen.everyday / _EVERYDAY, None
    for span in seen.strange:
        beside = [h for h in naming if _joined(seen.text, span, h)]
        weight += span.weight * (
            _JOINED
            if span.weight > 1 and (beside or _ASKED_OF.match(seen.text, span.end))
            else 1
            if _with_one(seen.text, span, naming)
            else _APART
        )
        if span.weight > 1 and any(_bare_grade(h) and h.end == span.start for h in beside):
            compound = span.text
    return Strangeness(weight, compound)


def _with_one(text: str, span: Span, naming: Sequence[Hit]) -> bool:
    """Whether something that we know stands in the same clause of the sentence; a lone clause always counts."""
    begin = max((m.end() for m in _CLAUSES.finditer(text, 0, span.start)), default=0)
    found = _CLAUSES.search(text, span.end)
    end = found.start() if found else len(text)
    after = min((h.start for h in naming if h.start >= span.end), default=0)
    if after and _SAID.search(text, span.end, after):
        return False
    return not naming or (begin == 0 and end == len(text)) or any(begin <= h.start < end for h in naming)


def _bare_grade(hit: Hit) -> bool:
    """一级, 见习: words that other things are graded by too; not 一级客户经理."""
    return bool(hit.keys(Kind.GRADE)) and len(hit.word) <= 2


def _joined(text: str, span: Span, hit: Hit) -> bool:
    """Whether they make one noun, 的 between them aside."""
    if not _CHINESE.search(span.text):
        return False
    between = text[hit.end : span.start] if hit.end <= span.start else text[span.end : hit.start]
    return between in _BETWEEN
