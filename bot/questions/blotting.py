"""What is blotted out of a text that is kept or shown to others: amounts however written, and names of clients."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.questions.phrases import Kind
from bot.questions.recognise import Recognised

BLOT = "▢"
"""Where a figure or a client's name stood in a text that is kept."""
_LEAST = 100
"""A whole number below it, without a unit of money, gives nothing away: 3年, 两项, 20天."""
_RUN = re.compile(r"\d(?:[\d., _']*\d)?")
_VAGUE = re.compile(
    r"(?:好几|[半几数上大小]|\d|[一两二三四五六七八九]{2})(?:[个多来几半余]|[十百千]){0,4}(?:万|亿|个?小目标)(?!一)"
)
"""半个亿, 1个半亿, 几千万, 两三千万: amounts that no figure is made of."""
_DATES = re.compile(r"(?<!\d)20\d\d(?:年|[-/.]\d{1,2}[-/.]\d{1,2}(?![\d.]))|第\d{1,2}条")
_WHOLE_NAME, _PART_OF_NAME = 4, 2
"""So many letters of a client's name are its name; so few only where nothing else explains them."""

Spans = Iterator[tuple[int, int]]


def blot(seen: Recognised, clients: Iterable[str]) -> str:
    """The text without its amounts, its long and broken numbers, and these clients (names as texts are spelled)."""
    spans = [*_amounts(seen), *_runs(seen), *((m.start(), m.end()) for m in _VAGUE.finditer(seen.text))]
    for client in clients:
        spans += _named(seen, client)
    hidden = {place for start, end in spans for place in range(start, end)}
    kept = (BLOT if place in hidden else letter for place, letter in enumerate(seen.text))
    return re.sub(f"{BLOT}+", BLOT, "".join(kept))


def _amounts(seen: Recognised) -> Spans:
    """Money by its unit, and every number of some length, whatever it counts."""
    for hit in seen.figures:
        if hit.claim and (hit.claim.unit == "amount" or hit.claim.number >= _LEAST):
            yield hit.start, hit.end


def _runs(seen: Recognised) -> Spans:
    """Digits with what people put between them (35 000 000, 620.5), but for grades, articles and dates."""
    text = _without(seen.text, _explained(seen))
    for match in _RUN.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if "." in match[0] or int(digits) >= _LEAST:
            yield match.start(), match.end()


def _explained(seen: Recognised) -> Spans:
    yield from ((h.start, h.end) for h in seen.hits if h.keys(Kind.GRADE))
    yield from ((m.start(), m.end()) for m in _DATES.finditer(seen.text))
    period = seen.period_hit
    if period and "." not in seen.text[period.start : period.end]:
        yield period.start, period.end


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


def _named(seen: Recognised, client: str) -> Spans:
    """Every stretch that the text shares with the name, where it is long or nothing else explains it."""
    text, start = seen.text, 0
    while start < len(text):
        length = _shared(text, start, client)
        if length >= _WHOLE_NAME or (length >= _PART_OF_NAME and _is_strange(seen, start, start + length)):
            yield start, start + length
        start += max(length, 1)


def _shared(text: str, start: int, name: str) -> int:
    """How many letters from there on stand in the name too."""
    length = 0
    while start + length < len(text) and text[start : start + length + 1] in name:
        length += 1
    return length


def _is_strange(seen: Recognised, start: int, end: int) -> bool:
    strange: Sequence[tuple[int, int]] = [(s.start, s.end) for s in seen.strange]
    return any(first <= start and end <= last for first, last in strange)
