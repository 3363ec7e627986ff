"""Grades side by side: a table that Slack takes, and the same as aligned text."""

from tests.conversations.branch import RENDERER, asked
from tests.render.judges import judge


def test_two_grades_stand_in_a_table_that_both_judges_take() -> None:
    message = judge(RENDERER.outcome(asked("一级和二级的存款、贷款对比一下")))
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["等级", "一级", "二级"],
        ["日均存款(不含协议存款)", "1.5亿元(单户3000万元)", "7500万元(单户2500万元)"],
        ["日均贷款", "2亿元(单户7500万元)", "1.8亿元(单户5000万元)"],
    ]


def test_as_text_its_columns_are_aligned() -> None:
    lines = RENDERER.outcome(asked("高级和四级的存款、国际结算对比")).plain().splitlines()
    assert lines[1:4] == [
        "等级                    高级                四级",
        "日均存款(不含协议存款)  2.5亿元(单户1亿元)  1500万元",
        "年国际结算额            3000万美元          1000万元",
    ]


def test_the_answer_stands_in_the_first_line() -> None:
    assert RENDERER.outcome(asked("高级和一级存款差在哪")).text.startswith(
        "日均存款(不含协议存款):高级 2.5亿元(单户1亿元),一级 1.5亿元"
    )
    assert RENDERER.outcome(asked("一级和高级的年限要求一样吗")).text.startswith("一样。")
    assert RENDERER.outcome(asked("一级和二级的报销一样吗")).text.startswith("不一样。")
