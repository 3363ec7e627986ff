"""Sessions on the page: a seat, the waiting list, who moves up, the calendar file, a session called off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import PATIENCE, Person

Enter = Callable[..., Person]
pytestmark = pytest.mark.browser

SESSIONS = "编号,主题,类别,日期,开始,结束,地点,名额\nB1,页面上的课,集中学习,2026-12-01,09:00,11:00,三楼,1\n"
QUESTION = "页面上的课什么时候有课"


def test_a_seat_the_waiting_list_the_calendar_and_the_end_of_it(person: Enter) -> None:
    hr, first, second = person("沈国良"), person("郑海燕"), person("何立群")
    hr.go("dm")
    hr.press(hr.drop("培训.csv", SESSIONS), "确认入库")
    expect(hr.answers.last).to_contain_text("批次", timeout=PATIENCE)
    for one in (first, second):
        one.go("dm")
    listed = first.ask(QUESTION)
    expect(listed).to_contain_text("名额 1,余 1")
    seat = pressed(first, listed, "报名")
    expect(seat).to_contain_text("已报名:页面上的课")
    waiting = pressed(second, second.ask(QUESTION), "候补")
    expect(waiting).to_contain_text("候补第 1 位")
    first.press(seat, "加日历")
    expect(first.page.get_by_test_id("file").last).to_contain_text("培训-B1", timeout=PATIENCE)
    told = second.answers.count()
    expect(pressed(first, seat, "请假")).to_contain_text("已请假")
    expect(second.answers).to_have_count(told + 1, timeout=PATIENCE)
    moved = second.answers.last
    expect(moved).to_contain_text("候补到你了")
    expect(pressed(second, moved, "接受")).to_contain_text("已报名")
    told = second.answers.count()
    asked = hr.ask("/training 取消 B1")
    expect(asked).to_contain_text("已报名 1 人")
    expect(pressed(hr, asked, "确认取消")).to_contain_text("已取消")
    expect(second.answers).to_have_count(told + 1, timeout=PATIENCE)
    expect(second.answers.last).to_contain_text("人力资源部已取消")


def pressed(me: Person, message: object, label: str) -> object:
    """What the bot says to that."""
    before = me.answers.count()
    me.press(message, label)
    expect(me.answers).to_have_count(before + 1, timeout=PATIENCE)
    return me.answers.nth(before)
