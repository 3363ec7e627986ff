"""The words that questions are understood by, as values; `bot.loading.phrases` reads them from knowledge/phrases/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.questions.question import Language


class Kind(StrEnum):
    """What a word stands for."""

    GRADE = "grade"
    ASPECT = "aspect"
    """Something that the rulebook holds of every grade: deposits, tenure, floor."""
    TOPIC = "topic"
    """Something that it says apart from grades: who approves, what a customer manager is."""
    SCOPE = "scope"
    """Something that it does not answer."""
    INTENT = "intent"
    """What kind of question it is: mine, a gap, a comparison."""
    PERIOD = "period"
    FILLER = "filler"
    """Carries no fact."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key of one file means. `absorbs`: aspects that lose their own meaning right beside this one."""

    kind: Kind
    key: str
    absorbs: frozenset[str] = frozenset()
    weak: bool = False
    """Gives way to anything more definite: 条件, 指标."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that together mean an entry, wherever in the text they stand: of each group one (资格 & 谁/哪个小组)."""

    entry: Entry
    groups: tuple[tuple[str, ...], ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A thing the regulation says: the clauses that say it, and the answer in a sentence, Chinese and English."""

    key: str
    clauses: tuple[str, ...]
    say: str
    say_en: str
    readings: tuple[str, ...] = ()
    grade: str | None = None
    """The grade that it is about by itself, for what is asked next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A reason not to answer; `strong` whatever else was recognised. `nearest`: clauses to show instead."""

    key: str
    reason: str
    nearest: tuple[str, ...]
    strong: bool = False
    when: tuple[str, ...] = ()
    """Intents that come to the same when all are expressed: 达不到 … 怎么办."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is asked back: the sentences, and the wording of each choice."""

    which: str
    same_name: str
    which_client: str
    person: str
    """With {name} and {id}."""
    aspect: str
    """With {grade} and {ask}."""
    vague: tuple[str, ...]
    asks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesByLanguage:
    """Chinese and English."""

    zh: Choices
    en: Choices

    def of(self, language: Language) -> Choices:
        """In the asker's language."""
        return self.en if language is Language.EN else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Everything from knowledge/phrases/, as written there."""

    grades: tuple[str, ...]
    """Keys, highest first."""
    names: Mapping[str, str]
    """A word for each grade and topic, as people write it alone."""
    words: tuple[tuple[str, Entry], ...]
    """A word may stand for several things: 学历 is one, 才算 two."""
    topics: Mapping[str, Topic]
    scopes: Mapping[str, Scope]
    choices: ChoicesByLanguage
    characters: Mapping[int, str]
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    signs: tuple[Sign, ...] = ()
    step_signs: tuple[Sign, ...] = ()
    """Signs of what is asked of a standing (steps.yaml), looked for where a person is spoken of."""
    ordinary: frozenset[str] = frozenset()
    """Everyday words, no nouns: not to know them is no reason to refuse."""
    misspelt: frozenset[str] = frozenset()
    """Words of two letters, of signs, that are looked for misspelt."""
    shapes: Mapping[str, str] = field(default_factory=dict)
    """Characters by the first of those that look like them."""
    suppositions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of a what-if sentence: more, less, becomes, what of a client, and those that say nothing."""
    taught: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Whole texts, as questions are normalised, that HR has pointed at clauses: exported from a store."""
    sounds: Mapping[str, str] = field(default_factory=dict)
    """Characters by their sound, for words typed by ear."""
