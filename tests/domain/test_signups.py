"""The waiting list: nobody is passed, nobody has two seats, held seats lapse, whatever the order of presses."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.signups import ACCEPT, SEATED, Signup, SignupState, joined, left, notice_of, queue, settled
from bot.domain.training_sessions import Session
from tests.conftest import SHANGHAI

SESSION = Session(id="T1", topic="甲", day=date(2026, 12, 11), start="09:00", end="17:00", seats=2)
NOW = datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
Names = dict[str, Signup]


def press(names: Names, person: str, now: datetime, leave: bool = False) -> None:
    """As the service does it: settled, changed, settled."""
    settle(names, now)
    if leave:
        if person in names:
            names[person] = replace(names[person], state=SignupState.LEFT, until=None)
    else:
        names[person] = joined(SESSION, list(names.values()), person, now)
    settle(names, now)


def settle(names: Names, now: datetime) -> None:
    names.update({one.person: one for one in settled(SESSION, list(names.values()), now, now + ACCEPT)})


def states(names: Names) -> dict[str, str]:
    return {person: str(one.state) for person, one in names.items()}


def test_who_waits_first_moves_up_first_and_has_a_day_to_accept() -> None:
    names: Names = {}
    for minute, person in enumerate("abcd"):
        press(names, person, NOW + timedelta(minutes=minute))
    assert states(names) == {"a": "signed", "b": "signed", "c": "waiting", "d": "waiting"}
    later = NOW + timedelta(hours=1)
    press(names, "a", later, leave=True)
    assert states(names)["c"] == "offered" and names["c"].until == later + ACCEPT
    press(names, "e", later)
    assert states(names)["e"] == "waiting", "a held seat is nobody else's"
    settle(names, later + ACCEPT)
    assert (states(names)["c"], states(names)["d"]) == ("lapsed", "offered")
    press(names, "d", later + ACCEPT)
    assert states(names)["d"] == "signed" and left(SESSION, names.values()) == 0


def test_a_seat_is_held_no_longer_than_to_the_beginning_and_nobody_moves_up_after_it() -> None:
    names: Names = {}
    begins = SESSION.begins(NOW)
    for person in "abc":
        press(names, person, NOW)
    press(names, "a", begins - timedelta(hours=2), leave=True)
    assert names["c"].until == begins
    press(names, "b", begins, leave=True)
    assert states(names)["c"] == "lapsed"


def test_the_same_press_twice_changes_nothing() -> None:
    names: Names = {}
    for person in "abc":
        press(names, person, NOW)
    before = dict(names)
    for person in "abc":
        press(names, person, NOW + timedelta(hours=1))
    assert names == before


def test_whoever_has_a_seat_is_told_of_another_time_and_of_the_end_once() -> None:
    one = Signup(session="T1", person="a", state=SignupState.SIGNED, at=NOW)
    first = notice_of(SESSION, one, False)
    assert notice_of(replace(SESSION, topic="乙"), one, False) == first
    assert notice_of(replace(SESSION, start="10:00"), one, False) != first
    assert notice_of(replace(SESSION, place="三楼"), one, False) != first
    assert notice_of(SESSION, one, True) == notice_of(None, one, False) == "cancelled"
    assert notice_of(SESSION, replace(one, state=SignupState.LEFT), True) == ""


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.integers(0, 30)), max_size=25))
def test_never_more_than_the_seats_and_never_a_free_seat_while_somebody_waits(
    presses: list[tuple[str, bool, int]],
) -> None:
    names, now = dict[str, Signup](), NOW
    for person, leave, hours in presses:
        now += timedelta(hours=hours)
        before = [one.person for one in queue(names.values())]
        press(names, person, now, leave)
        seated = sum(one.state in SEATED for one in names.values())
        assert seated <= 2
        after = queue(names.values())
        assert not after or seated == 2 or SESSION.begun(now)
        kept = [p for p in before if p in {one.person for one in after}]
        assert [one.person for one in after if one.person in kept] == kept, "nobody is passed"
