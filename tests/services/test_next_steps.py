"""Next steps of the sample branch, with figures worked by hand (knowledge/demo/README.md), on both stores."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from bot.config import FixedClock, Settings
from bot.domain.access import Asker, Matter
from bot.domain.rulebook import Measure
from bot.domain.what_if import Change
from bot.services.next_step_outcomes import (
    BalanceShown,
    CliffsShown,
    ForecastShown,
    RoutesShown,
    SupposedShown,
    TakesTooMuch,
    WhyNotShown,
)
from bot.services.next_steps import AskNextStep
from bot.services.outcomes import Denied, NoGrade
from bot.wiring import Parts, build
from tests.handlers.branch import load_sample

WAN = 1_000_000
NOW = datetime(2026, 9, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def branch(database_url: str) -> Iterator[Parts]:
    load_sample(database_url)
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(NOW))
    yield parts
    parts.store.close()


def asked(parts: Parts, who: str, grade: str | None = None, of: str | None = None) -> AskNextStep:
    with parts.store.read() as view:
        person = view.people.get(who)
    return AskNextStep(asker=Asker(person, who), now=NOW, grade=grade, subject_id=of)


def test_every_next_step_of_the_sample_branch(branch: Parts) -> None:
    """One store for all of them: loading it is the slow part."""
    steps = branch.next_steps
    # 1001: 6900 of 7500; lifting 86, 62.5 and 38 onto 100 costs 14 + 37.5 + 62 and brings 300.
    why = steps.why_not(asked(branch, "1001", "second"))
    assert isinstance(why, WhyNotShown)
    assert [need.gap for need in why.why.needs] == [600 * WAN]
    assert [need.least.total for need in why.why.needs] == [413_500_000]
    assert sorted(lift.by for lift in why.why.needs[0].least.lifts) == [14 * WAN, 37_500_000, 62 * WAN]

    # 1003: of 一级 the single client is 100万 short, the settlement is met: one route, three with more are folded.
    routes = steps.routes(asked(branch, "1003", "first"))
    assert isinstance(routes, RoutesShown)
    best = routes.plan.routes[0]
    assert [part.rule.name for part in best.parts] == ["a", "c"]
    assert [(need.gap, need.single_gap) for need in best.needs] == [(0, 100 * WAN)]
    assert (len(routes.plan.routes), routes.plan.folded) == (3, 3)

    # 1011: nothing but three years of marketing, full on 2027-02-01.
    alone = steps.why_not(asked(branch, "1011", "first"))
    assert isinstance(alone, WhyNotShown)
    assert alone.why.but_for is not None
    assert alone.why.but_for.rule.name == "tenure"

    # 1006: 97 % now, 98 % then; of 3000 loans 2910 are normal, so a fen more than 30 must become normal.
    share = steps.why_not(asked(branch, "1006", "third"))
    assert isinstance(share, WhyNotShown)
    assert share.why.to_normal == 30 * WAN + 1

    # 1010: 480 of 500 brings its loan of 12000 with it.
    cliff = steps.cliffs(asked(branch, "1010", "senior"))
    assert isinstance(cliff, CliffsShown)
    first = cliff.cliffs[0]
    assert first.lift == 20 * WAN
    assert (first.gains["senior.a"], first.gains["senior.b"]) == (500 * WAN, 12_000 * WAN)

    # 1001: balances are imported; 273 days gone, 92 left.
    balance = steps.balance(asked(branch, "1001", "second"), amount=3000 * WAN, later=date(2026, 11, 30))
    assert isinstance(balance, BalanceShown)
    line = balance.lines[0]
    assert not line.gap.assumed
    assert line.since == date(2026, 10, 1)
    assert line.to_raise == Fraction(7500 * 365 - 6900 * 273, 92) * WAN - line.gap.balance

    forecast = steps.forecast(asked(branch, "1001", "second"))
    assert isinstance(forecast, ForecastShown)
    assert [line.quarters for line in forecast.lines] == [4, 4, 4]

    # 700 more of a new client: 6900 + 700 >= 7500, and 1850 + 700 >= 2500.
    more = (Change(client="新客户", measure=Measure.DEPOSITS, amount=700 * WAN),)
    supposed = steps.what_if(asked(branch, "1001", "second"), lambda _: more)
    assert isinstance(supposed, SupposedShown)
    assert (supposed.supposed.before.proposed, supposed.supposed.after.proposed) == ("third", "second")
    assert supposed.new_clients == ("新客户",)
    less = steps.what_if(asked(branch, "1001"), lambda _: (Change(client="无", measure=Measure.LOANS, amount=-1),))
    assert isinstance(less, TakesTooMuch)
    assert (less.client, less.matter) == ("无", Matter.STANDING)

    # Nobody's but one's own, the team's and HR's; staff without a grade have no next one.
    assert isinstance(steps.why_not(asked(branch, "1002", of="1001")), Denied)
    assert steps.why_not(asked(branch, "1002", of="1001")) == steps.why_not(asked(branch, "1002", of="9999"))
    assert isinstance(steps.cliffs(asked(branch, "2001", "second", of="1001")), CliffsShown)
    assert isinstance(steps.routes(asked(branch, "3001")), NoGrade)
