"""How number cells are shown, which tells a date and a percentage from a plain number."""

import re

from bot.loading.ledgers.raw import Kind
from bot.loading.ledgers.xml_stream import Attributes

_PERCENT_FORMATS = {9, 10}
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in formats of dates and times, those of the Chinese Excel included."""
_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_WORDS = re.compile(r'"[^"]*\w[^"]*"|\\\w')
_SCALE = re.compile("[千万亿]")
_DIVIDED = re.compile(r',(?:\s|$|[;"\\!])|[!\\]\.|"\."')
"""12345 shown as 1.2万: the figure stored is the true one."""


def looks(parts: list[tuple[str, Attributes]]) -> list[Kind]:
    """What a number cell is by its style's index, from the elements of styles.xml."""
    codes = {a.get("numFmtId", ""): a.get("formatCode", "") for name, a in parts if name == "numFmt"}
    found: list[Kind] = []
    inside = False
    for name, attributes in parts:
        if name == "cellXfs":
            inside = True
        elif name in ("cellStyles", "dxfs", "tableStyles", "cellStyleXfs"):
            inside = False
        elif inside and name == "xf":
            number_format = attributes.get("numFmtId", "0")
            found.append(_look(number_format, codes.get(number_format)))
    return found


def _look(number_format: str, code: str | None) -> Kind:
    if code is None:
        known = int(number_format) if number_format.isdecimal() and len(number_format) < 9 else 0
        return Kind.PERCENT if known in _PERCENT_FORMATS else Kind.DATE if known in _DATE_FORMATS else Kind.NUMBER
    first = code.lower().split(";")[0]
    bare = _LITERAL.sub("", first).replace("general", "")
    if "%" in bare:
        return Kind.PERCENT
    if any(mark in bare for mark in "ydhs") or "mm" in bare:
        return Kind.DATE
    if _SCALE.search(_BRACKETS.sub("", code)) and not _DIVIDED.search(code):
        return Kind.SCALED
    whole = bare.split(".")[0].split("e")[0]
    return Kind.PADDED if whole.count("0") > 1 or _WORDS.search(first) else Kind.NUMBER
