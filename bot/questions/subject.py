"""The things of the regulation that a question is about: grades, aspects, topics, after neighbours have been joined."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.questions.lexicon import Hit
from bot.questions.phrases import Entry, Kind, Phrases
from bot.questions.recognise import Recognised

_NEAR = 6
_OF_A_CLIENT = {"deposits", "single_client", "floor"}
_TO = re.compile(r"(?:客户经理)? ?(?:到|至|~|-|一直到|to|through|down to|up to) ?")
"""从高级到三级: all between are meant."""
_JOINS = re.compile(r"[、,;/&和与跟及或]|还有|加|顺便|\band\b|\bor\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """`aspects` are definite; `weak_aspects` (条件, 指标) count where nothing definite was said."""

    grades: tuple[str, ...]
    aspects: tuple[str, ...]
    weak_aspects: tuple[str, ...]
    topics: tuple[str, ...]
    tied: tuple[str, ...] = ()
    """Aspects that one misspelt word may mean alike."""

    @property
    def definite(self) -> bool:
        """Whether anything of the regulation was named."""
        return bool(self.grades or self.aspects or self.topics)


def subject_of(seen: Recognised, phrases: Phrases) -> Subject:
    """What is asked about."""
    named = [(hit, entry) for hit in seen.hits for entry in hit.entries if entry.kind in (Kind.ASPECT, Kind.TOPIC)]
    absorbed = _absorbed(seen.text, named)
    kept = [(hit, entry) for hit, entry in named if (hit.start, entry.key) not in absorbed]
    definite = _keys(entry for _, entry in kept if entry.kind is Kind.ASPECT and not entry.weak)
    firm_topics = _keys(entry for _, entry in kept if entry.kind is Kind.TOPIC and not entry.weak)
    weak_topics = _keys(entry for _, entry in kept if entry.kind is Kind.TOPIC and entry.weak)
    grades = grades_of(seen, phrases)
    return Subject(
        grades=() if seen.means("the_rest") else grades,
        aspects=_of_clients_counted(seen, definite),
        weak_aspects=_keys(entry for _, entry in kept if entry.kind is Kind.ASPECT and entry.weak),
        topics=firm_topics or (() if definite else weak_topics),
        tied=_tied(kept),
    )


def _of_clients_counted(seen: Recognised, aspects: tuple[str, ...]) -> tuple[str, ...]:
    """日均300万的客户算不算数: an amount of a client that counts or not is held against the floor."""
    amounts = any(claim.unit == "amount" for claim in seen.claims)
    if not (amounts and seen.means("counts") and seen.means("of_clients")) or set(aspects) - _OF_A_CLIENT:
        return aspects
    return ("floor",)


def grades_of(seen: Recognised, phrases: Phrases) -> tuple[str, ...]:
    """The grades named, in the order of the text; 二级及以上 is second and all above it."""
    found: list[str] = []
    last: Hit | None = None
    for hit in seen.hits:
        for key in hit.keys(Kind.GRADE):
            if last and _TO.fullmatch(seen.text, last.end, hit.start):
                ends = sorted(phrases.grades.index(k) for k in (found[-1], key))
                found += phrases.grades[ends[0] : ends[1] + 1]
            last = hit
            place = phrases.grades.index(key)
            following = next((h for h in seen.hits if 0 <= h.start - hit.end <= 1), None)
            beyond = following.keys(Kind.INTENT) if following else ()
            if "and_above" in beyond:
                found += phrases.grades[: place + 1]
            elif "and_below" in beyond:
                found += phrases.grades[place:]
            else:
                found.append(key)
    return tuple(dict.fromkeys(found))


def _absorbed(text: str, named: list[tuple[Hit, Entry]]) -> set[tuple[int, str]]:
    """Aspects that are but part of a neighbour's name: 新增的存款, not 新增和存款."""
    gone = set()
    for hit, entry in named:
        for other, lesser in named:
            if lesser.key in entry.absorbs and (other is hit or _beside(text, hit, other, named)):
                gone.add((other.start, lesser.key))
    return gone


def _beside(text: str, one: Hit, other: Hit, named: list[tuple[Hit, Entry]]) -> bool:
    left, right = sorted((one, other), key=lambda h: h.start)
    if any(left.end <= h.start and h.end <= right.start for h, _ in named):
        return False
    between = text[left.end : right.start]
    reach = _NEAR if not between.isascii() or not between else 2 * _NEAR
    return len(between) <= reach and not _JOINS.search(between)


def _tied(kept: list[tuple[Hit, Entry]]) -> tuple[str, ...]:
    for hit, _ in kept:
        if hit.score < 1:
            keys = [e.key for h, e in kept if h is hit]
            if len(keys) > 1:
                return tuple(keys)
    return ()


def _keys(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.key for entry in entries))
