"""What stands in a text: known words, figures, times and articles, and the stretches that nothing explains."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.period import Period
from bot.questions.figures import FigureHit, Figures
from bot.questions.lexicon import Hit, Lexicon, WordSet
from bot.questions.normalise import normalise, spell_all
from bot.questions.periods import PeriodHit, find_period, period_of_word
from bot.questions.phrases import Entry, Kind, Phrases
from bot.questions.pinyin import Pinyin
from bot.questions.question import Claim, Language
from bot.questions.signs import Found, Signs
from bot.questions.signs import covered as signs_cover
from bot.questions.spelling import Spelling

_ARTICLE = re.compile(r"第(\d{1,2})条|\barticle (\d{1,2})\b|\bart\. ?(\d{1,2})\b")
_CHINESE = re.compile(r"[㐀-鿿]")
_SENSE = re.compile(r"[㐀-鿿]|[a-z][a-z'-]*")
_BARE = 10
"""A smaller number without a unit counts nothing that we know of."""
_STRANGE = re.compile(r"[^\0、,/&;。!?]+")
_WITHIN_NOUNS = frozenset("本内上下前后中里时新旧老管人户家款额量级岗数线点类份次种条项名位元钱大小高低")
_MOST_MENDED = 3
_LENT = (Kind.ASPECT, Kind.TOPIC, Kind.FILLER)
_LOOSE = ("conjunction", "follow", "counts", "of_clients")
_ME = re.compile(r"我(?!们)|\b(?:i|me|my)\b")
_SEPARATORS = re.compile(r"[、,/&;。!?]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int
    text: str

    @property
    def weight(self) -> int:
        """How much is not understood: a Chinese character counts one, a Latin word two."""
        return weight_of(self.text)


def weight_of(text: str) -> int:
    """A Chinese character counts one, a Latin word two, a single letter nothing."""
    senses = _SENSE.findall(text)
    return sum(1 if _CHINESE.match(sense) else 2 for sense in senses if len(sense) != 1 or _CHINESE.match(sense))


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
    strange: tuple[Span, ...]
    """Where nothing explains the text, everyday words apart: nouns above all."""
    intents: frozenset[str]
    everyday: int
    """How much of it is everyday words that we know nothing else of."""
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
    def bare_claims(self) -> tuple[Claim, ...]:
        """Whole numbers without a unit, which what is asked about may lend them: 一级每月报300吧."""
        return tuple(Claim("bare", n) for hit in self.figures if not hit.claim and (n := hit.number or 0) >= _BARE)

    @property
    def unknown_weight(self) -> int:
        """How much is in no word that we know, everyday words included."""
        return sum(map(weight_of, self.unknown))

    @property
    def strange_weight(self) -> int:
        """How much is left when everyday words are taken away too."""
        return sum(span.weight for span in self.strange)

    @property
    def of_me(self) -> bool:
        """Whether the asker speaks of themselves: by a word of its own, or within one (查下我)."""
        telling = (
            h.word if h.score == 1 else self.text[h.start : h.end]
            for h in self.hits
            if any(e.kind is not Kind.FILLER for e in h.entries)
        )
        return self.means("self", "mine") or any(_ME.search(word) for word in telling)

    def keys(self, kind: Kind) -> tuple[str, ...]:
        """All keys of a kind, in the order of the text."""
        return tuple(dict.fromkeys(key for hit in self.hits for key in hit.keys(kind)))

    def means(self, *intents: str) -> bool:
        """Whether one of these intents was expressed."""
        return not self.intents.isdisjoint(intents)


class Recogniser:
    """Exact words first; what only comes near is looked for in what is left."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._lexicon = Lexicon(phrases)
        self._figures = Figures(phrases)
        self._signs = Signs(phrases)
        self._spelling = Spelling(self._lexicon, phrases)
        latin = {part for word in self._lexicon.entries for part in word.split()} | phrases.ordinary
        self._pinyin = Pinyin(self._lexicon.entries, frozenset(latin), phrases.sounds)
        self._ordinary = WordSet(spell_all(phrases.ordinary, phrases.characters))

    def spelled(self, text: str) -> str:
        """The text as it is searched: pinyin in characters too."""
        return self._pinyin.written_out(normalise(text, self._phrases.characters))

    def recognise(self, text: str, today: date) -> Recognised:
        """Takes a normalised text apart."""
        period_hit = find_period(text, today)
        masked = _masked(text, [(period_hit.start, period_hit.end)] if period_hit else [])
        parts = self._parts(masked)
        near: list[Hit] = []
        for _ in range(_MOST_MENDED):
            found = self._near(masked, parts)
            mended = _mended(masked, found)
            near += found
            if mended is None:
                break
            masked, parts = mended, self._parts(mended)
        hits = _with_near(parts.hits, near, mended is not None or not found)
        signs = self._signs.scan(_over(text, masked))
        hits = [*_not_within(hits, signs), *(sign.hit for sign in signs)]
        letters = signs_cover(signs)
        left = _masked(masked, [*parts.covered, *((h.start, h.end) for h in hits), *((n, n + 1) for n in letters)])
        strange, everyday = self._without_everyday(left)
        word_periods = [p for h in hits for key in h.keys(Kind.PERIOD) if (p := period_of_word(key, today))]
        return Recognised(
            text=text,
            hits=tuple(sorted(hits, key=lambda h: h.start)),
            figures=tuple(parts.figures),
            period_hit=period_hit,
            period_word=word_periods[0] if word_periods else None,
            articles=parts.articles,
            unknown=tuple(s for stretch in _SEPARATORS.split(left) for s in stretch.split("\0") if s.strip()),
            strange=_nouns_whole(text, strange),
            everyday=everyday,
            intents=frozenset(key for hit in hits for key in hit.keys(Kind.INTENT)),
            language=Language.ZH if _CHINESE.search(text) or not re.search(r"[a-z]{2}", text) else Language.EN,
        )

    def _parts(self, text: str) -> "_Parts":
        """The known words, the articles, and the figures that are no part of either."""
        articles = list(_ARTICLE.finditer(text))
        places = [(m.start(), m.end()) for m in articles]
        hits = self._lexicon.scan(text)
        return _Parts(
            hits=hits,
            figures=[f for f in self._figures.scan(text) if _free(f, hits, places)],
            articles=tuple(int(next(filter(None, m.groups()))) for m in articles),
            places=places,
        )

    def _without_everyday(self, left: str) -> tuple[tuple[Span, ...], int]:
        """What stays strange of what is left, and how much of it everyday words explain."""
        hits, place = [], 0
        while place < len(left):
            word = self._ordinary.longest_at(left, place, len(left))
            if word:
                hits.append((place, place + len(word)))
            place += len(word) if word else 1
        rest = _masked(left, hits)
        spans = (Span(m.start(), m.end(), m[0]) for m in _STRANGE.finditer(rest))
        return tuple(span for span in spans if span.weight), sum(weight_of(left[start:end]) for start, end in hits)

    def _near(self, text: str, parts: "_Parts") -> list[Hit]:
        """Near words where nothing is known; a filler (得, 及) may be part of one, a telling word may not."""
        figures = [(f.start, f.end) for f in parts.figures if f.claim] + parts.places
        rest = _masked(text, [*parts.covered, *((h.start, h.end) for h in parts.hits)])
        sure = [h for h in parts.hits if not all(e.kind is Kind.FILLER or e.key in _LOOSE for e in h.entries)]
        blocked = _masked(text, [*figures, *((h.start, h.end) for h in sure)])
        things = [h for h in sure if all(e.kind in _LENT for e in h.entries)]
        lent = _masked(text, [*figures, *((h.start, h.end) for h in sure if h not in things)])
        found: list[Hit] = []
        for span in self._without_everyday(rest)[0]:
            if not any(_overlap(hit, span) for hit in found):
                longer = self._spelling.near(lent, span.start, span.end, alike=True)
                whole = [hit for hit in longer if _holds(hit, things)]
                found += whole or self._spelling.near(blocked, span.start, span.end)
        return found or self._spelling.by_ear_alone(self._without_long_words(blocked))

    def _without_long_words(self, text: str) -> str:
        """With everyday words of two letters and more blanked out: no grade is heard in 正式级别."""
        words = ((n, n + len(w)) for n in range(len(text)) if (w := self._ordinary.longest_at(text, n, len(text))))
        return _masked(text, [(start, end) for start, end in words if end - start > 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    hits: list[Hit]
    figures: list[FigureHit]
    articles: tuple[int, ...]
    places: list[tuple[int, int]]
    """Where the articles stand."""

    @property
    def covered(self) -> list[tuple[int, int]]:
        """What figures and articles explain."""
        return [(f.start, f.end) for f in self.figures] + self.places


def _mended(text: str, near: Sequence[Hit]) -> str | None:
    """The text with what came near a word written as that word; None where that is not plain."""
    if not near or any(len(h.word) != h.end - h.start or len(_named(h)) > 1 for h in near):
        return None
    for hit in near:
        text = text[: hit.start] + hit.word + text[hit.end :]
    return text


def _with_near(hits: Iterable[Hit], near: Sequence[Hit], mended: bool) -> list[Hit]:
    """Near words in place of what they overlap; in a mended text only their score is theirs."""
    if not mended:
        return [*(h for h in hits if not any(_overlap(h, n) for n in near)), *near]
    scores = [(h, min((n.score for n in near if _overlap(h, n)), default=1.0)) for h in hits]
    return [h if score == 1 else replace(h, score=score) for h, score in scores]


def _holds(near: Hit, things: Iterable[Hit]) -> bool:
    """Whether a near word takes two letters or more of each known one that it touches: 新增存款 of 新曾存款要求."""
    touched = [min(near.end, h.end) - max(near.start, h.start) for h in things if _overlap(near, h)]
    return bool(touched) and min(touched) > 1


def _overlap(one: Hit, other: Hit | Span) -> bool:
    return one.start < other.end and other.start < one.end


def _named(hit: Hit) -> set[str]:
    return {e.key for e in hit.entries if e.kind in (Kind.GRADE, Kind.ASPECT, Kind.TOPIC)}


def _nouns_whole(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Strange letters with one of ours between them are one noun: 成本率, though 本 is a word of its own."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and span.start - last.end == 1 and text[last.end] in _WITHIN_NOUNS:
            joined[-1] = Span(last.start, span.end, text[last.start : span.end])
        else:
            joined.append(span)
    return tuple(joined)


def _not_within(hits: Iterable[Hit], signs: Sequence[Found]) -> list[Hit]:
    """Without aspects and topics that are but words of a sign: 哪个小组 of 资格 … 哪个小组."""
    spans = [(span, sign.entry) for sign in signs if len(sign.pieces) > 1 for span in sign.pieces]
    return [hit for hit in hits if not any(_part_of(hit, span, entry) for span, entry in spans)]


def _part_of(hit: Hit, span: tuple[int, int], entry: Entry) -> bool:
    named = hit.entries and all(e.kind in (Kind.ASPECT, Kind.TOPIC, Kind.SCOPE) for e in hit.entries)
    return bool(named) and entry not in hit.entries and span[0] <= hit.start and hit.end <= span[1]


def _over(text: str, masked: str) -> str:
    """The masked text, mended as it may be, with the masks off: a sign may take in a time (一季一次)."""
    return "".join(own if letter == "\0" else letter for own, letter in zip(text, masked, strict=True))


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
