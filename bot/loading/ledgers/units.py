"""Units of amounts, in a header (日均存款(万元)) or on a line above the headers (单位:万元)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.money import Currency
from bot.loading.ledgers.schema import Kind

_PLACES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_UNIT = re.compile(r"(?:人民币|rmb|cny)?(?P<scale>[十百千万亿]*)(?P<money>元|美元|美金|usd|cny|rmb|yuan|dollars?)?")
_ONE = r"(?:人民币|rmb|cny)?(?:[十百千万亿]*(?:美?元|美金|usd|rmb|cny)|[十百千万亿]+(?=$|[)\]、,/;|]))"
_LINE = re.compile(rf"(?:单位[:=为]?\|?|[(\[])(?P<units>{_ONE}(?:[/、,;和及]{_ONE})*)")
_UNREAD = re.compile(
    r"(?<![\d一二两三四五六七八九几数上近.十百千万亿])[十百千万亿]+(?:人民币)?(?:美?元|美金|圆|rmb|usd|cny)"
)
"""Where no unit was read, this would be one; behind a digit it is an amount: 3000万元以上客户."""
_BETWEEN = re.compile(r"[/、,;和及]")
_DOLLARS = ("美元", "美金", "usd", "dollar", "dollars")
_PLAIN_UNITS = {
    Kind.SHARE: ("%", "百分比", "百分数", "percent"),
    Kind.HOURS: ("小时", "学时", "课时", "h", "hours"),
    Kind.RATE: ("元", "人民币元", "人民币", "元/美元", "1美元"),
}
CURRENCIES = {Kind.AMOUNT: Currency.CNY, Kind.DOLLARS: Currency.USD}


@dataclass(frozen=True, slots=True)
class Unit:
    """10 ** `places` yuan or dollars, as written."""

    name: str
    currency: Currency
    places: int


YUAN = Unit("元", Currency.CNY, 0)
DOLLARS = Unit("美元", Currency.USD, 0)


def plain(text: str) -> str:
    """Half width, lower case, without blanks or the star of a required column."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).strip("*'\"")


def unit_of(written: str, otherwise: Currency = Currency.CNY) -> Unit | None:
    """The unit in `plain` text, `otherwise` where it names no currency (万); None where it is none."""
    found = _UNIT.fullmatch(written)
    if not found or not written:
        return None
    money = found["money"]
    currency = otherwise if money is None else Currency.USD if money in _DOLLARS else Currency.CNY
    return Unit(written, currency, sum(_PLACES[mark] for mark in found["scale"]))


def units_in_line(cells: Iterable[str]) -> list[Unit] | None:
    """The units that a line above the headers names: 单位:万元、万美元, or 业绩表(万元). 编制单位:某支行 names none.

    None where the line says 万元 in words that are not understood: taken for yuan, the figures would be wrong.
    """
    line = "|".join(plain(cell) for cell in cells if cell)
    found = _LINE.finditer(line)
    units = [unit for match in found for part in _BETWEEN.split(match["units"]) if (unit := unit_of(part))]
    return units if units or not _UNREAD.search(line) else None


def says_scale(cells: Iterable[str]) -> bool:
    """Whether a line elsewhere speaks of 万元 and the like as of a unit: 注:金额单位为万元."""
    line = "|".join(plain(cell) for cell in cells)
    return bool(_UNREAD.search(line) or any(unit.places for unit in units_in_line([line]) or ()))


def accepted_units(kind: Kind) -> str | None:
    """The units that a column of that kind may name, for a message; None where what stands in brackets is no unit."""
    if kind in CURRENCIES:
        return "元、万元、亿元" if kind is Kind.AMOUNT else "美元、万美元、亿美元"
    return "、".join(_PLAIN_UNITS[kind]) if kind in _PLAIN_UNITS else None


def is_plain_unit(kind: Kind, written: str) -> bool:
    """占比(%), 学时(小时)."""
    return written in _PLAIN_UNITS.get(kind, ())
