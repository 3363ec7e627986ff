"""What of a client and of a figure may leave the bank. Decided here once: every template prints a client's name by
the filter `client` and a figure of the ledger by one of `words.FIGURES`, which ask the veil; bounds of the regulation,
which are no secret, are printed by `money`.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from bot.domain.ledger import Fault, ManagedClient
from bot.domain.money import Currency
from bot.render import amounts
from bot.render.mrkdwn import one_line


class ClientNames(StrEnum):
    """LADDER_CLIENT_NAMES."""

    FULL = "full"
    MASKED = "masked"
    """The first character, and the client's number."""
    NUMBER = "number"


class Figures(StrEnum):
    """LADDER_FIGURES."""

    FULL = "full"
    BAND = "band"
    """Between which two steps of 1, 2, 5, 10 … an amount lies."""
    NONE = "none"


_STEPS = (1, 2, 5, 10)
_QUARTER = 25


@dataclass(frozen=True, slots=True)
class Veil:
    """Nothing is hidden unless a setting says so."""

    names: ClientNames = ClientNames.FULL
    figures: Figures = Figures.FULL

    @property
    def open(self) -> bool:
        """Everything may be shown, and files may be sent."""
        return self.names is ClientNames.FULL and self.figures is Figures.FULL

    def client(self, name: str, number: str | None) -> str | None:
        """How a client is called. Without a number it is a new one, and its name what somebody has typed: None where
        only numbers are shown."""
        if self.names is ClientNames.FULL or name == number:
            return one_line(name)
        if self.names is ClientNames.NUMBER:
            return number and one_line(number)
        masked = one_line(name)[:1] + "＊＊"
        return f"{masked}({one_line(number)})" if number else masked


def band(minor: Fraction | int, currency: Currency, below: str) -> str:
    """5,000万–1亿元: the two steps between which it lies, the lower one counted in; below 1万 it is 不足1万元."""
    size, sign, step = abs(Fraction(minor)), "-" if minor < 0 else "", amounts.WAN
    if size < step:
        return f"{below}{amounts.amount(step, currency)}"
    while size >= 10 * step:
        step *= 10
    low, high = next((a, b) for a, b in pairwise(_STEPS) if a * step <= size < b * step)
    return f"{sign}{amounts.amount(low * step, currency)}–{amounts.amount(high * step, currency)}"


def quarters(shown: str) -> str:
    """25–50%: a percentage between two quarters of a hundred."""
    whole = int(shown.rstrip("%").partition(".")[0].replace(",", "") or 0)
    low = whole // _QUARTER * _QUARTER
    return "≥100%" if whole >= 100 else f"{low}–{low + _QUARTER}%"


def who(named: ManagedClient | Fault | str) -> tuple[str, str | None]:
    """A client's name and number."""
    if isinstance(named, ManagedClient):
        return named.name, named.figures.client
    if isinstance(named, Fault):
        return named.client_name or named.client, named.client
    return str(named), None
