"""Numbers read exactly: a coefficient and a power of ten, never a float and never a rounding Decimal context.

A number cell of XLSX stores the digits of a binary double (300.00000099999999 where 300.000001 was typed). The shortest
decimal that means the same double is what was typed, for the 15 digits that Excel lets one type. Float serves here only
to find that decimal; no sum is made with it.
"""

import re
from typing import NamedTuple

from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw

EXCEL_DIGITS = 15
NUMBERS = (Kind.NUMBER, Kind.COMPUTED, Kind.PADDED)
_HALF_WIDTH = str.maketrans("0123456789,.-+%Ee−", "0123456789,.-+%Ee-")
_BLANKS = re.compile(r"(?<![0-9\s])\s++|\s++(?![0-9])")
"""All but those between two digits: `12 5` is no 125."""
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\s\d{3})+)(?:\.\d*)?")
_SEPARATORS = re.compile(r"[,\s]")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*)(?:\.(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d{1,3}))?", re.ASCII)
_NOT_FINITE = {"nan", "inf", "infinity", "#num!", "#div/0!"}
_LONGEST = 60


class Exact(NamedTuple):
    """coefficient x 10 ** power."""

    coefficient: int
    power: int

    def times_ten_to(self, places: int) -> int | None:
        """The number shifted by `places` as a whole number; None where that leaves a part."""
        shift = self.power + places
        if shift >= 0:
            return int(self.coefficient * 10**shift)
        whole, rest = divmod(self.coefficient, 10**-shift)
        return None if rest else whole

    def reaches(self, limit: int) -> bool:
        """Whether the number is above `limit`."""
        if self.power >= 0:
            return bool(self.coefficient * 10**self.power > limit)
        return bool(self.coefficient > limit * 10**-self.power)

    def text(self) -> str:
        """Canonical decimal: no exponent, no needless noughts."""
        sign, digits = ("-" if self.coefficient < 0 else ""), str(abs(self.coefficient))
        if self.power >= 0:
            return sign + digits + "0" * self.power
        digits = digits.rjust(1 - self.power, "0")
        whole, part = digits[: self.power], digits[self.power :].rstrip("0")
        return f"{sign}{whole}.{part}" if part else sign + whole


def tidy(text: str) -> str:
    """Half width, without blanks but those between digits: 12 345, and 12 5."""
    return _BLANKS.sub("", text.translate(_HALF_WIDTH).strip())


def parse(text: str) -> Exact | None:
    """A plain or scientific decimal in ASCII digits; None for anything else."""
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if not found or not (found["whole"] or found["part"]):
        return None
    part = found["part"] or ""
    coefficient = int(found["whole"] + part)
    return Exact(-coefficient if found["sign"] == "-" else coefficient, int(found["power"] or 0) - len(part))


def number(cell: Raw) -> Exact:
    """The number in a cell. BadCell for what is none: text, nan, wrong thousands, a date, an error.

    A text in scientific notation is what Excel leaves of a long number in a CSV: digits are lost.
    """
    if isinstance(cell, Cell):
        return stored(cell)
    text = tidy(cell or "")
    if _THOUSANDS.fullmatch(text):
        text = _SEPARATORS.sub("", text)
    found = parse(text)
    if found is None:
        not_finite = text.lower().lstrip("+-") in _NOT_FINITE
        raise BadCell("not_finite" if not_finite else "not_a_number")
    if "e" in text.lower():
        raise BadCell("scientific")
    return found


def stored(cell: Cell) -> Exact:
    """A number cell, as the decimal typed; a formula's result as Excel shows it, to 15 digits."""
    if cell.kind not in NUMBERS:
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="数字")
    return typed(cell)


def typed(cell: Cell) -> Exact:
    """The shortest decimal of the double that the file stores."""
    if parse(cell.text) is None:
        raise BadCell("not_finite" if cell.text.lower().lstrip("+-") in _NOT_FINITE else "not_a_number")
    shortest = parse(repr(float(cell.text)))
    if shortest is None:  # beyond the range of a double
        raise BadCell("not_finite")
    return rounded(shortest) if cell.kind in (Kind.COMPUTED, Kind.PADDED) else shortest


def rounded(value: Exact) -> Exact:
    """To the 15 digits that Excel computes with, half up."""
    surplus = len(str(abs(value.coefficient))) - EXCEL_DIGITS
    if surplus <= 0:
        return value
    size = (abs(value.coefficient) + 5 * 10 ** (surplus - 1)) // 10**surplus
    return Exact(-size if value.coefficient < 0 else size, value.power + surplus)
