"""The figures that a question brings along: amounts, years, items, staff grades."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.money import Currency, Money
from bot.questions.phrases import Phrases
from bot.questions.question import Claim

_TIMES = {"": 1, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_CAP = 10**18


@dataclass(frozen=True, slots=True)
class FigureHit:
    """Where a figure stands, and what it says; None for a bare number."""

    start: int
    end: int
    claim: Claim | None
    number: int | None = None
    """Of a bare number, where it is a whole one."""


class Figures:
    """Reads figures as they are spoken: 7500w, 1.8亿, 1亿5000万, 3000万刀, 3年, 6等, 两项."""

    def __init__(self, phrases: Phrases) -> None:
        self._scales = _inverse(phrases.scales)
        self._units = _inverse(phrases.units)
        self._counters = _inverse(phrases.counters)
        number = r"\d{1,12}(?:\.\d{1,6})?"
        scale, unit = _choice(self._scales), _choice(self._units)
        latin_end = r"(?:(?<![a-z])|(?![a-z]))"  # 5w is 50,000, 5week is not; 万 ends where it ends
        self._amount = re.compile(
            rf"(?P<dollar>us\$|\$)?(?P<number>{number}) ?(?:(?P<scale>{scale}){latin_end})?"
            rf"(?:(?P<more>{number})(?P<more_scale>{scale})?(?!\d))? ?"
            rf"(?:(?:[是按算](?=美))?(?P<unit>{unit}){latin_end})?"
        )
        self._counted = re.compile(rf"(?P<number>{number}) ?(?P<counter>{_choice(self._counters)}){latin_end}")

    def scan(self, text: str) -> list[FigureHit]:
        """Every figure with its unit; bare numbers too, without a claim."""
        found = [*self._all_counted(text)]
        taken = {place for hit in found for place in range(hit.start, hit.end)}
        found += [hit for hit in self._all_amounts(text) if hit.start not in taken]
        return sorted(found, key=lambda hit: hit.start)

    def _all_counted(self, text: str) -> Iterator[FigureHit]:
        for match in self._counted.finditer(text):
            number = Decimal(match["number"])
            if number == int(number) and not _inside_number(text, match.start()):
                claim = Claim(self._counters[match["counter"]], int(number))
                yield FigureHit(match.start(), match.end(), claim)

    def _all_amounts(self, text: str) -> Iterator[FigureHit]:
        for match in self._amount.finditer(text):
            if _inside_number(text, match.start()):
                continue
            claim = self._amount_of(match)
            whole = None if claim or "." in match["number"] else int(match["number"])
            yield FigureHit(match.start(), match.end(), claim, whole)

    def _amount_of(self, match: re.Match[str]) -> Claim | None:
        scale, unit = self._scales.get(match["scale"] or "", ""), self._units.get(match["unit"] or "")
        if not (scale or unit or match["dollar"]):
            return None
        value = Decimal(match["number"]) * _TIMES[scale]
        if match["more"]:
            lower = self._scales.get(match["more_scale"] or "")
            value += Decimal(match["more"]) * (_TIMES[lower] if lower is not None else Decimal(_TIMES[scale]) / 10)
        minor = int(value * 100)
        if minor > _CAP:
            return None
        money = Money(minor, Currency.USD if unit == "美元" or match["dollar"] else Currency.CNY)
        return Claim("amount", money.minor, money)


def _inside_number(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isdigit() or text[start - 1] == ".")


def _inverse(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {spoken: key for key, many in table.items() for spoken in many}


def _choice(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
