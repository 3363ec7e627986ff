"""Cells that hold a quantity: amounts, shares, rates, hours, seats. All come out as whole numbers of a small unit."""

import re

from bot.domain.ledger import FULL_SHARE
from bot.loading.ledgers.exact import Exact, number, parse, stored, tidy, typed
from bot.loading.ledgers.marked import in_unit
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw, Warn
from bot.loading.ledgers.units import Unit

MOST = 10**12
"""1万亿: the most that a cell may hold, in yuan or dollars (sums of a bank's cells then fit 64 bits)."""
_MOST_HOURS = 10_000
_MOST_SEATS = 100_000
_RATE_PLACES = 12
_HOURS = ("个学时", "学时", "个小时", "小时", "课时")
_PEOPLE = ("人", "名", "位")
_PLAIN = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)
_SHIFTS = tuple(10**n for n in range(20))
_LIKELY_RATES = (1, 20)
"""Yuan for a dollar; banks also quote for 100 dollars."""


def amount(cell: Raw, unit: Unit) -> int:
    """分 or US cents of an amount in a column of that unit."""
    quick = _plain_amount(cell, unit.places)
    if quick is not None:
        return quick
    exact, places = in_unit(cell, unit)
    if exact.coefficient < 0:
        raise BadCell("negative")
    if exact._replace(power=exact.power + places).reaches(MOST):
        raise BadCell("amount_too_large")
    minor = exact.times_ten_to(places + 2)
    if minor is None:
        raise BadCell("too_many_decimals", unit=unit.name)
    return minor


def _plain_amount(cell: Raw, places: int) -> int | None:
    """The short way for most cells of a million rows: at most 15 digits, which a double keeps, 2 of them decimals."""
    if isinstance(cell, Cell):
        cell = cell.text if cell.kind in (Kind.NUMBER, Kind.COMPUTED) else None
    found = _PLAIN.fullmatch(cell) if cell else None
    if not found:
        return None
    whole, part = found.groups("")
    minor = int(whole + part) * _SHIFTS[places + 2 - len(part)]
    return minor if minor <= MOST * 100 else None


def share(cell: Raw, warn: Warn) -> int:
    """Basis points of `50`, `50%`, or a number cell shown as 50 % (which stores 0.5)."""
    exact, marked = _percent(cell)
    if exact.coefficient <= 0:
        raise BadCell("share_not_positive")
    if exact.reaches(100):
        raise BadCell("share_above_100")
    points = exact.times_ten_to(2)
    if points is None:
        raise BadCell("share_too_fine")
    if not marked and points <= FULL_SHARE // 100:
        warn("share_tiny", percent=exact.text(), times=exact._replace(power=exact.power + 2).text())
    return points


def _percent(cell: Raw) -> tuple[Exact, bool]:
    """The number of percent, and whether the cell itself says that it is one."""
    if isinstance(cell, Cell):
        if cell.kind is Kind.PERCENT:
            exact = typed(cell)
            return exact._replace(power=exact.power + 2), True
        return stored(cell), False
    text = tidy(cell or "")
    return number(text.removesuffix("%")), text.endswith("%")


def rate(cell: Raw, warn: Warn) -> str:
    """A canonical decimal above nought."""
    exact = number(cell)
    if exact.coefficient <= 0:
        raise BadCell("rate_not_positive")
    if exact.times_ten_to(_RATE_PLACES) is None:
        raise BadCell("rate_too_fine")
    least, most = _LIKELY_RATES
    if exact.reaches(10**6):
        raise BadCell("not_a_number")
    if exact.reaches(most) or not exact.reaches(least):
        warn("rate_unlikely")
    return exact.text()


def hours(cell: Raw) -> int:
    """Hundredths of an hour: 2, 2小时."""
    exact = number(_without(cell, _HOURS))
    if exact.coefficient < 0:
        raise BadCell("negative")
    if exact.reaches(_MOST_HOURS):
        raise BadCell("hours_too_large")
    hundredths = exact.times_ten_to(2)
    if hundredths is None:
        raise BadCell("hours_too_fine")
    return hundredths


def count(cell: Raw) -> int:
    """A whole number of people: 30, 30人."""
    exact = number(_without(cell, _PEOPLE))
    people = exact.times_ten_to(0) if not exact.reaches(_MOST_SEATS) else None
    if people is None or people < 0:
        raise BadCell("not_a_count")
    return people


def _without(cell: Raw, words: tuple[str, ...]) -> Raw:
    """The cell without the one word that says what is counted."""
    if not isinstance(cell, str):
        return cell
    written = tidy(cell)
    return next((written.removesuffix(word) for word in words if written.endswith(word)), written)


def digits(cell: Cell) -> str | None:
    """The digits of a whole, positive number cell, as an id or a date stores them; None where it is none."""
    exact = parse(cell.text)
    whole = exact.times_ten_to(0) if exact and exact.power <= EXPONENT else None
    return None if whole is None or whole < 0 else str(whole)


EXPONENT = 40
"""Larger powers of ten are no id: kept from making long integers."""
