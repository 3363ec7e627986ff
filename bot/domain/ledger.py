"""The rows of the ledger as values: whole clients, year to date at an as-of date (contract.md, "The ledger")."""

from dataclasses import dataclass
from datetime import date

FULL_SHARE = 10_000
"""100 % in basis points."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of 业绩: amounts in 分, settlement in US cents."""

    as_of: date
    client: str
    client_name: str | None
    deposit_avg: int
    agreement_avg: int
    loan_avg: int
    settlement_usd: int
    loan_normal: int
    loan_special: int
    loan_substandard: int
    loan_doubtful: int
    loan_loss: int
    overdue_interest: int
    advances: int
    deposit_balance: int | None = None

    @property
    def bad_loans(self) -> int:
        """后三类贷款, 分."""
        return self.loan_substandard + self.loan_doubtful + self.loan_loss

    @property
    def all_loans(self) -> int:
        """The five classes together, 分."""
        return self.loan_normal + self.loan_special + self.bad_loans


@dataclass(frozen=True, slots=True)
class ManagedClient:
    """A client of one manager on an as-of date: the whole client's figures, and the manager's share of them."""

    figures: Figures
    share: int
    """Basis points."""
    last_year_deposits: int | None
    """The client's daily-average deposits at last 12-31, 分; None where it has no row then."""
    batch: int
    """The batch that the figures came in."""

    @property
    def name(self) -> str:
        """What people call the client."""
        return self.figures.client_name or self.figures.client


@dataclass(frozen=True, slots=True)
class Fault:
    """A figure of the year that the quality rule forbids (R18), of a client that was the manager's on that date."""

    as_of: date
    client: str
    client_name: str | None
    bad_loans: int
    overdue_interest: int
    advances: int


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the ledger holds for an as-of date, whoever is asked about."""

    as_of: date
    has_figures: bool
    """Any client has a row on the as-of date (R10)."""
    has_last_year: bool
    """Any client has a row on last 12-31 (R19)."""
    usd_cny: str | None
    """The rate set for exactly that date, as a decimal (R3)."""
    batch: int | None
    """The newest batch of the ledger: with it, the figures can be read again as they were known."""
