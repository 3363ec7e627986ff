"""Where the readers put what they find wrong: listed as far as anybody reads, and counted beyond."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.importing import Place, Remark, remark
from bot.loading.ledgers.raw import Unreadable

MOST_ERRORS = 10_000
"""Listed of one sheet: memory is not the file's to fill."""
MOST_WARNINGS = 200
"""Listed of one kind in one sheet."""


class Report:
    """Errors and warnings of one import, in the order in which they were found."""

    def __init__(self) -> None:
        self.faults = 0
        """Errors, listed or not."""
        self._errors: list[Remark] = []
        self._warnings: list[Remark] = []
        self._faulty: Counter[tuple[str, str | None]] = Counter()
        self._warned: Counter[tuple[str, str | None, str]] = Counter()

    def error(self, code: str, place: Place, value: str | None = None, /, **facts: object) -> None:
        """Something that keeps the whole import out."""
        if not self.full(place):
            self._errors.append(remark(code, place, value, **facts))
        self.count(place)

    def count(self, place: Place) -> None:
        """One more error of that sheet, which is not listed."""
        self.faults += 1
        self._faulty[place.file, place.sheet] += 1

    def full(self, place: Place) -> bool:
        """Whether no further error of that sheet will be listed."""
        return self._faulty[place.file, place.sheet] >= MOST_ERRORS

    def warn(self, code: str, place: Place, value: str | None = None, /, **facts: object) -> None:
        """Something that was read all the same."""
        kind = (place.file, place.sheet, code)
        self._warned[kind] += 1
        if self._warned[kind] <= MOST_WARNINGS:
            self._warnings.append(remark(code, place, value, **facts))

    def unreadable(self, fault: Unreadable, place: Place) -> None:
        """A file, or the rest of it, that cannot be read."""
        self.faults += 1
        self._errors.append(remark(fault.code, place, None, **fault.facts))

    @property
    def errors(self) -> Sequence[Remark]:
        """Those listed, and for each sheet with more how many."""
        beyond = [(at, count - MOST_ERRORS) for at, count in self._faulty.items() if count > MOST_ERRORS]
        more = (remark("too_many_faults", Place(*at), None, count=count, listed=MOST_ERRORS) for at, count in beyond)
        return (*self._errors, *more)

    @property
    def warnings(self) -> Sequence[Remark]:
        """Those listed, and behind the last of a kind how many more there are."""
        return tuple(self._with_counts())

    def _with_counts(self) -> Iterator[Remark]:
        told: Counter[tuple[str, str | None, str]] = Counter()
        for warning in self._warnings:
            yield warning
            kind = (warning.place.file, warning.place.sheet, warning.code)
            told[kind] += 1
            if told[kind] == MOST_WARNINGS < self._warned[kind]:
                more = self._warned[kind] - MOST_WARNINGS
                yield remark("and_more", Place(*kind[:2]), None, count=more)
