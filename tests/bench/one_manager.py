"""One manager of 200 clients: the standing with its reason tree, beside the bare SQL for the same figures."""

import sqlite3
import tempfile
from pathlib import Path

from bot.config import FixedClock, Settings
from bot.domain.period import Period
from bot.render.progress_json import progress_line
from bot.services.looking import standing_of
from bot.wiring import build
from tests.bench.filling import fill
from tests.bench.timing import Compared, compare, line
from tests.conftest import NOW

_BARE = """
SELECT a.share, (f.deposit_avg >= 50000000) + (f.deposit_avg >= 100000000) + (f.deposit_avg >= 300000000)
  + (f.deposit_avg >= 500000000) AS band, COUNT(*), SUM(f.deposit_avg), SUM(f.deposit_avg - f.agreement_avg),
  SUM(f.loan_avg), SUM(f.settlement_usd), SUM(f.deposit_avg - COALESCE(l.deposit_avg, 0)),
  MAX(f.deposit_avg - f.agreement_avg), MAX(f.loan_avg), SUM(f.loan_normal),
  SUM(f.loan_normal + f.loan_special + f.loan_substandard + f.loan_doubtful + f.loan_loss),
  SUM(COALESCE(l.loan_normal, 0)),
  SUM(COALESCE(l.loan_normal + l.loan_special + l.loan_substandard + l.loan_doubtful + l.loan_loss, 0))
FROM attribution a
JOIN figures f ON f.client = a.client AND f.as_of = '2026-09-30' AND f.until_batch IS NULL
LEFT JOIN figures l ON l.client = f.client AND l.as_of = '2025-12-31' AND l.until_batch IS NULL
WHERE a.manager = ? AND a.until_batch IS NULL AND a.starts <= '2026-09-30'
  AND (a.ends IS NULL OR a.ends >= '2026-09-30')
GROUP BY 1, 2
"""
_PERSON = "SELECT * FROM managers WHERE id = ? AND until_batch IS NULL"
_STATE = """
SELECT EXISTS (SELECT 1 FROM figures WHERE as_of = '2026-09-30' AND until_batch IS NULL),
  EXISTS (SELECT 1 FROM figures WHERE as_of = '2025-12-31' AND until_batch IS NULL),
  (SELECT usd_cny FROM rates WHERE as_of = '2026-09-30' AND until_batch IS NULL), (SELECT MAX(id) FROM batches)
"""
_FAULTS = """
SELECT MAX(f.loan_substandard + f.loan_doubtful + f.loan_loss), MAX(f.overdue_interest), MAX(f.advances)
FROM attribution a CROSS JOIN figures f INDEXED BY ix_figures_faulty ON f.client = a.client AND f.as_of BETWEEN '2026-01-01' AND '2026-09-30'
  AND f.until_batch IS NULL AND (f.loan_substandard > 0 OR f.loan_doubtful > 0 OR f.loan_loss > 0
  OR f.overdue_interest > 0 OR f.advances > 0)
WHERE a.manager = ? AND a.until_batch IS NULL AND a.starts <= f.as_of AND (a.ends IS NULL OR a.ends >= f.as_of)
"""


def measure(managers: int = 100) -> Compared:
    """Ours: snapshot, person, state, sums, faults, judge, JSON. Baseline: the same four SELECTs through sqlite3."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        parts = build(Settings(database_url=f"sqlite:///{path}"), FixedClock(NOW))
        with parts.store.write() as view:
            fill(view.connection, managers, 200)
        period, rulebook = Period.parse("2026Q3"), parts.shelf.on(NOW.date())
        bare = sqlite3.connect(path)

        def ours() -> object:
            with parts.store.read() as view:
                person = view.people.get("M00050")
                assert person is not None
                return progress_line(standing_of(view, rulebook, person, period))

        def baseline() -> None:
            bare.execute(_STATE).fetchall()
            for statement in (_PERSON, _BARE, _FAULTS):
                bare.execute(statement, ["M00050"]).fetchall()

        found = compare(ours, baseline)
        parts.store.close()
        return found


def report() -> str:
    """One line."""
    return line("standing of one manager, 200 clients", measure(), "bare SQL", "aim x2")


if __name__ == "__main__":
    print(report())
