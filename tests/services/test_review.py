"""What an import says it does to the ledger, before it does it."""

from pathlib import Path

import pytest

from bot.services.import_ledger import ImportLedger, LedgerMoved
from bot.wiring import Parts
from tests.ledgers import figures, held, load, people


def second_quarter(joined: Parts, folder: Path) -> None:
    load(
        joined,
        people(folder, "1", "2", "3"),
        figures(folder, ("2026-06-30", "C1", "100.00"), ("2026-06-30", "C2", "7.50")),
        held(folder, ("C1", "1", 100, "2026-01-01", ""), ("C2", "1", 100, "2026-01-01", "")),
    )


def test_a_first_import_has_totals_and_nothing_to_compare_them_with(joined: Parts, tmp_path: Path) -> None:
    report = load(joined, people(tmp_path, "1"), figures(tmp_path, ("2026-06-30", "C1", "100.10")), dry_run=True)
    assert report.review
    (totals,) = report.review.totals
    assert (totals.after.clients, totals.after.deposits, totals.before) == (1, 10010, None)
    assert report.review.new.first == ("C1",) and report.review.without_clients.first == ("1",)
    assert report.review.jumps == report.review.moves == report.review.gone.count == 0


def test_a_new_quarter_is_held_against_the_last_one(joined: Parts, tmp_path: Path) -> None:
    second_quarter(joined, tmp_path / "a")
    report = load(
        joined,
        figures(tmp_path / "b", ("2026-09-30", "C1", "1000.00"), ("2026-09-30", "C3", "5")),
        held(tmp_path / "b", ("C1", "1", 100, "2026-01-01", "2026-06-30"), ("C1", "2", 100, "2026-07-01", "")),
        dry_run=True,
    )
    found = report.review
    assert found
    (totals,) = found.totals
    assert totals.before and (str(totals.before.as_of), totals.before.deposits) == ("2026-06-30", 10750)
    assert (totals.after.clients, totals.after.deposits) == (2, 100500)
    assert found.new.first == ("C3",) and found.gone.first == ("C2",)
    (jump,) = found.jumped
    assert (jump.client, jump.column, jump.before, jump.after) == ("C1", "deposit_avg", 10000, 100000)
    (move,) = found.moved
    assert (move.client, move.before, move.after) == ("C1", ("1",), ("2",))
    assert found.without_clients.first == ("3",)


def test_of_many_jumps_and_moves_the_first_are_named_and_all_are_counted(joined: Parts, tmp_path: Path) -> None:
    clients = [f"C{n:02}" for n in range(30)]
    load(
        joined,
        people(tmp_path / "a", "1", "2", "3"),
        figures(tmp_path / "a", *[("2026-06-30", client, n + 1) for n, client in enumerate(clients)]),
        held(tmp_path / "a", *[(client, "1", 50, "2026-01-01", "") for client in clients]),
    )
    found = load(
        joined,
        figures(tmp_path / "b", *[("2026-06-30", client, (n + 1) * 10) for n, client in enumerate(clients)]),
        held(tmp_path / "b", *[(client, "2", 50, "2026-01-01", "") for client in clients]),
        held(tmp_path / "c", ("C99", "3", 50, "2026-01-01", "")),
        dry_run=True,
    ).review
    assert found
    assert (found.jumps, found.moves, len(found.jumped), len(found.moved)) == (30, 30, 20, 20)
    assert [jump.client for jump in found.jumped[:2]] == ["C29", "C28"], "the largest first"
    assert (found.moved[0].before, found.moved[0].after) == (("1",), ("1", "2")), "C99 is new, not moved"


def test_a_correction_is_held_against_the_same_date(joined: Parts, tmp_path: Path) -> None:
    second_quarter(joined, tmp_path / "a")
    found = load(joined, figures(tmp_path / "b", ("2026-06-30", "C2", "0.75")), dry_run=True).review
    assert found
    (totals,) = found.totals
    assert totals.before and totals.before.as_of == totals.after.as_of
    assert (totals.before.deposits, totals.after.deposits) == (10750, 10075)
    assert [jump.client for jump in found.jumped] == ["C2"] and found.new.count == 0
    assert totals.files and (totals.files.clients, totals.files.deposits) == (1, 75), "what HR's own file adds up to"


def test_the_sums_of_the_files_are_theirs_alone_whatever_is_new_in_them(joined: Parts, tmp_path: Path) -> None:
    second_quarter(joined, tmp_path / "a")
    again = figures(
        tmp_path / "b", ("2026-06-30", "C1", "100"), ("2026-03-31", "C1", "1.01"), ("2026-06-30", "C2", 7.5)
    )
    found = load(joined, again, dry_run=True).review
    assert found
    told = [
        (str(t.after.as_of), t.files and (t.files.clients, t.files.deposits), t.after.deposits) for t in found.totals
    ]
    assert told == [("2026-03-31", (1, 101), 101), ("2026-06-30", (2, 10750), 10750)]
    assert found.totals[1].before == found.totals[1].after, "the same rows again change nothing"


def test_a_batch_is_loaded_only_on_top_of_the_one_it_was_checked_against(joined: Parts, tmp_path: Path) -> None:
    second_quarter(joined, tmp_path / "a")
    parsed = joined.read_ledger([figures(tmp_path / "b", ("2026-09-30", "C1", "1"))])
    with pytest.raises(LedgerMoved):
        joined.imports(ImportLedger(parsed=parsed, actor="test", on_top_of=0))
    assert joined.imports(ImportLedger(parsed=parsed, actor="test", on_top_of=1)).batch == 2
