"""The periods that standings and appraisals speak of, and the calendar arithmetic of the readings (R15, R16, R20)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.errors import UnknownPeriod

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_YEAR = re.compile(r"\d{4}")


class PeriodKind(StrEnum):
    """A quarter finds the standard reached, a year proposes the appointment (R25); a date is a standing only."""

    QUARTER = "quarter"
    YEAR = "year"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Period:
    """A period and the date its figures are taken at (`as_of`: its last day)."""

    kind: PeriodKind
    as_of: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2026Q3`, `2026` (the annual appraisal), or `2026-09-30`. UnknownPeriod for anything else."""
        text = text.strip().upper()
        try:
            if found := _QUARTER.fullmatch(text):
                return cls(PeriodKind.QUARTER, quarter_end(int(found[1]), int(found[2])))
            if _YEAR.fullmatch(text):
                return cls(PeriodKind.YEAR, date(int(text), 12, 31))
            return cls(PeriodKind.DATE, date.fromisoformat(text))
        except ValueError:
            raise UnknownPeriod(text=text) from None

    @classmethod
    def at(cls, as_of: date) -> "Period":
        """The quarter that ends on `as_of`, or else that date as such."""
        ends_quarter = as_of == quarter_end(as_of.year, (as_of.month + 2) // 3)
        return cls(PeriodKind.QUARTER if ends_quarter else PeriodKind.DATE, as_of)

    def __str__(self) -> str:
        if self.kind is PeriodKind.QUARTER:
            return f"{self.as_of.year}Q{self.as_of.month // 3}"
        return f"{self.as_of.year}" if self.kind is PeriodKind.YEAR else self.as_of.isoformat()

    @property
    def annual(self) -> bool:
        """Whether this is the annual appraisal, in which a missing special report fails (R16)."""
        return self.kind is PeriodKind.YEAR

    @property
    def year_start(self) -> date:
        """The first day of the as-of year: figures are the year to date (R10)."""
        return date(self.as_of.year, 1, 1)

    @property
    def last_year_end(self) -> date:
        """12-31 of the year before, whose rows are "last year" (R5, R9)."""
        return date(self.as_of.year - 1, 12, 31)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter. ValueError outside the calendar."""
    if quarter == 4:
        return date(year, 12, 31)
    return date(year, quarter * 3 + 1, 1) - timedelta(days=1)


def corresponding_day(start: date, years: int) -> date:
    """The day on which `years` from `start` are full: the corresponding day, the month's end where there is none
    (R15; 民法典 202: from 02-29 one year is full on 02-28)."""
    year = start.year + years
    return start.replace(year=year, day=min(start.day, calendar.monthrange(year, start.month)[1]))
