"""What reading ledger files comes to: typed rows, and every fault with its place and a sentence that says what to do.

The readers (`bot.loading.ledgers`) judge what the files alone tell; the import service judges against the store, with
the same `remark` and the same `overlapping` and `overcommitted`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby

from bot.domain.import_words import WORDS
from bot.domain.ledger import FULL_SHARE
from bot.domain.ledger_rows import StoredRows

_LONGEST_VALUE = 200
"""Characters of a cell that a report repeats."""


class SheetKey(StrEnum):
    """The six sheets of the ledger (contract.md), in the order in which they are loaded."""

    MANAGERS = "managers"
    FIGURES = "figures"
    ATTRIBUTION = "attribution"
    RATES = "rates"
    SESSIONS = "sessions"
    ATTENDANCE = "attendance"


SHEET_NAMES: Mapping[str, str] = {
    SheetKey.MANAGERS: "人员",
    SheetKey.FIGURES: "业绩",
    SheetKey.ATTRIBUTION: "管户",
    SheetKey.RATES: "汇率",
    SheetKey.SESSIONS: "培训",
    SheetKey.ATTENDANCE: "签到",
}
"""As the contract names them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: `row` 1-based as in the file, `column` the header as written (or missed)."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def label(self) -> str:
        """业绩.xlsx 的工作表「业绩」第 5 行「日均存款」."""
        sheet = f"的工作表「{self.sheet}」" if self.sheet else ""
        row = f"第 {self.row} 行" if self.row else ""
        column = f"「{self.column}」" if self.column else ""
        return f"{self.file} {sheet}{row}{column}".replace(" 第", "第") if sheet else f"{self.file}{row}{column}"


@dataclass(frozen=True, slots=True)
class Remark:
    """An error or a warning; `value` is the cell as the file shows it."""

    place: Place
    value: str | None
    code: str
    message: str

    def to_json(self) -> dict[str, str | int | None]:
        """The keys of contract.md."""
        at = self.place
        return {
            "file": at.file,
            "sheet": at.sheet,
            "row": at.row,
            "column": at.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }


def remark(code: str, place: Place, value: str | None = None, /, **facts: object) -> Remark:
    """A remark in the words of `import_words`. KeyError for an unknown code or a fact that its sentence lacks."""
    shown = None if value is None else _shown(value)
    told = {name: _shown(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    sentence = WORDS[code].format(**{"value": shown, **told})
    return Remark(place, shown, code, f"{_readable(place).label}:{sentence}")


def _readable(place: Place) -> Place:
    """Names in a file are anybody's: one line, nothing invisible, no longer than a sentence bears."""
    file, sheet, column = (_shown(" ".join((name or "").split())) for name in (place.file, place.sheet, place.column))
    return Place(file, sheet or None, place.row, column or None)


def _shown(value: str) -> str:
    """Nothing unprintable, and no more than a report can hold."""
    if len(value) > _LONGEST_VALUE:
        value = value[: _LONGEST_VALUE - 1] + "…"
    return "".join(c if c.isprintable() or c == "\u3000" else f"\\u{ord(c):04x}" for c in value)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of one sheet of one file; two files may bring the same sheet, but never two rows of one key."""

    key: SheetKey
    sheet: str
    file: str
    columns: frozenset[str]
    """English keys of the columns that the file has."""
    rows: StoredRows
    headers: Mapping[str, str] = field(default_factory=dict)
    """The header as written, by English key: what a later fault is reported under."""

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """A place in this sheet, `column` by its English key."""
        return Place(self.file, self.sheet, row, self.headers.get(column, column) if column else None)


@dataclass(frozen=True, slots=True)
class ParsedLedger:
    """Everything that some files hold. With `errors`, nothing of it may be loaded."""

    sheets: tuple[SheetRows, ...]
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    files: tuple[str, ...]

    def of(self, key: SheetKey) -> tuple[SheetRows, ...]:
        """The sheets of that kind."""
        return tuple(sheet for sheet in self.sheets if sheet.key is key)


@dataclass(frozen=True, slots=True)
class Holding:
    """A row of 管户 as far as shares go: in force from `since` to `until`, both included (R11)."""

    client: str
    manager: str
    share: int
    """Basis points."""
    since: date
    until: date | None
    place: Place | None = None

    @property
    def last(self) -> int:
        """The ordinal of the last day; beyond every date while it still holds."""
        return self.until.toordinal() if self.until else date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Overcommitment:
    """A client's shares add up to `total` basis points, above 100 %, from `day` on, where `holdings` hold."""

    client: str
    day: date
    total: int
    holdings: tuple[Holding, ...]


def overlapping(holdings: Iterable[Holding]) -> list[tuple[Holding, Holding]]:
    """Two rows of one client and manager in force at once: each row with the earlier one that it runs into."""
    found = []
    ordered = sorted(holdings, key=lambda h: (h.client, h.manager, h.since))
    for _, rows in groupby(ordered, key=lambda h: (h.client, h.manager)):
        longest: Holding | None = None
        for row in rows:
            if longest and row.since.toordinal() <= longest.last:
                found.append((longest, row))
            if longest is None or row.last > longest.last:
                longest = row
    return found


def overcommitted(holdings: Iterable[Holding]) -> list[Overcommitment]:
    """The first day of every stretch on which a client's shares are above 100 %."""
    found: list[Overcommitment] = []
    ordered = sorted(holdings, key=lambda h: (h.client, h.since))
    for client, group in groupby(ordered, key=lambda h: h.client):
        rows = list(group)
        if sum(row.share for row in rows) > FULL_SHARE:
            found.extend(_stretches(client, rows))
    return found


def _stretches(client: str, rows: list[Holding]) -> Iterable[Overcommitment]:
    """Walks the days on which a share begins or ends."""
    changes: dict[int, int] = {}
    for row in rows:
        if row.last >= row.since.toordinal():
            changes[row.since.toordinal()] = changes.get(row.since.toordinal(), 0) + row.share
            changes[row.last + 1] = changes.get(row.last + 1, 0) - row.share
    total, above = 0, False
    for day in sorted(changes):
        total += changes[day]
        if total > FULL_SHARE and not above:
            in_force = tuple(row for row in rows if row.since.toordinal() <= day <= row.last)
            yield Overcommitment(client, date.fromordinal(day), total, in_force)
        above = total > FULL_SHARE
