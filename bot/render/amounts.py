"""How amounts and shares are written for people: 万 and 亿, rounded only here (R13); never a float. What is held or
asked is rounded half up; what is needed, up.

`minor` is 分 or US cents, whole or a fraction.
"""

from datetime import date, datetime
from fractions import Fraction
from itertools import count
from math import ceil

from bot.domain.money import Currency, Money, decimal_text

_UNITS = {Currency.CNY: "元", Currency.USD: "美元"}
WAN = 10**6
"""Minor units in one 万."""


def amount(minor: Fraction | int, currency: Currency = Currency.CNY) -> str:
    """6,900万元, 1.62亿元, 260万美元: two decimals of 万, half up. Rounds to nothing: exact."""
    hundredths = _half_up(minor, WAN // 100)
    return _in_wan(hundredths, currency) if hundredths or not minor else exact(minor, currency)


def needed(minor: Fraction | int, currency: Currency = Currency.CNY) -> str:
    """1,936.07万元 for 19,360,608.37元: rounded up, so that what is told suffices. Less than 100元: to the next 分."""
    if 0 < minor < WAN // 100:
        return exact(ceil(minor), currency)
    return _in_wan(ceil(Fraction(minor) / (WAN // 100)), currency)


def _in_wan(hundredths: int, currency: Currency) -> str:
    """Of hundredths of 万."""
    if not hundredths:
        return f"0{_UNITS[currency]}"
    if abs(hundredths) >= 10**6 and not hundredths % 10**4:
        return f"{_hundredths(hundredths // 10**4)}亿{_UNITS[currency]}"
    return f"{_hundredths(hundredths)}万{_UNITS[currency]}"


def exact(minor: Fraction | int, currency: Currency = Currency.CNY) -> str:
    """12,345,678.90元: every digit, at least two decimals."""
    return f"{exact_number(minor)}{_UNITS[currency]}"


def exact_number(minor: Fraction | int) -> str:
    """12,345,678.90: every digit, at least two decimals, no unit."""
    whole, _, decimals = decimal_text(minor).partition(".")
    return f"{int(whole):,}.{decimals}" if whole != "-0" else f"-0.{decimals}"


def against(value: Fraction, bound: Money) -> str:
    """A value beside its bound: written out exactly where rounding would hide on which side it stands."""
    rounded = amount(value, bound.currency)
    hides = value != bound.minor and rounded == amount(bound.minor, bound.currency)
    return exact(value, bound.currency) if hides else rounded


def money(value: Money) -> str:
    """An amount of the rulebook."""
    return amount(value.minor, value.currency)


def attained(value: Fraction, bound: Money) -> str:
    """How much of a bound is reached: 92%, 34.5%; cut, not rounded, so 100% is said only of what is reached."""
    above, below = value.as_integer_ratio()
    whole, tenths = divmod(max(0, above) * 1000 // (below * bound.minor), 10)
    return f"{whole}.{tenths}%" if tenths else f"{whole}%"


def percent(ratio: Fraction) -> str:
    """18.3%, 13%: one decimal, half up."""
    whole, tenth = divmod(_half_up(ratio * 1000, 1), 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def times(factor: Fraction) -> str:
    """11.4: one decimal, half up."""
    whole, tenth = divmod(_half_up(factor * 10, 1), 10)
    return f"{whole}.{tenth}"


def share(basis_points: int) -> str:
    """A client's share: 100%, 33.33%."""
    return decimal_text(basis_points, places=0) + "%"


def shares(now: Fraction, then: Fraction) -> tuple[str, str]:
    """Two shares with as many decimals as it takes to tell them apart, two at least: 99.99999% against 100.00%."""
    for places in count(2):
        pair = _decimals(now * 100, places), _decimals(then * 100, places)
        if now == then or pair[0] != pair[1]:
            return pair[0] + "%", pair[1] + "%"
    raise AssertionError("unreachable")


def _half_up(value: Fraction | int, unit: int) -> int:
    """How many units a value is; halves go away from nought, as in 四舍五入."""
    above, below = value.as_integer_ratio()
    units = (2 * abs(above) + unit * below) // (2 * unit * below)
    return -units if above < 0 else units


def _hundredths(value: int) -> str:
    """123450 -> 1,234.5."""
    whole, rest = divmod(abs(value), 100)
    decimals = f".{rest:02d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole:,}{decimals}"


def _decimals(value: Fraction, places: int) -> str:
    """Cut after `places` decimals; `value` is not negative."""
    whole, rest = divmod(int(value * 10**places), 10**places)
    return f"{whole}.{rest:0{places}d}"


def hours(hundredths: int) -> str:
    """Hundredths of an hour, without idle noughts: 350 is 3.5."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".")


def weekday(day: date, english: bool = False) -> str:
    """2026-12-11 周五, or 2026-12-11 Fri."""
    named = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()] if english else None
    return f"{day} {named or '周' + '一二三四五六日'[day.weekday()]}"


def moment(at: datetime) -> str:
    """2026-12-11 09:00, in the time zone that it is in."""
    return at.strftime("%Y-%m-%d %H:%M")
