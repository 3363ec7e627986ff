"""`ladder ask`: the contract's lines, through the same services as Slack."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from tests.cli.conftest import Ladder
from tests.ledgers import figures, held, load, sheet

Q3 = "2026-09-30"


@pytest.fixture
def branch(joined: Parts, tmp_path: Path) -> None:
    """1001 and 1002 of the third grade; 1002 has HR's role."""
    header = ["工号", "姓名", "岗位等级", "角色"]
    files = [
        sheet(tmp_path, "人员", header, ["1001", "李强", "三级", "客户经理"], ["1002", "王静", "三级", "HR经办"]),
        figures(tmp_path, (Q3, "C1", "65432109.87")),
        held(tmp_path, ("C1", "1001", 100, "2026-01-01", "")),
    ]
    assert load(joined, *files).accepted


def batch(ladder: Ladder, *lines: dict[str, Any] | str) -> list[dict[str, Any]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    ran = ladder("ask", "--batch", "-", "--now", "2026-10-09T09:30", stdin=text)
    assert ran.code == 0, ran.err
    return ran.lines


@pytest.mark.usefixtures("branch")
def test_lines_come_back_in_order_each_with_its_kind(ladder: Ladder) -> None:
    lines = batch(
        ladder,
        {"id": "a", "as": "1001", "text": "我离二级还差多少"},
        {"id": "b", "as": "1001", "text": "二级要多少贷款"},
        {"id": "c", "as": "1001", "text": "王静离二级还差多少"},
        {"id": "d", "as": "1001", "text": "明天天气怎么样"},
        {"id": "e", "as": "1001", "text": "帮助"},
        {"id": "f", "as": "1002", "text": "李强离二级还差多少"},
        {"id": "g", "text": "我离二级还差多少"},
    )
    assert [(line["id"], line["kind"]) for line in lines] == [
        ("a", "progress"),
        ("b", "answer"),
        ("c", "denied"),
        ("d", "decline"),
        ("e", "help"),
        ("f", "progress"),
        ("g", "denied"),
    ]
    assert "6,543.21万元" in lines[0]["text"] and "6,543.21万元" in lines[5]["text"]
    assert lines[1]["clauses"][0] == "art11.two.3.1.b"
    assert not any("private" in line for line in lines)


@pytest.mark.usefixtures("branch")
def test_in_a_channel_figures_are_private_and_rules_are_not(ladder: Ladder) -> None:
    own, rule = batch(
        ladder,
        {"id": 1, "as": "1001", "in": "channel", "text": "我离二级还差多少"},
        {"id": 2, "as": "1001", "in": "channel", "text": "二级要多少贷款"},
    )
    assert own["visibility"] == rule["visibility"] == "thread"
    assert "6,543" not in own["text"] and "6,543.21万元" in own["private"]
    assert "已私信你" in own["text"]
    assert "1.8亿元" in rule["text"] and "private" not in rule


@pytest.mark.usefixtures("branch")
def test_a_line_that_cannot_be_read_gets_a_reason_and_the_next_is_answered(ladder: Ladder) -> None:
    lines = batch(
        ladder,
        "junk",
        {"id": 1, "text": 5},
        {"id": 2, "as": "1001", "text": "二级", "now": "yesterday"},
        "[]",
        {"id": 3, "as": "1001", "text": "二级要多少贷款"},
    )
    assert [(line["id"], line["kind"]) for line in lines] == [
        (None, "decline"),
        (1, "decline"),
        (2, "decline"),
        (None, "decline"),
        (3, "answer"),
    ]
    assert "yesterday" in lines[2]["text"]


@pytest.mark.usefixtures("branch")
def test_a_day_before_the_first_rulebook_is_said_to_have_none(ladder: Ladder) -> None:
    (line,) = batch(ladder, {"id": 1, "as": "1001", "text": "二级要多少贷款", "now": "2025-05-01"})
    assert line["kind"] == "decline"
    assert "2026-01-01" in line["text"]


@pytest.mark.usefixtures("branch")
def test_one_question_in_words(ladder: Ladder) -> None:
    ran = ladder("ask", "二级要多少贷款", "--as", "1001")
    assert ran.code == 0
    assert ran.out.startswith("二级客户经理\n• 日均贷款1.8亿元以上")
