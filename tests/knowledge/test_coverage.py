"""Every sentence of the source is in a fact, in a clause, or in the list of what was left out and why."""

import re

import pytest

from bot.domain.figures_said import figures_of
from bot.domain.rulebook import Rulebook
from bot.domain.training_plans import TrainingPlans
from bot.loading.rulebooks import load_shelf
from bot.loading.training import load_training, source_file, squeezed
from tests.knowledge.coverage import REGULATION, covered, left_out


@pytest.fixture(scope="module")
def plans() -> TrainingPlans:
    return load_training()


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_shelf().rulebooks[-1]


@pytest.fixture(scope="module")
def source() -> str:
    return squeezed(source_file().read_text(encoding="utf-8"))


def test_every_sentence_of_the_source_is_held(plans: TrainingPlans, rulebook: Rulebook) -> None:
    forgotten = [(s.line, s.left) for s in covered(plans, rulebook).sentences() if not s.held]
    assert forgotten == []


def test_most_of_the_source_is_held_by_facts_and_clauses(plans: TrainingPlans, rulebook: Rulebook) -> None:
    held = [s.held for s in covered(plans, rulebook).sentences()]
    assert held.count("left out") < len(held) / 10


def test_every_quote_stands_in_the_source_word_for_word(plans: TrainingPlans, source: str) -> None:
    for plan in plans.plans:
        for fact in plan.facts:
            for quote in fact.quotes:
                assert squeezed(quote) in source, (plan.key, fact.key)


def test_every_figure_that_is_said_stands_in_the_quotes(plans: TrainingPlans) -> None:
    for plan in plans.plans:
        for fact in plan.facts:
            own = (figures_of(fact.say) | figures_of(fact.say_en)) - figures_of("\n".join(fact.quotes))
            assert own == set(), (plan.key, fact.key)


def test_what_is_left_out_stands_in_the_source_and_nowhere_else_is_needed(source: str) -> None:
    passages = [passage for many in left_out().values() for passage in many]
    assert len(passages) == len(set(passages))
    for passage in passages:
        assert squeezed(passage) in source, passage


def test_articles_one_to_fifteen_are_held_and_the_one_that_the_document_lacks_is_said_to_be_missing(
    rulebook: Rulebook, source: str
) -> None:
    numbers = {int(found[1]) for key in rulebook.clauses if (found := re.match(r"art(\d+)", key))}
    assert numbers == set(range(1, 16))
    assert rulebook.clauses["art13"].missing
    regulation = source[source.index(REGULATION) :]
    assert "第十三条" not in regulation
    assert "第十六条" not in regulation


def test_what_is_defective_in_the_regulation_is_noted_where_it_is_quoted(rulebook: Rulebook) -> None:
    for clause in ("art12.two", "art13", "art15"):
        assert "缺失" in (rulebook.clauses[clause].note or ""), clause
