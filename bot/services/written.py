"""Figures as a clause writes them, and whether a sentence says any that its clauses do not."""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.domain.money import Currency, Money
from bot.domain.rulebook import Clause, Grade

_WAN, _YI = 10**6, 10**10
_UNITS = {Currency.CNY: "元", Currency.USD: "美元"}
_COUNT = re.compile(r"[一二两三四五六]项")
_YEARS = re.compile(r"(?:\d+|[一二两三四五])年(?=以上|。|,|$)")
_NUMERALS = dict(zip("零一二三四五六七八九十两", (*range(11), 2), strict=True))
_NAMES = re.compile(
    r"[一二三四1-4]级|第[一二三四五六七八九十]+(?:条|项|款)|R\d+|五级分类|后三类|十二月|各行|·[一二三]|\([一二三]\)|一线|一次|一份|一户|一定|进一步|一致|统一|唯一|之一|某一|任一|万元|传、帮、带"
)
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十]+(?=[年项等个月元天次份])")


def written(money: Money, clause: Clause) -> str:
    """The amount in the clause's own writing: 2.5亿元 where it says so, 25000万元 where it says that."""
    spellings = [_spelled(money, scale, sign) for scale, sign in ((_YI, "亿"), (_WAN, "万"), (100, ""))]
    return next((s for s in spellings if s in clause.text), spellings[0 if money.minor >= _YI else 1])


def count_written(clause: Clause) -> str | None:
    """两项, 二项, 一项 of a clause that asks k of n."""
    found = _COUNT.search(clause.text)
    return found[0] if found else None


def years_written(clause: Clause) -> str | None:
    """3年, 一年."""
    found = _YEARS.search(clause.text)
    return found[0] if found else None


def figures(text: str) -> set[Decimal]:
    """Every figure of a sentence as a number; the numerals in names (一级, 第九条, 后三类) are none."""
    return {_value(found) for found in _FIGURE.findall(_NAMES.sub(" ", text))}


def says_no_more(sentence: str, clauses: Iterable[Clause], grades: Iterable[Grade] = ()) -> bool:
    """Whether every figure of the sentence stands in its clauses."""
    held = {figure for clause in clauses for figure in figures(clause.text) | figures(clause.label)}
    return figures(sentence) <= held


def _spelled(money: Money, scale: int, sign: str) -> str:
    number = f"{Decimal(money.minor) / scale:f}"
    return (number.rstrip("0").rstrip(".") if "." in number else number) + sign + _UNITS[money.currency]


def _value(found: str) -> Decimal:
    if found[0].isdigit():
        return Decimal(found.replace(",", ""))
    if len(found) == 1:
        return Decimal(_NUMERALS[found])
    tens, _, ones = found.partition("十")
    return Decimal(_NUMERALS.get(tens, 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0))
