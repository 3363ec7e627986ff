"""What HR has taught answers paraphrases, and nothing that only looks like them; what leans on a conversation is seen."""

import pytest

from tests.conversations.branch import NOW, UNDERSTANDING

TODAY = NOW.date()
TAUGHT = ("2级客户经理的配车标准", "分行的茶水间由谁收拾")


@pytest.mark.parametrize("text", ["二级有没有配车啊", "想问下二级的配车是什么标准", "请问 二级 配车 怎么规定的"])
def test_a_paraphrase_is_what_was_taught(text: str) -> None:
    assert UNDERSTANDING.taught_alike(text, TAUGHT, TODAY) == TAUGHT[0]


@pytest.mark.parametrize("text", ["一级有没有配车", "二级的存款标准", "二级有没有配司机", "二级客户经理", "天气怎么样"])
def test_another_grade_or_another_thing_is_not(text: str) -> None:
    assert UNDERSTANDING.taught_alike(text, TAUGHT, TODAY) is None


@pytest.mark.parametrize("text", ["配车呢", "那一级的呢", "换成高级", "它的标准是多少", "what about senior"])
def test_a_text_that_leans_on_a_conversation_is_seen(text: str) -> None:
    assert UNDERSTANDING.leans(text, TODAY)


@pytest.mark.parametrize("text", ["二级的配车标准", "分行的茶水间由谁收拾", "一级客户经理能不能居家办公"])
def test_a_text_that_stands_alone_is_not_taken_for_one(text: str) -> None:
    assert not UNDERSTANDING.leans(text, TODAY)
