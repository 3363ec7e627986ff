"""The shipped training documents: they load, they say what they say, and they can be told apart."""

import pytest

from bot.domain.training_plans import Aspect, TrainingPlans
from bot.loading.training import load_training


@pytest.fixture(scope="module")
def plans() -> TrainingPlans:
    return load_training()


def test_the_company_plan_lasts_three_months_of_twenty_hours_a_week(plans: TrainingPlans) -> None:
    first = plans.get("company").on(Aspect.TIME)[0]
    assert first.whole
    assert "3个月,每周20个小时,共计240个小时" in first.say


def test_what_no_document_says_is_said_by_none(plans: TrainingPlans) -> None:
    assert plans.saying(Aspect.BUDGET) == ()


def test_the_answer_to_an_aspect_stands_before_its_parts(plans: TrainingPlans) -> None:
    for plan in plans.plans:
        for aspect in plan.aspects:
            wholes = [fact.whole for fact in plan.on(aspect)]
            assert wholes == sorted(wholes, reverse=True), (plan.key, aspect)
            assert sum(wholes) <= 1, (plan.key, aspect)


def test_a_fact_is_found_again_by_what_it_is_cited_by(plans: TrainingPlans) -> None:
    for plan in plans.plans:
        for fact in plan.facts:
            assert plans.cited(plan.cite(fact)) == (plan, fact)


def test_the_numbers_that_plans_fix_stand_as_a_reading_of_ours(plans: TrainingPlans) -> None:
    fixed = {(a.fact, a.number, a.unit, a.per) for a in plans.readings["T2"].amounts}
    assert ("all_managers.time.central", 12, "days", "year") in fixed
    assert ("company.time", 240, "hours", "course") in fixed


def test_every_fact_is_said_in_english_too(plans: TrainingPlans) -> None:
    assert [(plan.key, fact.key) for plan in plans.plans for fact in plan.facts if not fact.say_en] == []
