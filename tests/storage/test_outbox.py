"""The outbox's rows on both engines: planned once, claimed by one, settled by whoever holds the token."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from bot.domain.outbox import Change, Notice, Policy, State
from bot.storage.backup import back_up, restore
from bot.storage.unit_of_work import Store
from tests.conftest import NOW

POLICY = Policy()
LONG = POLICY.lease + POLICY.grace + timedelta(seconds=1)


def notice(person: str, hours: int = 24) -> Notice:
    return Notice(
        kind="quarter_standing",
        person=person,
        period="2026Q4",
        occurrence="10d",
        due_at=NOW,
        expires_at=NOW + timedelta(hours=hours),
    )


def plan(store: Store, *people: str) -> int:
    with store.write() as view:
        return view.outbox.plan([notice(person) for person in people], NOW)


def test_a_row_is_planned_once_and_with_its_cause_or_not_at_all(store: Store) -> None:
    assert plan(store, "1001", "1002") == 2
    assert plan(store, "1002", "1003", "1003") == 1
    with pytest.raises(ZeroDivisionError), store.write() as view:
        view.outbox.plan([notice("1009")], NOW)
        raise ZeroDivisionError
    with store.read() as view:
        assert sorted(row.person for row in view.outbox.rows()) == ["1001", "1002", "1003"]
        assert {row.due_at for row in view.outbox.rows()} == {NOW}


def test_the_nearest_end_is_claimed_first(store: Store) -> None:
    with store.write() as view:
        view.outbox.plan([notice("later", 48), notice("sooner", 2)], NOW)
    with store.send() as view:
        claimed = view.outbox.claim(NOW, POLICY)
    assert [entry.person for entry in claimed] == ["sooner", "later"]


def test_of_many_workers_each_row_goes_to_one(store: Store) -> None:
    plan(store, *(f"{n:04}" for n in range(60)))
    claimed: list[int] = []

    def work() -> None:
        while True:
            with store.send() as view:
                entries = view.outbox.claim(NOW, POLICY)
            if not entries:
                return
            claimed.extend(entry.number for entry in entries)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 60


def test_a_worker_frozen_past_its_lease_writes_nothing_any_more(store: Store) -> None:
    plan(store, "1001")
    with store.send() as view:
        (frozen,) = view.outbox.claim(NOW, POLICY)
        assert view.outbox.claim(NOW + POLICY.lease, POLICY) == [], "not before the grace time is over too"
    with store.send() as view:
        (other,) = view.outbox.claim(NOW + LONG, POLICY)
    assert (frozen.look, other.look) == (False, True)
    sent = Change(state=State.SENT, next_at=NOW, attempts=0, sent_at=NOW)
    with store.send() as view:
        assert not view.outbox.hold(frozen, NOW + LONG, POLICY)
        assert not view.outbox.settle(frozen, sent)
        assert view.outbox.settle(other, sent)


def test_one_of_two_processes_leads_until_its_lease_is_over(store: Store) -> None:
    until = NOW + timedelta(seconds=15)
    with store.send() as view:
        assert view.turns.lead("a", NOW, until)
        assert not view.turns.lead("b", NOW, until)
        assert view.turns.lead("b", until, until + timedelta(seconds=15))
        assert not view.turns.lead("a", until, until + timedelta(seconds=15))
        view.turns.resign("b", until)
        assert view.turns.lead("a", until, until + timedelta(seconds=15))


def test_after_a_restored_backup_all_that_was_due_is_looked_for(store: Store, tmp_path) -> None:
    plan(store, "1001")
    with store.send() as view:
        view.turns.lead("a", NOW - timedelta(days=1), NOW)
    back_up(store, tmp_path / "backup")
    restore(store, tmp_path / "backup")
    later = NOW + timedelta(minutes=1)
    with store.send() as view:
        view.turns.lead("b", later, later)
        (entry,) = view.outbox.claim(later, POLICY, view.turns.watermark())
    assert entry.look
