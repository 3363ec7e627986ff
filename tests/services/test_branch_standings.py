"""The whole branch, read as it comes, is what one gets by asking for each."""

from datetime import date

from sqlalchemy import insert

from bot.domain.period import Period
from bot.domain.rulebook import Ban
from bot.services.looking import standing_of
from bot.services.standings import branch_standings
from bot.storage.tables import AttributionRow, FiguresRow, ManagerRow
from bot.wiring import Parts
from tests.bench import filling

Q3 = Period.parse("2026Q3")
START, SPRING = date(2026, 1, 1), date(2026, 3, 31)
ROW = {"since_batch": 1, "origin_batch": 1}


def add(joined: Parts, table: type, **values: object) -> None:
    with joined.store.write() as view:
        view.connection.execute(insert(table).values(**ROW, **values))


def bank(joined: Parts) -> None:
    """13 managers of 9 scattered clients; then numbers that a locale would sort otherwise, and the odd ones out."""
    with joined.store.write() as view:
        filling.fill(view.connection, 13, 9)
    for number in ("9", "10", "b2", "B1", "张3", "-4", "M00003a"):
        add(joined, ManagerRow, id=number, name="员工", grade="fourth")
    add(joined, ManagerRow, id="HR", name="没有等级")
    add(joined, ManagerRow, id="Left", name="离岗", grade="third", status=False)
    for number, client in (("b2", "X1"), ("Left", "X2"), ("张3", "X3")):
        add(joined, AttributionRow, client=client, manager=number, share=3_333, starts=START)
        add(joined, FiguresRow, client=client, as_of=Q3.as_of, deposit_avg=77_700_000_001, loan_normal=5)
    add(joined, FiguresRow, client="没有客户经理", as_of=Q3.as_of, deposit_avg=1)
    # B1's only client was bad in spring and is gone since: a fault, and nothing to add up.
    add(joined, AttributionRow, client="X4", manager="B1", starts=START, ends=SPRING)
    add(joined, FiguresRow, client="X4", as_of=SPRING, overdue_interest=1)
    add(joined, FiguresRow, client="X4", as_of=Q3.as_of, overdue_interest=2)


def test_the_branch_read_as_it_comes_equals_everyone_asked_for_alone(joined: Parts) -> None:
    bank(joined)
    rulebook = joined.shelf.on(Q3.as_of)
    with joined.store.read() as view:
        everyone = [person for person in view.people.everyone() if person.grade and person.active]
        one_by_one = [standing_of(view, rulebook, person, Q3) for person in everyone]
        assert list(branch_standings(view, rulebook, Q3)) == one_by_one
    assert [standing.person.id for standing in one_by_one] == sorted(standing.person.id for standing in one_by_one)
    assert len(one_by_one) == 20


def test_sums_come_by_number_in_the_order_of_bytes_with_those_who_have_faults_alone(joined: Parts) -> None:
    bank(joined)
    floors = joined.shelf.on(Q3.as_of).floors()
    with joined.store.read() as view:
        found = list(view.ledger.measures(Q3.as_of, floors))
        alone = [next(view.ledger.measures(Q3.as_of, floors, measures.manager)) for measures in found]
    numbers = [measures.manager for measures in found]
    assert numbers == sorted(numbers)
    assert {"B1", "b2", "Left", "张3"} < set(numbers)
    assert not {"9", "HR", None} & set(numbers)
    assert found == alone
    spring = found[numbers.index("B1")]
    assert spring.faults[Ban.OVERDUE_INTEREST] == 1
    assert not spring.at(floors[0]).counted
