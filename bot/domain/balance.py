"""Balance to raise: a gap of the year's daily average, as money that must lie in the accounts from a day on.

The figures are the year to date on the as-of date, the bound is the year's. From the as-of date on, the balance is
taken to stay where it is; what is raised counts from its day, that day included (R24), to 12-31.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


def year_days(day: date) -> int:
    """365, or 366."""
    return days_left(date(day.year, 1, 1))


def days_left(since: date) -> int:
    """Days from `since` to 12-31, both included: 32 from 11-30."""
    return (date(since.year, 12, 31) - since).days + 1


def average_of(amount: int, since: date) -> int:
    """What an amount that lies there from `since` adds to the year's average, in whole minor units, toward nought."""
    days = amount * days_left(since)
    return days // year_days(since) if days >= 0 else -(-days // year_days(since))


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceGap:
    """What a year's average still needs; amounts exact, in 分."""

    as_of: date
    average: Fraction
    """The year to date."""
    balance: Fraction
    """What lies there on the as-of date; `average` where no balance was imported."""
    assumed: bool
    """The balance is not known, and taken to be the average."""
    bound: Fraction
    """What the year's average must come to."""

    @property
    def days_gone(self) -> int:
        """From 01-01 to the as-of date, both included."""
        return year_days(self.as_of) - self.days_left

    @property
    def days_left(self) -> int:
        """From the day after the as-of date; none on 12-31."""
        return days_left(self.as_of) - 1

    @property
    def year_average(self) -> Fraction:
        """The whole year's average if nothing is raised."""
        held = self.average * self.days_gone + self.balance * self.days_left
        return held / year_days(self.as_of)

    @property
    def missing(self) -> Fraction:
        """What that lacks of the bound; nought where it is reached."""
        return max(Fraction(0), self.bound - self.year_average)

    @property
    def next_day(self) -> date:
        """The first day on which money can still come."""
        return self.as_of + timedelta(days=1)

    def to_raise(self, since: date) -> Fraction | None:
        """How much more must lie there from `since` to 12-31. None where no day is left; ValueError for a day before
        the figures end, which the average holds already."""
        if since <= self.as_of:
            raise ValueError(f"{since} is not after {self.as_of}")
        if since.year != self.as_of.year:
            return None
        return self.missing * year_days(self.as_of) / days_left(since)

    def factor(self, since: date) -> Fraction:
        """How many times the gap of the average that is; `since` in the year and after the as-of date."""
        return Fraction(year_days(self.as_of), days_left(since))

    def last_day(self, amount: int) -> date | None:
        """The last date on which `amount` (分) suffices; None where it does not suffice on the next day any more."""
        if amount <= 0:
            return None
        needed = self.missing * year_days(self.as_of) / amount
        days = max(1, -(-needed.numerator // needed.denominator))
        if days > self.days_left:
            return None
        return date(self.as_of.year, 12, 31) - timedelta(days=days - 1)
