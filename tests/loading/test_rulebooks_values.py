"""The shipped values: the tables of the regulation written out by hand, and every amount held against its sentence."""

import re
from collections import Counter
from datetime import date

import pytest

from bot.domain.money import Currency, Money
from bot.domain.people import Education, Title
from bot.domain.rulebook import (
    AmountRule,
    Ban,
    EducationRule,
    Measure,
    Rule,
    Rulebook,
    TenureRule,
)
from bot.errors import NoRulebook
from bot.loading.rulebooks import load_shelf

WAN, YI = 10**4, 10**8

# 行员等级, 单户日均存款 floor, how many of a-d, 及格线, reimbursed a month, years of marketing work
GRADES = {
    "senior": ("高级客户经理", "5等", 500 * WAN, 2, 1500 * WAN, 300, 3),
    "first": ("一级客户经理", "6等", 300 * WAN, 2, 1500 * WAN, 260, 3),
    "second": ("二级客户经理", "7等", 100 * WAN, 1, 1500 * WAN, 200, 1),
    "third": ("三级客户经理", "8等", 50 * WAN, 1, 1500 * WAN, 160, None),
    "fourth": ("四级客户经理", "9等", 50 * WAN, 1, 1500 * WAN, 160, None),
    "trainee": ("见习客户经理", "9等", 50 * WAN, 1, 1000 * WAN, 160, None),
}

# a, a of a single client; b, b of a single client; c in dollars (fourth: yuan, R3); d
INDICATORS = {
    "senior": {
        "a": (25000 * WAN, YI),
        "b": (35000 * WAN, 15000 * WAN),
        "c": (3000 * WAN, None),
        "d": (5000 * WAN, None),
    },
    "first": {
        "a": (15000 * WAN, 3000 * WAN),
        "b": (2 * YI, 7500 * WAN),
        "c": (2000 * WAN, None),
        "d": (3000 * WAN, None),
    },
    "second": {
        "a": (7500 * WAN, 2500 * WAN),
        "b": (18000 * WAN, 5000 * WAN),
        "c": (1000 * WAN, None),
        "d": (2500 * WAN, None),
    },
    "third": {"a": (3800 * WAN, None), "b": (7200 * WAN, None), "c": (500 * WAN, None), "d": (1500 * WAN, None)},
    "fourth": {"a": (1500 * WAN, None), "b": (3600 * WAN, None), "c": (1000 * WAN, None), "d": (1500 * WAN, None)},
    "trainee": {"d": (1000 * WAN, None)},
}

MEASURES = {
    "a": Measure.NET_DEPOSITS,
    "b": Measure.LOANS,
    "c": Measure.SETTLEMENT,
    "d": Measure.NEW_DEPOSITS,
    "pass_line": Measure.DEPOSITS,
}

AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?(?:元|美元)")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_shelf().rulebooks[0]


def amount(major: int, currency: Currency = Currency.CNY) -> Money:
    return Money(major * 100, currency)


def test_the_six_grades_stand_highest_first_under_their_names(rulebook: Rulebook) -> None:
    assert [(grade.key, grade.name) for grade in rulebook.grades] == [(key, row[0]) for key, row in GRADES.items()]
    assert [grade.short_name for grade in rulebook.grades] == ["高级", "一级", "二级", "三级", "四级", "见习"]


@pytest.mark.parametrize("key", GRADES)
def test_a_grade_has_the_values_of_the_regulation(key: str, rulebook: Rulebook) -> None:
    grade = rulebook.grade(key)
    _name, staff_grade, floor, needed, pass_line, allowance, years = GRADES[key]
    assert grade.staff_grade == staff_grade
    assert grade.floor.amount == amount(floor)
    assert grade.indicators.needed == needed
    assert grade.pass_line.bound == amount(pass_line)
    assert grade.pass_line.floor.amount == amount(50 * WAN)
    assert grade.allowance == amount(allowance)
    assert [rule.years for rule in grade.conditions if isinstance(rule, TenureRule)] == ([years] if years else [])


@pytest.mark.parametrize("key", INDICATORS)
def test_a_grade_has_the_indicators_of_the_regulation(key: str, rulebook: Rulebook) -> None:
    found = {rule.name: rule for rule in rulebook.grade(key).indicators.of}
    assert found.keys() == INDICATORS[key].keys()
    for name, (bound, single) in INDICATORS[key].items():
        dollars = name == "c" and key != "fourth"
        assert found[name].bound == amount(bound, Currency.USD if dollars else Currency.CNY)
        assert found[name].single == (amount(single) if single else None)
        assert found[name].floor == rulebook.grade(key).floor


def test_every_rule_measures_what_its_letter_says(rulebook: Rulebook) -> None:
    rules = [rule for grade in rulebook.grades for rule in grade.amount_rules]
    assert len(rules) == 27
    for rule in rules:
        assert rule.measure is MEASURES[rule.name], rule.key


def test_the_personal_conditions_are_those_of_article_eleven(rulebook: Rulebook) -> None:
    common = ["education", "exam", "breach"]
    assert {grade.key: [rule.name for rule in grade.conditions] for grade in rulebook.grades} == {
        "senior": ["tenure", *common, "report"],
        "first": ["tenure", *common],
        "second": ["tenure", *common],
        "third": common,
        "fourth": common,
        "trainee": common,
    }
    for grade in rulebook.grades:
        (education,) = (rule for rule in grade.conditions if isinstance(rule, EducationRule))
        assert (education.education, education.title) == (Education.COLLEGE, Title.JUNIOR)


def test_the_quality_rule_holds_for_every_grade_but_the_trainees(rulebook: Rulebook) -> None:
    assert [grade.key for grade in rulebook.grades if grade.quality is None] == ["trainee"]
    for grade in rulebook.grades[:-1]:
        assert grade.quality
        assert grade.quality.share_rises
        assert grade.quality.bans == (Ban.BAD_LOANS, Ban.OVERDUE_INTEREST, Ban.ADVANCES)


def test_a_trainee_is_on_probation_for_one_year_and_does_no_credit_business(rulebook: Rulebook) -> None:
    trainee = rulebook.grade("trainee")
    assert (rulebook.probation_years, rulebook.probation_clause) == (1, "art6")
    assert [grade.key for grade in rulebook.grades if grade.on_probation] == ["trainee"]
    assert trainee.no_credit_clause
    assert rulebook.clauses[trainee.no_credit_clause].text == "见习期不得办理授信业务。"


def amounts_by_clause(rulebook: Rulebook) -> dict[str, Counter[Money]]:
    """Every amount of the rulebook below the clause that it cites."""
    found: dict[str, Counter[Money]] = {}

    def note(clause: str | None, money: Money | None) -> None:
        if clause and money:
            found.setdefault(clause, Counter())[money] += 1

    for grade in rulebook.grades:
        note(grade.allowance_clause, grade.allowance)
        note(grade.floor.clause, grade.floor.amount)
        for rule in grade.amount_rules:
            note(rule.clause, rule.bound)
            note(rule.clause, rule.single)
        note(grade.pass_line.floor.clause, grade.pass_line.floor.amount)
    return found


def test_each_clause_and_its_values_name_the_same_amounts_none_more_and_none_less(rulebook: Rulebook) -> None:
    by_clause = amounts_by_clause(rulebook)
    assert len(by_clause) == 21 + 6 + 2 + 4  # indicators, floors, pass lines, allowances
    for clause_id, amounts in by_clause.items():
        written = {Money.parse(word) for word in AMOUNT.findall(rulebook.clauses[clause_id].printed)}
        assert written == amounts.keys(), clause_id


def test_no_amount_of_the_regulation_is_left_without_a_value(rulebook: Rulebook) -> None:
    used = amounts_by_clause(rulebook)
    wholes = {"art11.two.6", "art12.two"}  # their parts are cited instead
    staffing = {"art9.one"}  # 配备 of clients, no condition of a grade
    unused = {c.id for c in rulebook.clauses.values() if AMOUNT.search(c.printed)} - used.keys()
    assert unused == wholes | staffing


def test_a_rule_cites_the_sentence_of_its_own_grade(rulebook: Rulebook) -> None:
    for number, grade in enumerate(rulebook.grades, 1):
        assert grade.staff_grade_clause == f"art4.{number}"
        assert rulebook.clauses[grade.staff_grade_clause].text.startswith(grade.name)
        for rule in (grade.indicators, *grade.indicators.of):
            assert rule.clause.startswith(f"art11.two.{number}.")
        assert grade.floor.clause.startswith(f"art11.two.{number}.")
        assert grade.name in rulebook.clauses[grade.floor.clause].text
        assert grade.allowance_clause == f"art12.two.{min(number, 4)}"


def test_every_rule_cites_a_clause_that_can_be_quoted_and_readings_that_exist(rulebook: Rulebook) -> None:
    rules: list[Rule] = [rule for _grade, rule in rulebook.rules()]
    rules += [question for grade in rulebook.grades for question in grade.judged]
    assert len({rule.key for rule in rules}) == len(rules)
    for rule in rules:
        assert rulebook.clauses[rule.clause].text, rule.key
        assert set(rule.readings) <= rulebook.readings.keys(), rule.key


def test_all_readings_are_there_each_with_the_text_and_what_it_is_read_as(rulebook: Rulebook) -> None:
    assert list(rulebook.readings) == [f"R{number}" for number in range(1, 28)]
    for reading in rulebook.readings.values():
        assert reading.where, reading.id
        assert reading.text, reading.id
        assert reading.reads, reading.id
        assert set(reading.clauses) <= rulebook.clauses.keys(), reading.id


def test_a_reading_named_by_a_rule_bears_on_its_clause_or_on_its_floors(rulebook: Rulebook) -> None:
    for _grade, rule in rulebook.rules():
        clauses = {rule.clause, *([rule.floor.clause] if isinstance(rule, AmountRule) else [])}
        if rule.name == "indicators":
            continue
        for name in rule.readings:
            assert clauses & set(rulebook.readings[name].clauses), f"{rule.key} {name}"


@pytest.mark.parametrize(
    ("key", "reading"),
    [
        ("third.a", "R2"),
        ("fourth.a", "R2"),
        ("fourth.c", "R3"),
        ("fourth.d", "R4"),
        ("trainee.d", "R6"),
        ("trainee.pass_line", "R6"),
    ],
)
def test_an_answer_on_a_doubtful_sentence_carries_a_remark_that_names_its_reading(
    key: str, reading: str, rulebook: Rulebook
) -> None:
    (rule,) = (rule for _grade, rule in rulebook.rules() if rule.key == key)
    assert rule.remark
    assert f"解读 {reading}" in rule.remark
    assert reading in rule.readings


def test_no_other_rule_carries_a_remark(rulebook: Rulebook) -> None:
    assert sum(rule.remark is not None for _grade, rule in rulebook.rules()) == 6


def test_the_rulebook_holds_from_2026_on_without_end_and_none_holds_before() -> None:
    shelf = load_shelf()
    assert shelf.on(date(2026, 1, 1)).version == "2026"
    assert shelf.on(date(2099, 12, 31)).version == "2026"
    with pytest.raises(NoRulebook) as refused:
        shelf.on(date(2025, 12, 31))
    assert refused.value.facts == {"as_of": date(2025, 12, 31), "first": date(2026, 1, 1)}


def test_the_floors_that_sums_are_made_over(rulebook: Rulebook) -> None:
    assert rulebook.floors() == tuple(floor * WAN * 100 for floor in (50, 100, 300, 500))
