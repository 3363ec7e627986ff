"""The least to raise, held against trying every way in a tiny world."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cliffs import lifted
from bot.domain.least_raise import least_raise
from bot.domain.ledger import ManagedClient
from bot.domain.rulebook import Measure
from bot.domain.verdict import Verdict
from tests.domain.tiny import client, judged, rule

MOST = 8

depositors = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 4)).map(lambda t: (t[0], min(t[0], t[1]), t[2])),
    max_size=3,
).map(
    lambda rows: [
        client(str(n), deposits, agreement=agreement, last_year=last)
        for n, (deposits, agreement, last) in enumerate(rows)
    ]
)


def raised(clients: Sequence[ManagedClient], by: Sequence[int]) -> list[ManagedClient]:
    """The clients with that much more each; the last amount is a new client's."""
    more = [lifted(line, line.figures.deposit_avg + amount) for line, amount in zip(clients, by[:-1], strict=True)]
    return [*more, client("new", by[-1])] if by[-1] else more


def every_way(clients: Sequence[ManagedClient]) -> Iterator[tuple[int, ...]]:
    ways = product(range(MOST + 1), repeat=len(clients) + 1)
    return iter(sorted((way for way in ways if sum(way) <= MOST), key=sum))


@given(
    depositors,
    st.sampled_from([Measure.DEPOSITS, Measure.NET_DEPOSITS, Measure.NEW_DEPOSITS]),
    st.integers(1, 8),
    st.integers(1, 4),
    st.none() | st.integers(1, 5),
)
def test_no_way_of_raising_deposits_costs_less_and_this_much_suffices(
    clients: list[ManagedClient], measure: Measure, bound: int, floor: int, single: int | None
) -> None:
    asked = rule(measure, bound, floor, single if measure is not Measure.NEW_DEPOSITS else None)
    least = least_raise(judged(asked, clients), clients)
    assert least
    assert least.exact
    cheapest = next(
        (sum(w) for w in every_way(clients) if judged(asked, raised(clients, w)).verdict is Verdict.MET), None
    )
    if cheapest is None:
        assert least.total > MOST
    else:
        assert least.total == cheapest


def test_lifting_a_client_onto_the_floor_is_cheaper_than_the_gap() -> None:
    """480 of 500 lifts a whole client: 20 closes a gap of 400."""
    clients = [client("big", 1000), client("丙", 480)]
    asked = rule(Measure.DEPOSITS, 1400, 500)
    finding = judged(asked, clients)
    assert finding.gap == 400
    least = least_raise(finding, clients)
    assert least
    assert least.total == 20
    assert [lift.client for lift in least.lifts] == [clients[1]]


def test_two_hundred_clients_under_the_floor_are_searched_to_the_end() -> None:
    clients = [client(f"{n:03}", 100 + 7 * n % 390) for n in range(200)]
    asked = rule(Measure.DEPOSITS, 30_000, 500)
    least = least_raise(judged(asked, clients), clients)
    assert least
    assert least.total < 30_000


def test_an_amount_that_is_reached_needs_nothing() -> None:
    clients = [client("甲", 10)]
    least = least_raise(judged(rule(Measure.DEPOSITS, 10, 1), clients), clients)
    assert least
    assert least.total == 0
