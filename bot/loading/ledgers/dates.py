"""Dates and times of day: serials of both Excel epochs, ISO texts, 20260930, 2026年9月30日."""

import re
from datetime import date, timedelta

from bot.loading.ledgers.amounts import digits
from bot.loading.ledgers.exact import NUMBERS, rounded, tidy, typed
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw

_WRITTEN = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?", re.ASCII)
_TIME_AFTER = re.compile(r"(?<=\d)[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)
"""Of the local day: 16:00Z is the next one here, and which is meant is not said."""
_TIME = re.compile(r"(?:\d[\d\-/.年月日]*[T\s]+)?(\d{1,2})[::](\d{2})(?:[::]\d{2}(?:\.\d+)?)?", re.ASCII)
_EPOCH_1900 = date(1899, 12, 30)
"""Serial 0, counted back over the 1900-02-29 that never was: right from serial 61 on."""
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_PHANTOM_LEAP_DAY = 60
_YEARS = range(1900, 2200)
_LIKELY_SERIALS = 18_264
"""1950-01-01: a smaller number that is not shown as a date is a year, an hour or an amount."""
_MINUTES = 24 * 60


def day(cell: Raw, epoch_1904: bool, last: bool = False) -> date:
    """A day; the time of day, if any, is dropped. `last`: an end, for which 9999-12-31 is usual."""
    found = _from_cell(cell, epoch_1904) if isinstance(cell, Cell) else _from_text(cell or "")
    if found.year not in _YEARS and not last:
        raise BadCell("date_out_of_range")
    return found


def _from_cell(cell: Cell, epoch_1904: bool) -> date:
    if cell.kind is Kind.DATE and "-" in cell.text:
        return _from_text(cell.text)
    if cell.kind not in (*NUMBERS, Kind.DATE):
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="日期")
    written = digits(cell)
    if written and len(written) == 8:
        return _from_text(written)
    exact = rounded(typed(cell))  # a sum of days that stores 46294.999999999993 is shown as the next day
    if exact.coefficient < 0 or exact.reaches(_LAST_SERIAL):
        raise BadCell("not_a_date")
    serial = exact.coefficient * 10**exact.power if exact.power >= 0 else exact.coefficient // 10**-exact.power
    if cell.kind is not Kind.DATE and 0 < serial < _LIKELY_SERIALS:
        raise BadCell("bare_number")
    if serial == 0:  # a time of day alone
        raise BadCell("not_a_date")
    if epoch_1904:
        return _EPOCH_1904 + timedelta(days=min(serial, _LAST_SERIAL - 1462))
    if serial == _PHANTOM_LEAP_DAY:
        raise BadCell("not_a_date")
    return _EPOCH_1900 + timedelta(days=serial + (serial < _PHANTOM_LEAP_DAY))


def _from_text(text: str) -> date:
    """The calendar's word on what is written."""
    written = tidy(_TIME_AFTER.sub("", text.strip()))
    found = _WRITTEN.fullmatch(written) or _COMPACT.fullmatch(written)
    if not found:
        raise BadCell("not_a_date")
    year, month, dom = (int(part) for part in found.groups() if part and part.isdigit())
    try:
        return date(year, month, dom)
    except ValueError:
        raise BadCell("not_a_date") from None


def time_of_day(cell: Raw) -> str:
    """`HH:MM` of a fraction of a day, or of a text."""
    if isinstance(cell, Cell) and ":" not in cell.text:
        return _of_fraction(cell)
    found = _TIME.fullmatch((cell.text if isinstance(cell, Cell) else cell or "").strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadCell("not_a_time")
    return f"{int(found[1]):02}:{found[2]}"


def _of_fraction(cell: Cell) -> str:
    """The nearest minute: the fraction of a day is rarely exact."""
    if cell.kind not in (*NUMBERS, Kind.DATE):
        raise BadCell("wrong_kind", kind=cell.kind.value, wanted="时间")
    exact = typed(cell)
    scale = 10 ** max(-exact.power, 0)
    days, part = divmod(exact.coefficient * 10 ** max(exact.power, 0), scale)
    bare = cell.kind is not Kind.DATE and (days or not part)  # 9, 9.5 and 0 say no time
    if exact.coefficient < 0 or bare or (days and not part):
        raise BadCell("not_a_time")
    minutes = min((part * _MINUTES + scale // 2) // scale, _MINUTES - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}"
