"""As known then and as corrected since, on both stores: every figure here is worked by hand in the comments."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import FixedClock, Settings
from bot.domain.access import Asker, Surface
from bot.domain.period import Period
from bot.domain.verdict import Verdict
from bot.errors import NoRulebook
from bot.services.ask import Ask
from bot.services.next_step_outcomes import OtherRules, TwoDatesShown
from bot.services.next_steps import AskNextStep
from bot.services.outcomes import Denied, Outcome
from bot.wiring import Parts, build
from tests.ledgers import figures, held, load, people

ZONE = ZoneInfo("Asia/Shanghai")
MARCH, APRIL = date(2026, 3, 31), datetime(2026, 4, 3, 9, tzinfo=ZONE)
Q1 = Period.at(MARCH)


@pytest.fixture
def branch(database_url: str, tmp_path: Path) -> Iterator[Parts]:
    """1001 has C1 and C2. First 3000万 and 500万 at the end of March; on 04-20 C1 is corrected to 3500万; on 05-06 C2 has
    been another's all the while; on 05-08 figures of June's end come, which are no correction."""
    at = {
        "one": APRIL,
        "two": datetime(2026, 4, 20, 9, tzinfo=ZONE),
        "three": datetime(2026, 5, 6, 9, tzinfo=ZONE),
        "four": datetime(2026, 7, 3, 9, tzinfo=ZONE),
    }
    parts = {k: build(Settings(_env_file=None, database_url=database_url), FixedClock(now)) for k, now in at.items()}
    one = tmp_path / "1"
    load(
        parts["one"],
        people(one, "1001", "1002"),
        figures(one, ("2026-03-31", "C1", 30_000_000), ("2026-03-31", "C2", 5_000_000)),
        held(one, ("C1", "1001", 100, "2026-01-01", ""), ("C2", "1001", 100, "2026-01-01", "")),
    )
    load(parts["two"], figures(tmp_path / "2", ("2026-03-31", "C1", 35_000_000)))
    three = tmp_path / "3"
    load(
        parts["three"],
        held(three, ("C2", "1001", 100, "2026-01-01", "2026-02-28"), ("C2", "1002", 100, "2026-03-01", "")),
    )
    load(parts["four"], figures(tmp_path / "4", ("2026-06-30", "C1", 40_000_000)))
    yield parts["four"]
    for one_of in parts.values():
        one_of.store.close()


def asked(parts: Parts, who: str = "1001", of: str | None = None, grade: str | None = "third") -> AskNextStep:
    with parts.store.read() as view:
        asker = Asker(view.people.get(who), who)
    return AskNextStep(asker=asker, now=parts.clock.now(), subject_id=of, period=Q1, grade=grade)


def deposits(grade: object) -> int:
    value = grade.indicators.parts[0].value  # type: ignore[attr-defined]
    return int(value) // 1_000_000


def shown(outcome: Outcome) -> TwoDatesShown:
    assert isinstance(outcome, TwoDatesShown)
    return outcome


def test_what_was_known_then_and_which_batch_made_the_difference(branch: Parts) -> None:
    told = shown(branch.next_steps.as_known(asked(branch)))
    # Nothing of March was there on 03-31: then is the day that first brought it.
    assert (told.known and told.known.number, told.known_on, told.later_than_asked) == (1, APRIL.date(), True)
    # 3000 + 500 then; 3500 now, C2 being another's. 3800 is asked.
    assert (deposits(told.grade_then), deposits(told.grade)) == (3500, 3500)
    assert [(c.batch.number, deposits(c.before), deposits(c.after)) for c in told.corrections] == [
        (2, 3500, 4000),
        (3, 4000, 3500),
    ]
    assert [(f.number, f.field, f.before, f.after) for c in told.corrections for f in c.clients] == [
        ("C1", "deposit_avg", 3_000_000_000, 3_500_000_000),
        ("C2", "client", 500_000_000, None),
    ]


def test_as_known_on_a_day_in_between(branch: Parts) -> None:
    told = shown(branch.next_steps.as_known(asked(branch), date(2026, 4, 30)))
    assert told.known
    assert told.known.number == 2
    assert not told.later_than_asked
    assert (deposits(told.grade_then), deposits(told.grade)) == (4000, 3500)
    # 4000 + nothing of last year: R19 leaves the new deposits open, 3800 is met by then.
    part = told.grade_then.indicators.parts[0]
    assert part.verdict is Verdict.MET
    assert [c.batch.number for c in told.corrections] == [3]


def test_a_withdrawn_correction_is_a_correction_of_its_own(branch: Parts) -> None:
    branch.imports.undo(2, "test")
    told = shown(branch.next_steps.as_known(asked(branch)))
    assert [(c.batch.number, c.batch.undoes, deposits(c.after)) for c in told.corrections] == [
        (2, None, 4000),
        (3, None, 3500),
        (5, 2, 3000),
    ]


def test_a_colleague_is_refused_and_a_stranger_to_the_ledger_likewise(branch: Parts) -> None:
    assert branch.next_steps.as_known(asked(branch, "1002", of="1001")) == Denied()
    assert branch.next_steps.as_known(asked(branch, "1002", of="9999")) == Denied()
    assert branch.next_steps.other_rules(asked(branch, "1002", of="1001"), date(2026, 1, 1)) == Denied()


def test_by_the_rules_of_another_day(branch: Parts) -> None:
    assert isinstance(branch.next_steps.other_rules(asked(branch), date(2026, 1, 1)), OtherRules)
    with pytest.raises(NoRulebook):
        branch.next_steps.other_rules(asked(branch), date(2025, 12, 31))


@pytest.mark.parametrize(
    "words",
    [
        "3月31日那天我离三级差多少",
        "一季度末那时我离三级还差多少",
        "2026年3月31日当时我离三级差多少",
        "how far was I from third grade on March 31, as known then",
    ],
)
def test_in_words(branch: Parts, words: str) -> None:
    told = shown(branch.ask(_in_words(branch, words)))
    page = branch.renderer.outcome(told).plain()
    assert told.grade.grade.key == "third"
    assert "当时" in page
    assert "C1 日均存款 3,000万元 → 3,500万元" in page.replace("客户", "")


def test_what_we_knew_then_follows_a_question_on_that_time(branch: Parts) -> None:
    branch.ask(_in_words(branch, "一季度我离三级差多少", thread="t"))
    told = shown(branch.ask(_in_words(branch, "当时我们知道的是多少", thread="t")))
    assert (told.standing.period, told.grade.grade.key) == (Q1, "third")


def _in_words(parts: Parts, text: str, thread: str | None = None) -> Ask:
    with parts.store.read() as view:
        asker = Asker(view.people.get("1001"), "1001")
    return Ask(asker=asker, text=text, surface=Surface.DM, now=parts.clock.now(), thread=thread)
