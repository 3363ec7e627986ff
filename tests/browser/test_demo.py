"""What a newcomer does with `make demo`, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.driver import NARROW, PATIENCE, Person

pytestmark = pytest.mark.browser
Enter = Callable[..., Person]
AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?(?=\s*(?:亿|万))")
PART = re.compile(r"= ([\d,]+\.\d\d)元")
TOTAL = re.compile(r"合计 ([\d,]+\.\d\d)元")
FIGURE = re.compile(r"[\d,.]+\s*(?:万|亿)")


def amounts(text: str) -> list[Decimal]:
    """Every amount that ends in 万, as it is shown."""
    return [Decimal(found.replace(",", "")) for found in AMOUNT.findall(text)]


def test_the_figure_that_is_missing(person: Enter) -> None:
    me = person("李强")
    me.go("dm")
    answer = me.ask("我离二级还差多少")
    expect(answer).to_contain_text("二级")
    assert Decimal(600) in amounts(answer.inner_text())
    assert Decimal(6900) in amounts(answer.inner_text())
    assert "第十一条" in answer.inner_text()


def test_how_a_figure_is_made_adds_up(person: Enter) -> None:
    me = person("李强")
    me.go("dm")
    answer = me.ask("我离二级还差多少")
    me.press(answer, "怎么算的")
    replies = me.thread_of(answer)
    expect(replies).to_have_count(2, timeout=PATIENCE)
    shown = replies.nth(1).inner_text()
    parts = [Decimal(found.replace(",", "")) for found in PART.findall(shown)]
    assert parts == [Decimal(x) * 10_000 for x in (3100, 820, 640, 520, 430, 340, 280, 220, 180, 150, 120, 100)]
    assert Decimal(TOTAL.findall(shown)[0].replace(",", "")) == sum(parts) == 69_000_000


def test_home_shows_the_card(person: Enter) -> None:
    home = person("王静").home()
    expect(home).to_contain_text("王静")
    expect(home).to_contain_text("本季达到的标准:一级")
    expect(home).to_contain_text("现任:二级客户经理")
    expect(home).to_contain_text("数据截至 2026-09-30")


def test_in_a_channel_there_is_no_figure(person: Enter) -> None:
    me = person("刘洋")
    me.go("城东支行")
    before = me.messages.count()
    me.write("@客户经理等级助手 我离一级还差多少")
    expect(me.messages).to_have_count(before + 1)
    replies = me.thread_of(me.messages.last)
    expect(replies).to_have_count(2, timeout=PATIENCE)
    expect(replies.nth(1)).to_contain_text("已私信你")
    assert FIGURE.findall(me.page.locator("#main").inner_text() + replies.nth(1).inner_text()) == []
    me.go("dm")
    expect(me.answers).to_have_count(1, timeout=PATIENCE)
    assert Decimal(7200) in amounts(me.answers.first.inner_text())


def test_a_rule_is_answered_in_the_channel(person: Enter) -> None:
    me = person("孙倩")
    me.go("城东支行")
    before = me.messages.count()
    me.write("@客户经理等级助手 二级要多少贷款")
    expect(me.messages).to_have_count(before + 1)
    replies = me.thread_of(me.messages.last)
    expect(replies).to_have_count(2, timeout=PATIENCE)
    expect(replies.nth(1)).to_contain_text("1.8亿")
    expect(replies.nth(1)).to_contain_text("5000万")


def test_a_command_answers_its_caller(person: Enter) -> None:
    me = person("胡雪梅")
    me.go("dm")
    me.write("/grade")
    expect(me.answers.first).to_be_visible(timeout=PATIENCE)
    expect(me.answers.first).to_contain_text("一级")


def test_one_who_is_not_on_staff_gets_rules_only(person: Enter) -> None:
    me = person("石欣怡")
    me.go("dm")
    assert FIGURE.findall(me.ask("我离二级还差多少").inner_text()) == []
    expect(me.ask("二级要多少贷款")).to_contain_text("1.8亿")


def test_a_narrow_window(person: Enter) -> None:
    me = person("韩雪", NARROW)
    me.go("dm")
    answer = me.ask("我离一级还差多少")
    expect(answer).to_contain_text("一级")
    wider = me.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0
    box = answer.bounding_box()
    assert box and box["width"] <= NARROW[0]


def test_a_supervisor_sees_the_team_and_a_colleague_does_not(person: Enter) -> None:
    supervisor, colleague = person("周敏"), person("黄建国")
    for one in (supervisor, colleague):
        one.go("dm")
    seen = supervisor.ask("李强离二级还差多少").inner_text()
    assert Decimal(600) in amounts(seen)
    refused = colleague.ask("李强离二级还差多少").inner_text()
    assert FIGURE.findall(refused) == []
    assert "李强" not in refused


def test_what_is_left_out_is_named_with_its_reason(person: Enter) -> None:
    me = person("何立群")
    me.go("dm")
    answer = me.ask("我离高级还差多少")
    me.press(answer, "未计入的客户")
    replies = me.thread_of(answer)
    expect(replies).to_have_count(2, timeout=PATIENCE)
    expect(replies.nth(1)).to_contain_text("4,800,000.00元")
    expect(replies.nth(1)).to_contain_text("500万")
