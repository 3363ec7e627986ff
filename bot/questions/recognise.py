"""What stands in a text: known words, figures, times and articles, and the stretches that nothing explains."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.period import Period
from bot.questions.figures import FigureHit, Figures
from bot.questions.lexicon import Hit, Lexicon, gaps
from bot.questions.normalise import normalise
from bot.questions.periods import PeriodHit, find_period, period_of_word
from bot.questions.phrases import Kind, Phrases
from bot.questions.question import Claim, Language
from bot.questions.spelling import Spelling

_ARTICLE = re.compile(r"第(\d{1,2})条|\barticle (\d{1,2})\b|\bart\. ?(\d{1,2})\b")
_CHINESE = re.compile(r"[㐀-鿿]")
_ROW = re.compile(r"[㐀-鿿]+")
_SENSE = re.compile(r"[㐀-鿿]|[a-z][a-z'-]*")
_LOOSE = ("conjunction",)
_ME = re.compile(r"我(?!们)|\b(?:i|me|my)\b")
_SEPARATORS = re.compile(r"[、,/&;。!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """One text, taken apart. `unknown`: stretches that carry sense and that nothing explains."""

    text: str
    hits: tuple[Hit, ...]
    figures: tuple[FigureHit, ...]
    period_hit: PeriodHit | None
    period_word: Period | None
    articles: tuple[int, ...]
    unknown: tuple[str, ...]
    language: Language

    @property
    def period(self) -> Period | None:
        """The time spoken of, None for now."""
        return self.period_hit.period if self.period_hit else self.period_word

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The asker's own figures."""
        return tuple(hit.claim for hit in self.figures if hit.claim)

    @property
    def unknown_weight(self) -> int:
        """How much is not understood: a character counts one, a Latin word two."""
        senses = (sense for stretch in self.unknown for sense in _SENSE.findall(stretch))
        return sum(1 if _CHINESE.match(sense) else 2 for sense in senses if len(sense) != 1 or _CHINESE.match(sense))

    @property
    def longest_unknown(self) -> int:
        """The most Chinese characters in a row that are not understood: 准备金率 is a thing, 样 is a slip."""
        return max((len(row) for stretch in self.unknown for row in _ROW.findall(stretch)), default=0)

    @property
    def of_me(self) -> bool:
        """Whether the asker speaks of themselves: by a word of its own, or within one (查下我)."""
        telling = (h.word for h in self.hits if any(e.kind is not Kind.FILLER for e in h.entries))
        return self.means("self", "mine") or any(_ME.search(word) for word in telling)

    def keys(self, kind: Kind) -> tuple[str, ...]:
        """All keys of a kind, in the order of the text."""
        return tuple(dict.fromkeys(key for hit in self.hits for key in hit.keys(kind)))

    def means(self, *intents: str) -> bool:
        """Whether one of these intents was expressed."""
        return any(key in intents for key in self.keys(Kind.INTENT))


class Recogniser:
    """Exact words first; what only comes near is looked for in what is left."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._lexicon = Lexicon(phrases)
        self._figures = Figures(phrases)
        self._spelling = Spelling(self._lexicon, phrases)

    def spelled(self, text: str) -> str:
        """The text as it is searched."""
        return normalise(text, self._phrases.characters)

    def recognise(self, text: str, today: date) -> Recognised:
        """Takes a normalised text apart."""
        period_hit = find_period(text, today)
        masked = _masked(text, [(period_hit.start, period_hit.end)] if period_hit else [])
        articles = list(_ARTICLE.finditer(masked))
        hits = self._lexicon.scan(masked)
        figures = [f for f in self._figures.scan(masked) if _free(f, hits, [(m.start(), m.end()) for m in articles])]
        covered = [(f.start, f.end) for f in figures] + [(m.start(), m.end()) for m in articles]
        near = self._near(_masked(masked, covered), hits)
        hits = [h for h in hits if not any(h.start < n.end and n.start < h.end for n in near)] + near
        left = _masked(masked, [*covered, *((h.start, h.end) for h in hits)])
        word_periods = [p for h in hits for key in h.keys(Kind.PERIOD) if (p := period_of_word(key, today))]
        return Recognised(
            text=text,
            hits=tuple(sorted(hits, key=lambda h: h.start)),
            figures=tuple(figures),
            period_hit=period_hit,
            period_word=word_periods[0] if word_periods else None,
            articles=tuple(int(next(filter(None, m.groups()))) for m in articles),
            unknown=tuple(s for stretch in _SEPARATORS.split(left) for s in stretch.split("\0") if s.strip()),
            language=Language.ZH if _CHINESE.search(text) or not re.search(r"[a-z]{2}", text) else Language.EN,
        )

    def _near(self, text: str, hits: list[Hit]) -> list[Hit]:
        """Near words where nothing is known; a filler (得, 及) may be part of one, a telling word may not."""
        sure = [h for h in hits if not all(e.kind is Kind.FILLER or e.key in _LOOSE for e in h.entries)]
        blocked = _masked(text, [(h.start, h.end) for h in sure])
        found: list[Hit] = []
        for start, end in gaps(text, hits):
            if _SENSE.search(text[start:end]) and "\0" not in text[start:end]:
                found += self._spelling.near(blocked, start, end)
        return found or self._spelling.by_ear_alone(blocked)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blanked out, places unchanged."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


def _free(figure: FigureHit, hits: Iterable[Hit], articles: Iterable[tuple[int, int]]) -> bool:
    """Whether a figure is a figure: not the 2 of 2级, the 11 of 第11条 or the 13 of a scope's word."""
    for hit in hits:
        named = any(e.kind in (Kind.GRADE, Kind.SCOPE) for e in hit.entries)
        if named and figure.start < hit.end and hit.start < figure.end:
            return False
    return not any(figure.start < end and start < figure.end for start, end in articles)
