"""Workdays of mainland China: weekends and holidays are free, but for the days that are made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """What the State Council has announced for one year."""

    holidays: frozenset[date]
    """Weekdays that are free; weekends are anyway."""
    made_up: frozenset[date]
    """Weekend days that are worked."""
    source: str


@dataclass(frozen=True, slots=True)
class Workdays:
    """The years that are known. Of others only the weekends are: nobody knows holidays before they are announced."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def known(self, day: date) -> bool:
        """Whether that year's holidays are."""
        return day.year in self.years

    def works(self, day: date) -> bool:
        """Whether it is a workday."""
        year = self.years.get(day.year)
        if year and day in year.holidays:
            return False
        return day.weekday() < _SATURDAY or bool(year and day in year.made_up)

    def before(self, day: date, count: int) -> date:
        """The workday from which there are `count` workdays up to `day`, itself not counted and `day` counted."""
        found = day
        left = count
        while left or not self.works(found):
            left -= self.works(found) and left > 0
            found -= _ONE
        return found

    def left(self, today: date, day: date) -> int:
        """Workdays after today up to `day`, which counts; 0 where it is past."""
        return sum(self.works(today + n * _ONE) for n in range(1, (day - today).days + 1))

    def on_or_after(self, day: date) -> date:
        """The next workday, today's if it is one."""
        while not self.works(day):
            day += _ONE
        return day
