"""Values held against the clause that they cite: what is not written there, word for word, is a fault.

Codes noted here: unknown_clause, unknown_reading, not_in_clause, bad_amount, bad_count, currency, unknown_word.
A value that is faulty comes back as a placeholder, so that reading goes on (see strict_yaml).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.money import Currency, Money
from bot.domain.rulebook import Clause, Reading
from bot.loading.faults import FaultList
from bot.loading.strict_yaml import Table, Word

T = TypeVar("T")

NOTHING = Money(0)
_NUMERALS = "一二三四五六七八九十"
_COUNT = re.compile(rf"(?P<number>\d+|[{_NUMERALS}两])(?P<unit>项|年)")
_NOT_WITHIN_A_NUMBER = rf"(?<![\d.〇零两百千{_NUMERALS}])(?<!\d,)"
"""1500万元 does not hold 500万元, nor 2.5亿元 5亿元, nor 1,500元 500元, nor 十一项 一项."""


def stands_in(written: str, text: str) -> bool:
    """Whether a text holds `written` word for word, white space aside, and not as the tail of a longer number."""
    numeric = re.match(rf"[\d两{_NUMERALS}]", written)
    return bool(re.search((_NOT_WITHIN_A_NUMBER if numeric else "") + re.escape(written), "".join(text.split())))


@dataclass(frozen=True, slots=True)
class Citations:
    """The clauses and readings of one version. None: their file could not be read, so nothing is held against it."""

    clauses: Mapping[str, Clause] | None
    readings: Mapping[str, Reading] | None
    faults: FaultList

    def clause(self, table: Table, key: str = "clause") -> str:
        """The clause id below the key, which must exist."""
        word = table.word(key)
        if word and self.clauses is not None and word.text not in self.clauses:
            self.faults.add(word.place, "unknown_clause", f"条文里没有 {word.text}")
        return word.text if word else ""

    def clause_ids(self, table: Table, key: str) -> tuple[str, ...]:
        """A list of clause ids, which must all exist."""
        words = table.words(key)
        for word in words:
            if self.clauses is not None and word.text not in self.clauses:
                self.faults.add(word.place, "unknown_clause", f"条文里没有 {word.text}")
        return tuple(word.text for word in words)

    def readings_of(self, table: Table) -> tuple[str, ...]:
        """The reading ids below `readings`, which must all exist."""
        words = table.words("readings")
        for word in words:
            if self.readings is not None and word.text not in self.readings:
                self.faults.add(word.place, "unknown_reading", f"解读里没有 {word.text}")
        return tuple(word.text for word in words)

    def held(self, word: Word, clause: str) -> None:
        """Notes a value that the clause does not write."""
        known = self.clauses.get(clause) if self.clauses else None
        if known and (known.printed or known.missing) and not stands_in(word.text, known.text):
            self.faults.add(word.place, "not_in_clause", f"{known.label}({clause})里没有「{word.text}」")

    def written(self, table: Table, key: str, clause: str) -> str:
        """A value that is kept as the clause writes it: 5等."""
        word = table.word(key)
        if word:
            self.held(word, clause)
        return word.text if word else ""

    def amount(self, table: Table, key: str, clause: str, currencies: tuple[Currency, ...] = (Currency.CNY,)) -> Money:
        """An amount as the clause writes it: 7500万元."""
        word = table.word(key)
        if word is None:
            return NOTHING
        try:
            money = Money.parse(word.text)
        except ValueError:
            self.faults.add(word.place, "bad_amount", f"不是金额「{word.text}」;应写作 7500万元、2.5亿元、3000万美元")
            return NOTHING
        if money.currency not in currencies:
            self.faults.add(word.place, "currency", f"币种不合:「{word.text}」这里不能用")
        self.held(word, clause)
        return money

    def count(self, table: Table, key: str, clause: str, unit: str) -> int:
        """A count as the clause writes it: 两项, 3年, 一年."""
        word = table.word(key)
        if word is None:
            return 0
        found = _COUNT.fullmatch(word.text)
        if not found or found["unit"] != unit or found["number"] == "0":
            self.faults.add(word.place, "bad_count", f"读不出「{word.text}」;应写作 两{unit}、3{unit}")
            return 0
        self.held(word, clause)
        number = found["number"].replace("两", "二")
        return int(number) if number.isdecimal() else _NUMERALS.index(number) + 1

    def meaning(self, word: Word | None, meanings: Mapping[str, T], absent: T) -> T:
        """What a word means here, or `absent`."""
        if word is None or word.text in meanings:
            return meanings[word.text] if word else absent
        self.faults.add(word.place, "unknown_word", f"不认识「{word.text}」;可用的有 {'、'.join(meanings)}")
        return absent
