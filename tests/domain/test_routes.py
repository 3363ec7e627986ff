"""Routes over k of n, held against every subset; and why not, held against the judge's own tree."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.judge import AtLeastFinding, GradeFinding
from bot.domain.ledger import ManagedClient
from bot.domain.money import Money
from bot.domain.routes import plan_routes
from bot.domain.rulebook import AtLeastRule, Floor, Grade, Measure
from bot.domain.verdict import Verdict, all_of, at_least
from bot.domain.why_not import explain_why_not
from tests.domain.tiny import client, judged, rule

MEASURES = (Measure.NET_DEPOSITS, Measure.LOANS, Measure.SETTLEMENT, Measure.NEW_DEPOSITS)

bounds = st.tuples(*[st.integers(1, 9)] * 4)
some_clients = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5)), max_size=4).map(
    lambda rows: [client(str(n), d, loans=loans, last_year=last) for n, (d, loans, last) in enumerate(rows)]
)


def tiny_grade(clients: list[ManagedClient], asked: tuple[int, ...], needed: int) -> GradeFinding:
    """A grade of four tiny indicators and a pass line."""
    rules = tuple(rule(measure, bound, 2) for measure, bound in zip(MEASURES, asked, strict=True))
    parts = tuple(judged(each, clients) for each in rules)
    choice = AtLeastRule(key="tiny.indicators", clause="tiny", needed=needed, of=rules)
    found = AtLeastFinding(rule=choice, verdict=at_least(needed, [p.verdict for p in parts]), parts=parts)
    line = judged(replace(rule(Measure.DEPOSITS, 1, 2), key="tiny.pass_line"), clients)
    grade = Grade(
        key="tiny",
        name="小级客户经理",
        clause="tiny",
        staff_grade="1等",
        staff_grade_clause="tiny",
        floor=Floor(Money(2), "tiny"),
        indicators=choice,
        pass_line=line.rule,
        quality=None,
        conditions=(),
    )
    verdict = all_of((found.verdict, line.verdict))
    return GradeFinding(grade=grade, verdict=verdict, indicators=found, pass_line=line, quality=None, conditions=())


@given(some_clients, bounds, st.integers(1, 4))
def test_a_shown_route_is_no_worse_than_any_of_all_subsets(
    clients: list[ManagedClient], asked: tuple[int, ...], needed: int
) -> None:
    finding = tiny_grade(clients, asked, needed)
    plan = plan_routes(finding, clients)
    unmet = {p.rule.key for p in finding.indicators.parts if p.verdict is not Verdict.MET}
    every = [frozenset(p.rule.key for p in chosen) & unmet for chosen in combinations(finding.indicators.parts, needed)]
    shown = [frozenset(need.finding.rule.key for need in route.needs) for route in plan.routes]
    smallest = {asks for asks in every if not any(other < asks for other in every)}
    assert set(shown) == smallest
    assert len(shown) == len(smallest)
    assert plan.folded == len(every) - len(shown)
    assert [route.effort for route in plan.routes] == sorted(route.effort for route in plan.routes)


@given(some_clients, bounds, st.integers(1, 4))
def test_the_fewest_conditions_are_enough_and_none_of_them_can_stay(
    clients: list[ManagedClient], asked: tuple[int, ...], needed: int
) -> None:
    finding = tiny_grade(clients, asked, needed)
    why = explain_why_not(finding, clients)
    changed = {f.rule.key for f in why.fewest}

    def with_changed(keys: set[str]) -> Verdict:
        parts = [p.rule.key in keys or p.verdict is Verdict.MET for p in finding.indicators.parts]
        line = finding.pass_line.rule.key in keys or finding.pass_line.verdict is Verdict.MET
        return all_of((at_least(needed, [Verdict.of(part) for part in parts]), Verdict.of(line)))

    assert with_changed(changed) is Verdict.MET
    assert all(with_changed(changed - {key}) is Verdict.FAILED for key in changed)
    assert why.holds == (finding.verdict is Verdict.MET)


def test_hr_may_hold_one_measure_to_be_harder_than_another() -> None:
    clients = [client("甲", 4, loans=4)]
    finding = tiny_grade(clients, (8, 6, 9, 9), 1)
    plain = plan_routes(finding, clients)
    weighted = plan_routes(finding, clients, {Measure.LOANS: Fraction(10)})
    assert plain.routes[0].parts[0].rule.measure is Measure.LOANS
    assert weighted.routes[0].parts[0].rule.measure is Measure.NET_DEPOSITS


def test_the_same_deposit_serves_two_needs_and_the_route_says_so() -> None:
    clients = [client("甲", 4, last_year=0)]
    plan = plan_routes(tiny_grade(clients, (8, 9, 9, 6), 2), clients)
    assert any(route.one_deposit_counts_twice for route in plan.routes)
