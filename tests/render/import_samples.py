"""Import reports made by hand, one of each kind, for the snapshots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.importing import Place, remark
from bot.domain.review import Jump, Move, Review, Some, Sums, Totals
from bot.services.import_ledger import ImportReport
from bot.services.ledger_drops import ImportHelped, LedgerChecked, LedgerLoaded, LedgerRefused
from bot.services.outcomes import AppraiseHelped, Outcome
from bot.services.waiting_access import AccessDecided, AccessWaits, BatchWaiting, FieldWaiting, PersonWaiting
from tests.conftest import SHANGHAI

Q2, Q3 = date(2026, 6, 30), date(2026, 9, 30)
DROP = "0" * 32
AFTER, LAST = Sums(Q3, 180, 225_694_499_998, 172_300_000_000), Sums(Q2, 175, 215_611_769_163, 169_030_305_600)
NOTHING = Some(0, ())
QUIET = Review(totals=(), new=NOTHING, gone=NOTHING, jumped=(), jumps=0, moved=(), moves=0, without_clients=NOTHING)


def report(review: Review, *codes: str) -> ImportReport:
    """180 rows of 业绩, one warning for each code."""
    warnings = tuple(
        remark(code, Place("台账.xlsx", "业绩", row, "客户号"), f"C{row:03}") for row, code in enumerate(codes, start=7)
    )
    rows, changed = {"figures": 180, "rates": 1}, {"figures": 12, "rates": 0}
    return ImportReport(
        accepted=True, batch=None, rows=rows, changed=changed, errors=(), warnings=warnings, review=review
    )


def checked(review: Review, *codes: str, anew: bool = False) -> LedgerChecked:
    return LedgerChecked(report=report(review, *codes), files=("台账.xlsx",), drop=DROP, anew=anew)


def full() -> Review:
    """A quarter's file, beside the last quarter."""
    return Review(
        totals=(Totals(AFTER, LAST, AFTER),),
        new=Some(5, ("C176", "C177", "C178", "C179", "C180")),
        gone=Some(1, ("C009",)),
        jumped=(Jump(Q3, "C031", "loan_avg", 1_000_000_00, 10_000_000_00),),
        jumps=1,
        moved=(Move("C052", ("1021",), ("1023",)), Move("C077", ("1025",), ())),
        moves=2,
        without_clients=Some(1, ("1019",)),
    )


def correction() -> Review:
    """Two rows of a date that the store has."""
    file, before = Sums(Q3, 2, 7_50, 0), Sums(Q3, 180, 225_694_499_948, 172_300_000_000)
    return Review(
        **{name: getattr(QUIET, name) for name in QUIET.__slots__} | {"totals": (Totals(AFTER, before, file),)}
    )


def refused(count: int) -> LedgerRefused:
    """As many cells that hold no number."""
    places = [Place("台账.xlsx", "业绩", row, "日均存款") for row in range(2, 2 + count)]
    return LedgerRefused(
        files=("台账.xlsx",), errors=tuple(remark("not_a_number", place, "一百") for place in places), warnings=()
    )


def waiting(own: bool = False, fresh: bool = False) -> AccessWaits:
    """One batch of two people."""
    li = PersonWaiting("1001", "李强", (FieldWaiting("roles", "manager", "audit,manager"),))
    new = PersonWaiting(
        "1030", "石欣怡", (FieldWaiting("roles", None, "manager"), FieldWaiting("email", None, "s@x.cn"))
    )
    batch = BatchWaiting(
        batch=7,
        actor="3001",
        actor_name="许芳",
        at=datetime(2026, 10, 9, 9, 31, tzinfo=SHANGHAI),
        people=(li, new),
        own=own,
    )
    return AccessWaits(batches=(batch,), fresh=fresh)


def decided(confirmed: bool, by: str = "3002") -> AccessDecided:
    return AccessDecided(batch=7, people=2, confirmed=confirmed, made=8 if confirmed else None, by=by, actor="3001")


MESSAGES: dict[str, Callable[[], Outcome]] = {
    "import_checked": lambda: checked(full(), "client_without_manager", "waits_for_second"),
    "import_checked_first": lambda: checked(
        Review(
            totals=(Totals(AFTER, None, AFTER),), new=Some(180, ("C001", "C002")), gone=NOTHING,
            jumped=(), jumps=0, moved=(), moves=0, without_clients=NOTHING,
        )
    ),
    "import_checked_correction": lambda: checked(correction()),
    "import_checked_quiet": lambda: checked(QUIET, anew=True),
    "import_refused": lambda: refused(2),
    "import_refused_many": lambda: refused(40),
    "import_loaded": lambda: LedgerLoaded(batch=7, changed=True),
    "import_loaded_waits": lambda: LedgerLoaded(batch=7, changed=True, waiting=2, told=("沈国良",)),
    "import_loaded_waits_alone": lambda: LedgerLoaded(batch=7, changed=True, waiting=2),
    "import_loaded_nothing": lambda: LedgerLoaded(batch=6, changed=False),
    "import_help": ImportHelped,
    "appraise_help": AppraiseHelped,
    "appraise_unknown": lambda: AppraiseHelped(unknown=True, waiting=2),
    "access_waits_fresh": lambda: waiting(fresh=True),
    "access_waits_listed": waiting,
    "access_waits_own": lambda: waiting(own=True),
    "access_waits_none": lambda: AccessWaits(batches=()),
    "access_confirmed": lambda: decided(True),
    "access_refused": lambda: decided(False),
    "access_taken_back": lambda: decided(False, by="3001"),
}  # fmt: skip
