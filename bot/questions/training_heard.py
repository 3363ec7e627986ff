"""What a text says about training: the documents named, what is asked, the words to search the facts for."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.training_plans import Aspect, TrainingPlans
from bot.questions.fact_index import pairs_of
from bot.questions.phrases import Phrases
from bot.questions.training_words import Piece, TrainingWords, Vocabulary, blanked

_DESCRIBED = re.compile(
    r"(?P<words>.{3,24}?)的?(?:那个|那份|那篇|那次|那期|那本|那种).{0,10}?(?:计划|方案|培训|课|心得|文章|总结|建议)"
)
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)个?(天|日|号|周|月|小时|次|阶段|季度|万元|万|元|笔|%|期|篇)")
_GENERIC = re.compile(r"(?:银行|客户|经理|的|培训|计划|方案|工作| )+")
"""A name that is no more than this gives way to any other beside it: 两个月那份培训计划方案."""
_NTH = re.compile(r"第\d+(?:阶段|周|天|节|课|批|期|章|个月)")
_DEPARTMENT = re.compile(r"(?P<whose>[㐀-鿿]{1,4}部)(?:的|员工|人员)*培训")
_MANNER = ("方式", "形式", "方法", "手段", "内容")
_JOINS = re.compile(r"[、,,;和与跟及]|还有")
_NEAR = 4
_LEAST_FUZZY = 4
_LETTERS_A_SLIP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One text."""

    text: str
    plans: tuple[str, ...]
    """Keys of the documents that the names in it may mean."""
    audience: bool
    """A name in it tells whom the training is for, and nobody of the regulation: 零售客户经理."""
    sure: bool
    """One of the names speaks of training by itself: 零售培训方案, not 零售."""
    sign: bool
    """Some word of it speaks of training."""
    aspects: tuple[Aspect, ...]
    levels: tuple[str, ...]
    level_asked: bool
    reading: bool
    figures: tuple[str, ...]
    """The asker's own, with their units: 2月, 20小时 (个 left out)."""
    unnamed: int
    """Where a name begins that is no more than 客户经理培训方案, so that a word before it tells whose; -1 for none."""
    unsaid: str
    others: str
    foreign: bool
    """A name begins with them: 保险公司客户经理培训方案 is none of 公司客户经理培训方案."""
    which: bool
    which_plan: bool
    """It asks for a plan by that word: 哪个方案, not 哪份."""
    pairs: frozenset[str]
    """Of all but the names and the idle words."""
    specific: frozenset[str]
    """Of these without what the words of aspects hold."""
    content: frozenset[str]
    """Pairs of what is left when particles and words of training are taken away too."""
    strange: int = 0
    """How many letters of it are in no word of ours and of no document; told by the reader."""
    asked: str
    """That text, each letter in its place; idle words, names, aspects and words of training blank."""
    description: str
    """What stands before 那个, 那份: it may tell which document is meant."""
    left: str
    """Those words, for a follow-up."""


class Ear:
    """Takes texts apart; made once from the documents' names and the words."""

    def __init__(self, plans: TrainingPlans, words: TrainingWords, phrases: Phrases) -> None:
        self._phrases, characters = phrases, phrases.characters
        self._names = Vocabulary(_names(plans), characters)
        self._signs = Vocabulary(((word, "sign") for word in words.signs), characters)
        self._speaks = Vocabulary(((word, "sign") for word in words.speaks), characters)
        self._parts = Vocabulary(((word, "part") for word in (*words.signs, *words.speaks, *words.names)), characters)
        self._kinds = Vocabulary(((word, "kind") for word in words.names), characters)
        self._aspects = Vocabulary(((w, aspect) for aspect, many in words.aspects.items() for w in many), characters)
        self._idle = Vocabulary(((word, "idle") for word in words.idle if len(word) > 1), characters)
        self._particles = frozenset(words.particles)
        self._unsaid = Vocabulary(((word, "unsaid") for word in words.unsaid), characters)
        self._others = Vocabulary(((word, "others") for word in words.others), characters)
        self._joins = frozenset(words.joins) | {""}
        self._which = Vocabulary(((word, "which") for word in words.which), characters)
        self._audiences = Vocabulary(((word, "audience") for word in words.audiences), characters)
        self._levels = Vocabulary(((word, key) for key, many in words.levels.items() for word in many), characters)
        self._reading = Vocabulary(((word, "reading") for word in words.reading), characters)
        self._level_asked = Vocabulary(((word, "level") for word in words.level_asked), characters)
        self._topics = Vocabulary(((w, " ".join(finds)) for many, finds in words.topics for w in many), characters)
        self._sure = frozenset(name for name in self._names.keys if self._parts.find(name))
        """Names that speak of training by themselves."""
        self._short = [word for word in self._parts.keys if len(word) == 2 and not word.isascii()]
        self._long = [name for name in self._sure if not name.isascii() and len(name) >= _LEAST_FUZZY]

    def signs_in(self, text: str) -> bool:
        """Whether any word of a text may speak of training: what `hear` is for."""
        return any(
            v.find(text) for v in (self._signs, self._speaks, self._names, self._levels, self._which, self._parts)
        )

    def hear(self, text: str) -> Heard:
        """A normalised text."""
        names = self._names.find(text)
        sign = bool(self._signs.find(text) or self._speaks.find(text) or self._of_a_plan(names, text))
        if (sign or self._parts.find(text)) and not any(piece.word in self._sure for piece in names):
            near = self._near(text)
            names, sign = near or names, sign or bool(near)
        plans = _meant(names, self._sure | self._joined(names, text))
        rest = blanked(text, [piece for piece in names if set(piece.keys) & set(plans)])
        levels = self._levels.find(text)
        rest = blanked(rest, levels)
        aspects = _apart(self._aspects.find(rest), rest)
        bare = blanked(rest, self._idle.find(rest))
        topics = self._topics.find(rest)
        others, which = self._others.find(text), self._which.find(text)
        finds = " ".join(key for piece in topics for key in piece.keys)
        asked = blanked(bare, [*aspects, *self._signs.find(bare)])
        return Heard(
            text=text,
            plans=plans,
            audience=bool(self._audiences.find(text)),
            sure=any(piece.word in self._sure for piece in names),
            sign=sign,
            aspects=tuple(Aspect(key) for key in _keys(aspects)),
            levels=_keys(levels),
            unnamed=next((p.start for p in names if _GENERIC.fullmatch(p.word)), -1) if len(plans) == 1 else -1,
            level_asked=bool(self._level_asked.find(text)),
            reading=bool(self._reading.find(text)),
            figures=figures_with_units(rest),
            unsaid=_first(self._unsaid.find(rest)) or (_NTH.search(rest) or [""])[0],
            others=_first(others) or (_DEPARTMENT.search(rest) or {"whose": ""})["whose"],
            foreign=any(o.start < name.end and name.start <= o.end for o in others for name in names),
            which=bool(which),
            which_plan=any(self._parts.find(p.word) or self._signs.find(p.word) for p in which),
            pairs=pairs_of(f"{bare} {finds}"),
            specific=self._without_particles(
                pairs_of(f"{bare} {finds}") - _within([*aspects, *self._signs.find(bare)])
            ),
            content=self._without_particles(pairs_of(f"{blanked(asked, self._parts.find(asked))} {finds}")),
            asked="".join(" " if c in self._particles else c for c in blanked(asked, topics)),
            description=(_DESCRIBED.match(text) or {"words": ""})["words"],
            left=f"{bare} {finds}".strip(),
        )

    def sounds_like_training(self, word: str) -> bool:
        """Whether it is a word of training misspelt in one letter of two: 方安, 培圳."""
        alike = (zip(word, known, strict=True) for known in self._short if len(known) == len(word))
        return any(all(self._similar(a, b) for a, b in pairs) for pairs in alike)

    def _of_a_plan(self, names: Sequence[Piece], text: str) -> bool:
        """零售的那份方案: a name, and the word for what it names."""
        return any(name.end <= part.start <= name.end + 3 for part in self._kinds.find(text) for name in names)

    def _joined(self, names: Sequence[Piece], text: str) -> frozenset[str]:
        """Names beside another with no more than 和 between them: 零售和私人客户经理培训."""
        pairs = [(a, b) for a, b in pairwise(names) if text[a.end : b.start].strip(" 的、,/") in self._joins]
        return frozenset(piece.word for pair in pairs for piece in pair if pair[0].end < pair[1].start)

    def _without_particles(self, pairs: frozenset[str]) -> frozenset[str]:
        return frozenset(pair for pair in pairs if not self._particles & set(pair))

    def _near(self, text: str) -> list[Piece]:
        """A name with letters that only sound the same, or with one wrong of many; the longest."""
        best: Piece | None = None
        for name in self._long:
            half = len(name) // 2
            if name[:half] not in text and name[half:] not in text:
                continue
            for start in range(len(text) - len(name) + 1):
                longer = best is None or len(name) > len(best.word)
                if longer and self._alike(name, text[start : start + len(name)]):
                    best = Piece(start, start + len(name), name, self._names.keys[name])
        return [best] if best else []

    def _alike(self, name: str, text: str) -> bool:
        wrong = [(a, b) for a, b in zip(name, text, strict=True) if a != b]
        if not wrong or len(wrong) > 1 + len(name) // (2 * _LETTERS_A_SLIP):
            return False
        unlike = sum(not self._similar(a, b) for a, b in wrong)
        return unlike == 0 or (unlike == 1 and len(name) >= 2 * _LETTERS_A_SLIP)

    def _similar(self, one: str, other: str) -> bool:
        """By sound or by shape."""
        sounds, shapes = self._phrases.sounds, self._phrases.shapes
        return sounds.get(one, one) == sounds.get(other, other) or shapes.get(one, one) == shapes.get(other, other)


def _names(plans: TrainingPlans) -> Iterable[tuple[str, str]]:
    """Every name of every document: a title that two share means both."""
    for plan in plans.plans:
        for name in (plan.title, plan.name, plan.name_en, *plan.aliases):
            yield name, plan.key


def _meant(names: Sequence[Piece], sure_names: frozenset[str]) -> tuple[str, ...]:
    """The documents of the names; one that speaks of training counts before one that does not."""
    found = [piece for piece in names if not _GENERIC.fullmatch(piece.word)] or list(names)
    if len(found) < 2:
        return tuple(key for piece in found for key in piece.keys)
    common = set.intersection(*(set(piece.keys) for piece in found))
    if common:
        return tuple(key for key in found[0].keys if key in common)
    sure = [piece for piece in found if piece.word in sure_names] or found
    named = dict.fromkeys(key for piece in found for key in piece.keys)
    return tuple(dict.fromkeys(k for piece in sure for key in piece.keys for k in _closer(key, piece, named)))


def _closer(key: str, piece: Piece, named: Collection[str]) -> tuple[str, ...]:
    """对公 and 五天 mean the five-day corporate course; 零售 means both retail plans and neither before the other."""
    return tuple(k for k in named if k.startswith(f"{key}_") and k not in piece.keys) or (key,)


def _apart(aspects: Sequence[Piece], text: str) -> list[Piece]:
    """Without the 方式 of 考核用什么方式, which asks nothing of its own."""
    kept: list[Piece] = []
    for piece in aspects:
        between = text[kept[-1].end : piece.start] if kept else ""
        if not (kept and piece.word in _MANNER and len(between) <= _NEAR and not _JOINS.search(between)):
            kept.append(piece)
    return kept


def _within(pieces: Iterable[Piece]) -> frozenset[str]:
    """The pairs that are but parts of these words."""
    return frozenset().union(*(pairs_of(piece.word) for piece in pieces))


def figures_with_units(text: str) -> tuple[str, ...]:
    """Numbers of a normalised text with their units, 个 left out: 3个月 is 3月."""
    return tuple(f"{number}{unit}" for number, unit in _FIGURE.findall(text))


def _keys(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for piece in pieces for key in piece.keys))


def _first(pieces: Iterable[Piece]) -> str:
    return next((piece.word for piece in pieces), "")
