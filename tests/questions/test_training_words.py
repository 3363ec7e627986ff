"""knowledge/phrases/training.yaml is read strictly, and its choices and aspects lead to answers."""

import shutil
from pathlib import Path

import pytest

from bot.domain.training_plans import Aspect
from bot.loading.faults import TrainingFaults
from bot.loading.training_words import load_training_words
from bot.questions.follow_up import remember
from bot.questions.question import HoursQuestion, SessionsQuestion, TrainingQuestion
from tests.conversations.branch import NOW, PHRASES, PLANS, RENDERER, ROOT, UNDERSTANDING, asked

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


@pytest.mark.parametrize("english", [False, True])
def test_what_the_help_suggests_of_the_documents_is_answered(english: bool) -> None:
    suggested = RENDERER._words.slot("conversation/help", "training", english=english).splitlines()
    for line in (line.removeprefix("• ") for line in suggested if line.startswith("• ") and "`" not in line):
        question = UNDERSTANDING.understand(line, lambda: [], NOW.date())
        assert isinstance(question, SessionsQuestion | HoursQuestion) or asked(line).kind == "training", line


CONVERSATIONS = [
    (["零售客户经理培训方案学什么", "考核呢"], "retail", Aspect.ASSESSMENT),
    (["零售客户经理培训方案学什么", "换成私人客户经理的呢"], "private", Aspect.CONTENT),
    (["公司客户经理培训怎么考核", "时间呢", "两个月那份呢"], "two_months", Aspect.TIME),
    (["分级培训里初级学什么", "中级呢", "那考核呢"], "levels", Aspect.ASSESSMENT),
    (["私人客户经理培训计划的在线学习怎么弄", "那全体客户经理那份呢"], "all_managers", Aspect.FORM),
    (["how long is the two-month plan", "who teaches it"], "two_months", Aspect.TRAINERS),
    (["对公培训计划有哪些内容", "信用证那块细说下"], "corporate", Aspect.CONTENT),
    (["三勤是什么", "开门红呢"], "work_plans_nine", Aspect.METHODS),
    (["私人客户经理培训计划的目标", "那零售的呢", "他们的考核呢"], "retail", Aspect.ASSESSMENT),
]


@pytest.mark.parametrize(("turns", "plan", "aspect"), CONVERSATIONS, ids=lambda value: str(value)[:40])
def test_a_follow_up_changes_what_it_names_and_keeps_the_rest(turns: list[str], plan: str, aspect: Aspect) -> None:
    memory, question = None, None
    for turn in turns:
        question = UNDERSTANDING.understand(turn, list, TODAY, memory=memory)
        memory = remember(question, PHRASES) or memory
    assert isinstance(question, TrainingQuestion)
    found, fact = PLANS.cited(question.facts[0])
    assert (found.key, fact.aspect) == (plan, aspect)


def test_a_question_on_the_regulation_after_one_on_training_is_about_the_regulation() -> None:
    before = remember(UNDERSTANDING.understand("零售客户经理培训方案学什么", list, TODAY), PHRASES)
    for text in ("二级要多少贷款", "见习多久", "高级每月报销多少"):
        assert UNDERSTANDING.understand(text, list, TODAY, memory=before).kind == "rule"
