"""Who newly falls, by an import: worked by hand, on both stores."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.access import Asker
from bot.services.early_warnings import EarlyWarnings
from bot.wiring import Parts
from tests.ledgers import FIGURES, figures, held, load, people, sheet

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def fallen(joined: Parts, batch: int) -> dict[str, list[str]]:
    found = EarlyWarnings(joined.store, joined.shelf).after(batch, NOW.date())
    return {one.standing.person.id: [f.rule.key for f in one.crossed] for one in found}


def test_only_what_crosses_is_warned_of(joined: Parts, tmp_path: Path) -> None:
    """Third grade: deposits 3800, the pass line 1500 (万元). 1001 falls below both, 1002 was below both before, 1003
    stays, and 1004's client is overdue by a fen."""
    who = ("1001", "1002", "1003", "1004")
    day = "2026-06-30"
    load(
        joined,
        people(tmp_path, *who),
        figures(tmp_path, *((day, f"C{n}", amount) for n, amount in zip(who, (4e7, 1e6, 4e7, 4e7), strict=True))),
        held(tmp_path, *((f"C{n}", n, 100, "2026-01-01", "") for n in who)),
    )
    assert fallen(joined, 1) == {}
    later = "2026-09-30"
    rows = [(f"C{n}", amount, 0) for n, amount in zip(who, ("14999999.99", "1000000", "38000000"), strict=False)]
    rows.append(("C1004", "40000000", "0.01"))
    lines = [[later, c, c, amount, *[0] * 8, overdue, 0] for c, amount, overdue in rows]
    load(joined, sheet(tmp_path / "2", "业绩", FIGURES, *lines))
    assert fallen(joined, 2) == {"1001": ["third.pass_line", "third.a"], "1004": ["third.quality"]}
    load(joined, figures(tmp_path / "3", (later, "C1001", "14000000")))
    assert fallen(joined, 3) == {}


def test_whoever_may_not_see_everybody_sees_nothing(joined: Parts, tmp_path: Path) -> None:
    load(joined, people(tmp_path, "1001"))
    with joined.store.read() as view:
        asker = Asker(view.people.get("1001"), "1001")
    assert EarlyWarnings(joined.store, joined.shelf).shown(asker, 1, NOW) is None
