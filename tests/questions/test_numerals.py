"""Chinese numerals in digits."""

import pytest

from bot.questions.normalise import normalise
from bot.questions.numerals import to_digits


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("七千五百万", "7500万"),
        ("七千五", "7500"),
        ("7千5", "7500"),
        ("一亿五千万", "1亿5000万"),
        ("三点五亿", "3.5亿"),
        ("二〇二六年", "2026年"),
        ("一百零五", "105"),
        ("十五日", "15日"),
        ("第十一条", "第11条"),
        ("两项", "2项"),
        ("壹级", "1级"),
        ("两三年", "两三年"),
        ("千万别", "千万别"),
        ("1003三季度", "1003 3季度"),
        ("three years", "3 years"),
        ("the one who", "the one who"),
    ],
)
def test_a_numeral_is_its_number(written: str, digits: str) -> None:
    assert to_digits(written) == digits


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("一、二级", "1级、2级"),
        ("三四级", "3级4级"),
        ("２ 级 存款", "2级存款"),
        ("1,500万", "1500万"),
        ("First and second grade", "first grade and second grade"),
        ("<https://x.cn|二级> <#C1>", "2级"),
        ("「二级」*存款*", "2级存款"),
        ("\u202e二\u200b级\x00", "2级"),
    ],
)
def test_what_differs_only_in_spelling_is_equal(written: str, spelled: str) -> None:
    assert normalise(written, {}).replace(" ", "") == spelled.replace(" ", "")


def test_traditional_characters_are_simplified_by_the_table() -> None:
    assert normalise("見習", {ord("見"): "见", ord("習"): "习"}) == "见习"
