"""One form of writing for texts and for the words sought in them: what differs only in spelling is equal."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.questions.numerals import to_digits

LONGEST = 600
"""Characters looked at; a question fits in that, and a pasted page costs no more."""

_LINK = re.compile(r"<(?:https?|mailto|tel):[^>|]*(?:\|([^>]*))?>|<[#!][^>]*>")
_GRADES_SHARING_A_NOUN = re.compile(
    r"([一二三四壹贰叁肆1-4])([、,/和与跟及&]?)(?=(?:[一二三四壹贰叁肆1-4][、,/和与跟及&]?)*[一二三四壹贰叁肆1-4] ?级)"
)
_NTH = "first|second|third|fourth"
_ORDINALS = re.compile(rf"\b({_NTH})(,? (?:and|or|vs\.?|versus|to) |, ?|/)(?=(?:{_NTH})[ -](?:grade|level))")
_MARKS = re.compile(r"[*_~`\"'“”‘’「」『』《》<>\[\]]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INNER_SPACE = re.compile(r"(?<![a-z0-9.]) +| +(?![a-z0-9.])|(?<=\d) +(?=[a-z]\b)")
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"[a-z'-]+")


def spell_all(words: Iterable[str], characters: Mapping[int, str]) -> list[str]:
    """Words as texts are spelled; most are so already, and cost nothing."""
    return [word if _PLAIN.fullmatch(word) else normalise(word, characters) for word in words]


def normalise(text: str, characters: Mapping[int, str]) -> str:
    """NFKC, lower case, simplified by the table `characters`, numerals in digits, Slack markup and idle marks gone."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 4])[:LONGEST].lower()
    text = text.replace("\N{MINUS SIGN}", "-")
    text = _LINK.sub(lambda link: link[1] or " ", text).translate(characters)
    text = "".join(c if unicodedata.category(c)[0] not in "CS" or c in "+$=|~€£" else " " for c in text)
    text = _ORDINALS.sub(r"\1 grade\2", text)
    text = _GRADES_SHARING_A_NOUN.sub(r"\1级\2", _THOUSANDS.sub("", _MARKS.sub("", text)))
    return _INNER_SPACE.sub("", _SPACE.sub(" ", to_digits(text))).strip()
