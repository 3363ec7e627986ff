"""Figures in a text, read independently of the code under test: digits, and numerals before a measure word."""

import re
from fractions import Fraction

_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NAMES = re.compile(r"[一二三四]级|第[一二三四五六七八九十]+条|后三类|R\d+")


def figures(text: str) -> set[Fraction]:
    text = _NAMES.sub("", text)
    digits = {Fraction(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}
    words = {Fraction(_NUMERALS[found]) for found in re.findall(r"([一二两三四五六七八九十])(?=[年项等份次个])", text)}
    return digits | words
