"""The steps together: what is recognised, what is a name, what costs how much."""

import time
from datetime import date

import pytest

from bot.domain.people import Person
from bot.questions.question import Form, OwnStanding, PersonStanding, Question, RuleQuestion, Unclear
from tests.conversations.branch import PHRASES, UNDERSTANDING

TODAY = date(2026, 10, 15)


def understood(text: str, *people: Person) -> Question:
    return UNDERSTANDING.understand(text, lambda: people, TODAY)


def rule(text: str) -> RuleQuestion:
    question = understood(text)
    assert isinstance(question, RuleQuestion), question
    return question


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("新增的日均存款", ("new_deposits",)),
        ("新增和存款", ("new_deposits", "deposits")),
        ("存款、贷款、新增", ("deposits", "loans", "new_deposits")),
        ("存款贷款新增", ("deposits", "loans", "new_deposits")),
        ("协议存款", ("agreement_deposits",)),
        ("告诉我二级存款", ("deposits",)),
    ],
)
def test_neighbours_are_one_thing_and_lists_are_several(text: str, aspects: tuple[str, ...]) -> None:
    assert rule(text).aspects == aspects


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("二级及以上存款", ("senior", "first", "second")),
        ("三级以下存款", ("third", "fourth", "trainee")),
        ("50万以下的客户算不算二级", ("second",)),
        ("高级职称要求", ()),
        ("grade two and grade three loans", ("second", "third")),
    ],
)
def test_grades_and_ranges(text: str, grades: tuple[str, ...]) -> None:
    assert rule(text).grades == grades


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("二级不是要满三年吗", Form.PREMISE),
        ("8000万存款够二级吗", Form.REACHES),
        ("哪一级的日均贷款是7200万", Form.WHICH),
        ("二级要多少存款", Form.OPEN),
    ],
)
def test_what_a_figure_of_the_askers_is_for(text: str, form: Form) -> None:
    assert rule(text).form is form


def test_a_name_is_found_wherever_it_stands_and_only_as_a_whole() -> None:
    people = (Person("7", "李娜"), Person("8", "李娜娜"), Person("9", "Li Na"), Person("10", "存款"))
    for text, expected in (("看下李娜娜离一级还差多少", "8"), ("how far is Li Na from first grade", "9")):
        found = understood(text, *people)
        assert isinstance(found, PersonStanding)
        assert found.people == (expected,)
    assert isinstance(understood("二级存款要多少", *people), RuleQuestion)


def test_the_staff_are_not_fetched_for_a_text_that_names_nobody() -> None:
    def unread() -> tuple[Person, ...]:
        raise AssertionError

    for text in ("二级要多少贷款", "我离二级还差多少", "帮助"):
        UNDERSTANDING.understand(text, unread, TODAY)


def test_the_highest_grade_named_is_the_target() -> None:
    found = understood("我是三级,离二级还差多少")
    assert isinstance(found, OwnStanding)
    assert found.target == "second"


def test_nothing_definite_is_asked_back() -> None:
    assert isinstance(understood("要什么条件"), Unclear)


def test_every_aspect_and_topic_has_words_of_its_own() -> None:
    keys = {entry.key for _, entry in PHRASES.words}
    assert set(PHRASES.topics) <= keys
    assert set(PHRASES.choices.zh.asks) <= keys


def test_it_takes_well_under_a_millisecond() -> None:
    texts = (
        "二级要多少贷款",
        "三级村款要多少来着?顺便说下贷款",
        "我三季度离二级还差多少",
        "what does a second-grade post need",
    )
    best = 1.0
    for _ in range(20):
        start = time.process_time()
        for text in texts:
            understood(text)
        best = min(best, (time.process_time() - start) / len(texts))
    assert best < 0.001
