"""The inbox: a delivery is taken in once, and what is not finished is taken over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.questions.follow_up import Memory
from bot.storage.unit_of_work import Store
from tests.conftest import NOW

LEASE = NOW + timedelta(seconds=20)


def test_of_two_processes_one_takes_a_delivery_in(store: Store) -> None:
    other = Store(store.engine.url.render_as_string(hide_password=False))
    assert store.inbox.take_in("Ev1", "{}", NOW, LEASE)
    assert not other.inbox.take_in("Ev1", "{}", NOW, LEASE)
    assert not store.inbox.take_in("Ev1", "{}", NOW, LEASE)
    other.close()


def test_a_delivery_is_taken_in_while_an_import_writes(store: Store) -> None:
    with ThreadPoolExecutor(1) as other, store.write():
        assert other.submit(store.inbox.take_in, "Ev1", "{}", NOW, LEASE).result(30)
        other.submit(store.inbox.finish, "Ev1", NOW).result(30)


def test_what_was_last_spoken_of_is_kept_and_found_while_an_import_writes(store: Store) -> None:
    """Answers wait for no import: not for their ack, not for the memory of a question."""
    first, second = Memory("1001", {"grade": ("second",)}), Memory("1002", {})

    def speak(memory: Memory) -> Memory | None:
        with store.talk() as memories:
            memories.put("1001", "D1", memory, NOW)
            return memories.get("1001", "D1", NOW)

    with ThreadPoolExecutor(1) as other, store.write():
        assert [other.submit(speak, memory).result(30) for memory in (first, second)] == [first, second]


def test_what_is_unfinished_when_its_lease_runs_out_is_taken_over_once(store: Store) -> None:
    store.inbox.take_in("Ev1", '{"a": 1}', NOW, LEASE)
    assert store.inbox.take_over(NOW, LEASE, 10) == []
    later = LEASE + timedelta(seconds=1)
    assert store.inbox.take_over(later, later + timedelta(seconds=20), 10) == [("Ev1", '{"a": 1}', NOW)]
    assert store.inbox.take_over(later, later + timedelta(seconds=20), 10) == []


def test_a_renewed_lease_keeps_the_delivery_with_its_process(store: Store) -> None:
    store.inbox.take_in("Ev1", "{}", NOW, LEASE)
    store.inbox.renew(["Ev1"], LEASE + timedelta(minutes=1))
    assert store.inbox.take_over(LEASE + timedelta(seconds=1), LEASE, 10) == []


def test_a_finished_delivery_is_never_taken_in_again_and_keeps_no_question(store: Store) -> None:
    store.inbox.take_in("Ev1", '{"text": "我离二级还差多少"}', NOW, LEASE)
    store.inbox.finish("Ev1", NOW)
    assert not store.inbox.take_in("Ev1", "{}", NOW, LEASE)
    assert store.inbox.take_over(LEASE + timedelta(days=1), LEASE, 10) == []
    with store.talk_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT payload FROM inbox").scalar() == ""
