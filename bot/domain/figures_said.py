"""The figures in a text, digits, and Chinese numerals that count."""

import re

_NUMERALS = "零一二三四五六七八九十"
_COUNTERS = (
    "天|日|号|月|年|周|季|小时|课时|学时|次|项|阶段|级|等|名|位|篇|节|期|家|户|条|类|种|方面|点|万|亿|元|倍|成|人|步|门"
)
_COUNTED = re.compile(rf"([{_NUMERALS}两]+)(?=个?(?:{_COUNTERS}))")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_VAGUE = re.compile(
    r"[一二三四五六七八九]些|一(?:方面|点(?!\d)|次性|系列|定|般|级别)|同一|第一|每一|任一|这一|某一|进一步|十分|万一|之一"
)
"""一 that counts nothing: 一方面, 进一步."""


def figures_of(text: str) -> frozenset[str]:
    """Every figure as digits without leading noughts: 三个月 and 3个月 are both 3, 五天 is 5, 1-2次 is 1 and 2."""
    counted = _VAGUE.sub("~", "".join(text.split()))
    words = {str(_number(run)) for run in _COUNTED.findall(counted)}
    return frozenset(words | {_plain(digits) for digits in _DIGITS.findall(text)})


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0" if "." not in digits else digits


def _number(run: str) -> int:
    """Up to ninety-nine: 十二, 二十, 五."""
    run = run.replace("两", "二")
    if "十" not in run:
        return int("".join(str(_NUMERALS.index(c)) for c in run))
    tens, _, ones = run.partition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)
