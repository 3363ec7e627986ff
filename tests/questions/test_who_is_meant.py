"""A question about somebody is never answered with another's figures: not the asker's own, not those of a shorter name."""

from datetime import date

import pytest

from bot.domain.people import Person
from bot.questions.follow_up import Memory
from bot.questions.question import OwnStanding, PersonStanding, Question
from tests.conversations.branch import UNDERSTANDING

TODAY = date(2026, 10, 15)
VISIBLE = (Person("1001", "李强"), Person("1002", "王静"))
OF_SONG, OF_NOBODY = Memory("person", {"people": ("1020",)}), Memory("person", {})


def understood(text: str, *, visible: tuple[Person, ...] = VISIBLE, memory: Memory | None = None) -> Question:
    return UNDERSTANDING.understand(text, lambda: visible, TODAY, memory=memory)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "李强怎么最快到二级",
            "张三下一步怎么做",
            "欧阳锋的捷径",
            "李强哪些客户差一点就能计入",
            "Li Qiang's standing?",
            "我比李强多多少存款",
        ],
        "fastest way for Li Qiang to second grade",
    ],
)
def test_somebody_not_visible_is_nobody_and_not_oneself(text: str) -> None:
    question = understood(text, visible=())
    assert isinstance(question, PersonStanding)
    assert not question.people


@pytest.mark.parametrize(
    "text", ["怎么最快到二级", "应该怎么最快到二级", "我怎么最快", "哪些客户差一点就能计入", "我的路线"]
)
def test_where_nobody_is_named_it_is_of_oneself(text: str) -> None:
    assert isinstance(understood(text), OwnStanding)


@pytest.mark.parametrize(
    "text", ["王静怡离二级还差多少", "陈李强离二级还差多少", "李强和徐鹏离二级还差多少", "1001和1011离二级还差多少"]
)
def test_a_longer_name_or_another_beside_it_is_not_answered_as_the_known_one(text: str) -> None:
    question = understood(text)
    assert isinstance(question, PersonStanding)
    assert not question.people


@pytest.mark.parametrize("text", ["李强和王静离二级还差多少", "1001和1002离二级还差多少"])
def test_of_two_people_none_is_dropped(text: str) -> None:
    question = understood(text)
    assert isinstance(question, PersonStanding)
    assert question.people == ("1001", "1002")


@pytest.mark.parametrize("text", ["怎么最快", "他的路线呢", "哪些客户差一点就能计入", "还差多少"])
def test_in_a_conversation_about_somebody_the_next_question_is_of_them(text: str) -> None:
    for memory in (OF_SONG, OF_NOBODY):
        question = understood(text, memory=memory)
        assert isinstance(question, PersonStanding)
        assert question.people == memory.get("people")
    assert isinstance(understood("我怎么最快", memory=OF_SONG), OwnStanding)
