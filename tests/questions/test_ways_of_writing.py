"""One question however it is typed: by sound, by shape, in Latin letters, in other words, in traditional characters."""

import pytest

from bot.questions.question import OutOfScope, Question, RuleQuestion
from tests.conversations.branch import NOW, UNDERSTANDING


def understood(text: str) -> Question:
    return UNDERSTANDING.understand(text, tuple, NOW.date())


@pytest.mark.parametrize(
    "text",
    ["二级贷款要多少", "二级货款要多少", "二级待款要多少", "erji daikuan duoshao", "二级 daikuan 要求", "二級貸款要多少", "二级款贷要多少", "贰级放贷规模",
     "打算明年冲刺二级,贷款这项得攒到什么规模", "咱们二级那档的贷款线划在哪"],
)  # fmt: skip
def test_a_question_is_the_same_however_it_is_typed(text: str) -> None:
    question = understood(text)
    assert isinstance(question, RuleQuestion)
    assert (question.grades, question.aspects) == (("second",), ("loans",))


@pytest.mark.parametrize(
    "text",
    ["任职资格是哪个小组审的", "资格由谁来审查", "which body reviews qualifications before someone takes the post?"],
)
def test_words_that_belong_together_need_not_stand_together(text: str) -> None:
    question = understood(text)
    assert isinstance(question, RuleQuestion)
    assert question.topics == ("qualification",)


@pytest.mark.parametrize(
    "text",
    ["二级轿车贷款要多少", "一级市场和二级市场有什么区别", "见习律师要见习多久", "存款成本率要多少", "三级跳远的记录", "为什么二级要1.8亿贷款", "模拟银行考试几月份举行"],
)  # fmt: skip
def test_a_near_miss_is_no_answer(text: str) -> None:
    assert isinstance(understood(text), OutOfScope)
