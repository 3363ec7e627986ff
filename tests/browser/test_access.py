"""For everybody: axe-core finds no serious fault on any main view, light or dark, wide or on a phone; and the keyboard alone will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.driver import NARROW, WIDE, Person

pytestmark = pytest.mark.browser
Guest = Callable[..., Person]
LOOKS = pytest.mark.parametrize("look", ["light", "dark"])
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "phone"])


def views(me: Person) -> Iterator[str]:
    """The main views, one after the other, each named when it stands."""
    me.go("dm")
    for show in ("元素", "表格", "图表", "反馈", "富文本"):
        me.ask(show)
    me.page.get_by_role("button", name="显示全部").click()
    yield "direct message"
    me.go("公告")
    me.write("@陈列 在吗")
    mine = me.page.locator(f"article[data-user={me.user}]").last
    expect(me.page.locator("[data-ephemeral=true]").last).to_be_visible()
    expect(me.thread_of(mine)).to_have_count(2)
    yield "channel with thread"
    me.page.get_by_role("button", name="关闭消息列").click()
    me.home()
    yield "home"
    me.go("dm")
    me.write("/form 全部")
    modal = me.page.get_by_test_id("modal")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("input-error").first).to_be_visible()
    yield "modal"
    modal.get_by_role("combobox", name="几个等级").click()
    yield "open select"
    me.page.keyboard.press("Escape")
    me.page.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    me.page.keyboard.press("Control+k")
    yield "jump"
    me.page.keyboard.press("Escape")
    if me.narrow:
        me.page.locator("#menu").click()
        yield "side list"


@LOOKS
@SIZES
def test_axe_finds_no_serious_fault(guest: Guest, look: str, size: tuple[int, int]) -> None:
    me = guest(size, look=look)
    found = {}
    for view in views(me):
        found[view] = axe.faults(me.page)
        assert me.page.evaluate("document.documentElement.scrollWidth") <= size[0], view
    assert {view: faults for view, faults in found.items() if faults} == {}


@LOOKS
def test_axe_finds_no_serious_fault_in_the_real_bots_answers(browser: Any, url: str, look: Any) -> None:
    me = Person(browser, url, "梁佳" if look == "light" else "宋健", look=look)
    me.go("dm")
    answer = me.ask("我离二级还差多少")
    me.press(answer, "怎么算的")
    expect(me.thread_of(answer)).to_have_count(2)
    assert axe.faults(me.page) == []
    me.home()
    assert axe.faults(me.page) == []
    me.close()


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(guest: Guest) -> None:
    me = guest()
    page = me.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到输入框")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.keyboard.type("元素")
    page.keyboard.press("Enter")
    expect(me.answers).to_have_count(1)
    page.keyboard.press("F6")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.press("Shift+F6")
    page.keyboard.press("Shift+F6")
    expect(page.locator("#log")).to_be_focused()
    names: list[str] = []
    while "发送" not in names and len(names) < 60:
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        )
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        box = page.evaluate("document.activeElement.closest('.box') !== null")
        assert ring != "none" or box, names[-1]
    for wanted in ("登记", "选等级", "可选几级", "输入客户名", "发送"):
        assert wanted in names


def test_what_comes_is_read_out_and_what_was_there_is_not(guest: Guest) -> None:
    me = guest()
    me.go("dm")
    log = me.page.get_by_role("log", name="消息列表")
    expect(log).to_have_attribute("aria-live", "polite")
    me.ask("你好")
    expect(log.get_by_role("article").last).to_have_accessible_name(me.answers.last.get_attribute("aria-label") or "-")
    expect(log).not_to_have_attribute("aria-busy", "true")
    me.go("公告")
    expect(log).not_to_have_attribute("aria-busy", "true")
    expect(me.page.get_by_role("status").first).to_be_attached()
    expect(me.page.locator("#notices")).to_have_attribute("role", "alert")
