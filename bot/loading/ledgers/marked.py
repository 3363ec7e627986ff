"""Amounts that bear their unit in the cell: 3000万, 3,000.00元, ¥1,234.50, 1.2亿, $500, 100万美元.

Read only where one reading is left. In a column of yuan or dollars the mark says all. In a column of 万元 a cell may
repeat that very unit (3000万元); 3000万 there is either 3,000 or 30,000,000 万元, and is refused.
"""

import re

from bot.domain.money import Currency
from bot.loading.ledgers.exact import Exact, number, tidy
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw
from bot.loading.ledgers.units import Unit, unit_of

_MARKED = re.compile(
    r"(?P<sign>[+-]?)(?P<before>人民币|rmb|cny|¥|us\$|usd|美元|美金|\$)?(?P<number>[+-]?\d[\d,.\s]*)"
    r"(?P<scale>[十百千]?万|[十百千万]?亿|千)?(?P<after>元|人民币|rmb|cny|美元|美金|usd)?",
    re.ASCII,
)
_YUAN_MARKS = ("¥", "人民币", "rmb", "cny", "元")
_NAMES = {Currency.CNY: "人民币", Currency.USD: "美元"}


def in_unit(cell: Raw, unit: Unit) -> tuple[Exact, int]:
    """The number in a cell of a column in `unit`, and the power of ten of the unit that it is in."""
    if isinstance(cell, Cell) and cell.kind is Kind.SCALED:
        raise BadCell("unit_in_format", unit=unit.name)
    found = _MARKED.fullmatch(tidy(cell).lower().replace("\uffe5", "¥")) if isinstance(cell, str) else None
    if found is None or not (found["before"] or found["scale"] or found["after"]):
        return number(cell), unit.places
    exact = number(found["sign"] + found["number"])
    for mark in (found["before"], found["after"]):
        if mark and _currency(mark) is not unit.currency:
            raise BadCell("cell_currency", currency=_NAMES[unit.currency])
    own = unit_of((found["scale"] or "") + (found["after"] or ""), unit.currency)
    places = own.places if own else 0
    if unit.places and not (found["after"] and places == unit.places):
        raise BadCell("dual_unit", unit=unit.name)
    return exact, places


def _currency(mark: str) -> Currency:
    return Currency.CNY if mark in _YUAN_MARKS else Currency.USD
