"""Cells that hold text: names, ids, e-mail addresses. The invisible is taken out of a name and refused in an id."""

import re
import unicodedata

from bot.loading.ledgers.amounts import digits
from bot.loading.ledgers.exact import EXCEL_DIGITS, NUMBERS, stored
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw, Warn

LONGEST_TEXT = 200
LONGEST_ID = 64
UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
"""Controls, surrogates, and what Unicode calls ignorable: the inside of a regular expression's brackets."""
DAMAGED = "\ufffd"
"""What stands where some programme could not read a character."""
_INVISIBLE = re.compile(f"[{UNSEEN}]")
_BREAKS = re.compile(r"[\t\r\n\u2028\u2029]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CUT_OFF = re.compile(r"^[1-9][0-9]{14}0{3,}$", re.MULTILINE)
_DAMAGED_ID = re.compile(r"\d+\.0+|\d(?:\.\d+)?[eE]\+?\d+", re.ASCII)
_CUT_OFF = re.compile(r"^[1-9][0-9]{14}0{3,}$", re.MULTILINE)
_ID = re.compile(r"[\w.\-/#@()&]+")
_EMAIL = re.compile(r"[a-z0-9._%+'&\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}")


def text(cell: Raw, warn: Warn) -> str | None:
    """A text without blanks around it; None when nothing is left."""
    if isinstance(cell, Cell):
        return _from_cell(cell)
    written = _BREAKS.sub(" ", cell or "")
    if hidden := _INVISIBLE.findall(written):
        warn("characters_removed", characters=_names(hidden))
        written = _INVISIBLE.sub("", written)
    if DAMAGED in written:
        warn("text_damaged")
    written = written.strip()
    if len(written) > LONGEST_TEXT:
        raise BadCell("text_too_long", longest=LONGEST_TEXT)
    return written or None


def _from_cell(cell: Cell) -> str:
    """A number in a text column is its decimal: 成绩 85.5."""
    if cell.kind is Kind.BOOLEAN:
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="文字")
    return stored(cell).text()


def identifier(cell: Raw, warn: Warn) -> str:
    """An id: the digits of a number cell, or a text as it stands (lead noughts kept), in half width."""
    if isinstance(cell, Cell):
        return _digits_of(cell)
    written = (cell or "").translate(_FULL_WIDTH).strip()
    if hidden := _INVISIBLE.findall(written):
        raise BadCell("bad_character", characters=_names(hidden))
    if len(written) > LONGEST_ID:
        raise BadCell("text_too_long", longest=LONGEST_ID)
    odd = unicodedata.normalize("NFKC", written) != written
    if odd or _DAMAGED_ID.fullmatch(written) or not _ID.fullmatch(written):
        raise BadCell("not_an_id")
    if cut_off(written):
        warn("id_maybe_rounded")
    return written


def cut_off(written: str) -> bool:
    """Whether a line is an id of 18 or more digits with noughts from the 16th on: what a number cell leaves of one."""
    return bool(_CUT_OFF.search(written))


def _digits_of(cell: Cell) -> str:
    if cell.kind is Kind.PADDED:
        raise BadCell("id_padded")
    if cell.kind not in NUMBERS:
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="编号")
    written = digits(cell)
    if written is None:
        raise BadCell("not_an_id")
    if len(written) > EXCEL_DIGITS:
        raise BadCell("id_rounded")
    return written


def email(cell: Raw) -> str:
    """Lower case, roughly an address."""
    if isinstance(cell, Cell):
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="邮箱")
    written = (cell or "").translate(_FULL_WIDTH).strip().lower()
    if len(written) > LONGEST_TEXT or not _EMAIL.fullmatch(written):
        raise BadCell("not_an_email")
    return written


def _names(characters: list[str]) -> str:
    """U+0000 NULL and so on, each once."""
    return "、".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in dict.fromkeys(characters))
