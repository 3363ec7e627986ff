"""What a batch does to the ledger, in the few figures by which HR sees whether the right file was read."""

from dataclasses import dataclass
from datetime import date

from bot.domain.money import decimal_text


@dataclass(frozen=True, slots=True)
class Sums:
    """Control totals of one as-of date: whole clients, 分."""

    as_of: date
    clients: int
    deposits: int
    loans: int

    def to_json(self) -> dict[str, object]:
        """Amounts as decimal strings."""
        amounts = {"deposits": decimal_text(self.deposits), "loans": decimal_text(self.loans)}
        return {"as_of": self.as_of.isoformat(), "clients": self.clients, **amounts}


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one date: what the files say, and the whole store `after` the batch; `before` it on the same date, or on the
    newest earlier one that the store has."""

    after: Sums
    before: Sums | None
    files: Sums | None = None
    """None where they have no rows of it."""

    def to_json(self) -> dict[str, object]:
        """All three."""
        named = {"files": self.files, "after": self.after, "before": self.before}
        return {name: sums.to_json() if sums else None for name, sums in named.items()}


@dataclass(frozen=True, slots=True)
class Some:
    """How many there are, and the first of them."""

    count: int
    first: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Count and numbers."""
        return {"count": self.count, "first": list(self.first)}


@dataclass(frozen=True, slots=True)
class Jump:
    """A client's daily average that became ten times what it was, or a tenth: a wrong unit looks like that."""

    as_of: date
    client: str
    column: str
    before: int
    after: int

    def to_json(self) -> dict[str, object]:
        """Amounts as decimal strings."""
        amounts = {"before": decimal_text(self.before), "after": decimal_text(self.after)}
        return {"as_of": self.as_of.isoformat(), "client": self.client, "column": self.column, **amounts}


@dataclass(frozen=True, slots=True)
class Move:
    """A client whose managers of today are others than before the batch."""

    client: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Staff numbers."""
        return {"client": self.client, "before": list(self.before), "after": list(self.after)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Of one batch. `jumped` and `moved` are the first of as many as their counts say."""

    totals: tuple[Totals, ...]
    new: Some
    """Clients that the store had no figures of before."""
    gone: Some
    """Clients with figures on the date before the batch's newest, and none on that."""
    jumped: tuple[Jump, ...]
    jumps: int
    moved: tuple[Move, ...]
    moves: int
    without_clients: Some
    """People with a grade, in post, whom no client is attributed to today."""

    def to_json(self) -> dict[str, object]:
        """The extra key `review` of `ladder import --json`."""
        return {
            "totals": [total.to_json() for total in self.totals],
            "new": self.new.to_json(),
            "gone": self.gone.to_json(),
            "jumped": {"count": self.jumps, "first": [jump.to_json() for jump in self.jumped]},
            "moved": {"count": self.moves, "first": [move.to_json() for move in self.moved]},
            "without_clients": self.without_clients.to_json(),
        }
