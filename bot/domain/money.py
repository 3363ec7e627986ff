"""Money in whole minor units (分, US cents), and the way the regulation writes it: 7500万元, 2.5亿元, 3000万美元.

No float stands anywhere: what is written is read as a decimal and refused when it has a part smaller than a 分.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_SCALE = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_WRITTEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<scale>万亿|亿|万)?(?P<unit>元|美元)")


class Currency(StrEnum):
    """The two currencies of the regulation."""

    CNY = "CNY"
    USD = "USD"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`minor` whole 分 (CNY) or cents (USD)."""

    minor: int
    currency: Currency = Currency.CNY

    @classmethod
    def parse(cls, written: str) -> "Money":
        """Reads an amount as the regulation writes it. ValueError for anything else, or for a part of a 分."""
        found = _WRITTEN.fullmatch(written)
        if not found:
            raise ValueError(f"not an amount: {written!r}")
        minor = Decimal(found["number"]) * _SCALE[found["scale"] or ""] * 100
        if minor != int(minor):
            raise ValueError(f"less than a 分: {written!r}")
        return cls(int(minor), Currency.USD if found["unit"] == "美元" else Currency.CNY)


_PLACES = 12
"""Decimals of a major unit that any figure can have: shares give four below a 分, rates up to six more."""


def decimal_text(minor: Fraction | int, places: int = 2, per: int = 100) -> str:
    """`minor` units, `per` a major one, as an exact decimal with at least `places` decimals: 690000000000 ->
    '6900000000.00'.

    Every figure here is a whole number over a power of ten (shares are basis points, rates are decimals), so it ends;
    a fraction that does not end is a fault of the caller and raises ValueError. `per` is a hundredfold.
    """
    # Nearly all figures are whole 分: no need to look for their end.
    if isinstance(minor, int) and minor >= 0 and places == 2 and not minor % (fine := per // 100):
        major, hundredths = divmod(minor // fine, 100)
        return f"{major}.{hundredths:02}"
    below = minor.denominator * per
    scale = _PLACES
    while 10**scale % below:
        scale += _PLACES
        if scale > 10 * _PLACES:
            raise ValueError(f"not a finite decimal: {minor}")
    scaled = minor.numerator * (10**scale // below)
    digits = f"{abs(scaled):0{scale + 1}}"
    whole, rest = digits[:-scale], digits[-scale:].rstrip("0").ljust(places, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
