"""knowledge/phrases/training.yaml is read strictly, and its choices and aspects lead to answers."""

import shutil
from pathlib import Path

import pytest

from bot.domain.training_plans import Aspect
from bot.loading.faults import TrainingFaults
from bot.loading.training_words import load_training_words
from bot.questions.question import TrainingQuestion
from tests.conversations.branch import NOW, PLANS, RENDERER, ROOT, UNDERSTANDING, asked

TODAY = NOW.date()


def test_a_key_too_many_and_one_too_few_are_said_with_their_places(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "knowledge/phrases", tmp_path / "phrases")
    text = (folder / "training.yaml").read_text(encoding="utf-8")
    text = text.replace("\nwhich:", "\nwitch:").replace("\n  aims:", "\n  goals:")
    (folder / "training.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TrainingFaults) as refused:
        load_training_words(folder)
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("witch", "unknown_key"),
        ("which", "missing_key"),
        ("aspects.goals", "unknown_key"),
        ("aspects.aims", "missing_key"),
    }


def test_every_aspect_has_words_and_a_name_in_both_languages() -> None:
    words = load_training_words()
    for aspect in Aspect:
        assert words.aspects[aspect]
        for table in ("aspect", "aspect_en"):
            assert RENDERER._words.word(aspect, table)


@pytest.mark.parametrize("plan", PLANS.plans, ids=lambda plan: plan.key)
def test_a_document_is_found_by_its_own_name(plan) -> None:  # type: ignore[no-untyped-def]
    for name in (plan.name, plan.title, plan.name_en):
        question = UNDERSTANDING.understand(name, list, TODAY)
        assert isinstance(question, TrainingQuestion)
        assert plan.key in question.plans, name


@pytest.mark.parametrize("text", ["培训", "training"])
def test_each_choice_that_is_offered_is_answered(text: str) -> None:
    message = RENDERER.outcome(asked(text))
    labels = [button["text"]["text"] for block in message.blocks for button in block.get("elements", ())]
    assert len(labels) == 3
    assert {asked(label).kind for label in labels} == {"training"}


def test_documents_that_say_something_too_are_offered_and_answered() -> None:
    message = RENDERER.outcome(asked("培训怎么考核"))
    labels = [button["text"]["text"] for block in message.blocks if block["type"] == "actions"
              for button in block["elements"]]  # fmt: skip
    assert len(labels) == 3
    for label in labels:
        outcome = asked(label)
        assert outcome.kind == "training"
        assert {clause.split(".")[1] for clause in outcome.clauses} == {_plan_of(label)}


def _plan_of(label: str) -> str:
    return max((p for p in PLANS.plans if label.startswith(p.name)), key=lambda plan: len(plan.name)).key
