"""The tester's panel: the workspace's clock, faults on demand, the record of calls; and groups, made by people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import axe
from tests.browser.driver import NARROW, Person
from tests.browser.gallery import Gallery, gallery

pytestmark = pytest.mark.browser
Guest = Callable[..., Person]


@pytest.fixture
def own(browser: Browser) -> Iterator[tuple[Gallery, Person]]:
    """A workspace of the test's own, whose clock it may turn."""
    with gallery() as running:
        me = Person(browser, running.workspace.url, user="U0")
        yield running, me
        me.close()


def panel(me: Person) -> Locator:
    """The panel, opened by keyboard."""
    me.page.get_by_test_id("panel-open").focus()
    me.page.keyboard.press("Enter")
    box = me.page.get_by_role("dialog", name="时间与故障")
    expect(box).to_be_visible()
    return box


def test_the_clock_is_set_and_jumps_to_the_quarters_end(own: tuple[Gallery, Person]) -> None:
    shown, me = own
    box = panel(me)
    expect(box.get_by_label("工作区的日期和时间")).to_be_focused()
    box.get_by_label("工作区的日期和时间").fill("2027-02-10T08:00")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_test_id("panel-open")).to_contain_text("2027/02/10 08:00")
    box.get_by_role("button", name="到季末").click()
    expect(me.page.get_by_test_id("panel-open")).to_contain_text("2027/03/31 09:00")
    box.get_by_role("button", name="下一天").click()
    expect(me.page.get_by_test_id("panel-open")).to_contain_text("2027/04/01")
    expect(box).to_contain_text("比开始时的时钟快")
    me.go("dm")
    me.ask("几号了")
    expect(me.page.locator("#log .day").last).to_contain_text("4月1日")
    assert len({int(float(m["ts"])) // 86_400 for m in shown.workspace.dm("U0")}) == 1
    box.get_by_role("button", name="恢复").click()
    expect(box).to_contain_text("时钟没有移动过")
    assert axe.faults(me.page) == []
    box.get_by_role("button", name="恢复").focus()
    me.page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(me.page.get_by_test_id("panel-open")).to_be_focused()


def test_a_mistake_of_the_app_is_counted_and_told_in_words(own: tuple[Gallery, Person]) -> None:
    shown, me = own
    me.go("dm")
    message = me.ask("元素")
    message.get_by_role("button", name="不应答").click()
    expect(me.page.get_by_test_id("panel-open")).to_contain_text("应用的问题", timeout=10_000)
    box = panel(me)
    box.locator("summary", has_text="应用的问题").click()
    expect(box.get_by_role("list", name="应用的问题")).to_contain_text("应用没有在时限内确认操作(timeout)")
    assert shown.workspace.mistakes[0].kind == "not_acked"
    assert axe.faults(me.page) == []


def test_a_fault_meets_the_apps_next_call_and_stands_in_the_record(own: tuple[Gallery, Person]) -> None:
    _, me = own
    me.go("dm")
    me.ask("第一句")
    box = panel(me)
    box.get_by_label("故障", exact=True).select_option("服务器错误(500),未生效")
    box.get_by_label("哪种调用").select_option("chat.postMessage")
    box.get_by_role("button", name="添加").click()
    expect(box.get_by_role("list", name="等待中的故障")).to_have_text(
        "服务器错误(500),未生效 · chat.postMessage · 1 次"
    )
    count = me.answers.count()
    me.write("第二句")
    expect(box.get_by_role("listitem")).to_have_count(0)
    assert me.answers.count() == count
    box.locator("summary", has_text="调用记录").click()
    expect(box.get_by_role("row").filter(has_text="(500)")).to_contain_text("chat.postMessage")
    assert box.evaluate("panel => panel.scrollWidth - panel.clientWidth") == 0
    box.get_by_label("按 Slack 的速度限制调用").check()
    box.get_by_role("button", name="断开", exact=True).click()
    expect(box).to_contain_text("应用的连接 0 条")
    box.get_by_role("button", name="全部清除").click()
    expect(box.get_by_label("按 Slack 的速度限制调用")).not_to_be_checked()


def test_with_the_app_gone_the_page_says_so_and_keeps_what_was_typed(own: tuple[Gallery, Person]) -> None:
    shown, me = own
    me.go("dm")
    message = me.ask("元素")
    shown.workspace.run(shown.workspace.workspace.hub.close())
    me.write("/echo 一二")
    alert = me.page.get_by_role("alert")
    expect(alert).to_contain_text("/echo 执行失败,错误为 “dispatch_failed”:应用没有连接")
    expect(me.page.get_by_test_id("composer")).to_have_value("/echo 一二")
    message.get_by_role("button", name="登记").click()
    expect(alert.get_by_test_id("notice")).to_have_count(2)
    expect(alert.get_by_test_id("notice").last).to_contain_text("操作没有成功:应用没有连接")


def test_a_group_is_gathered_and_talks(guest: Guest) -> None:
    one, two = guest(), guest()
    one.page.get_by_role("button", name="新建群聊").click()
    box = one.page.get_by_role("combobox", name="群聊里的人")
    for name in ("王芳", two.page.locator("#who option:checked").inner_text().split("(")[0]):
        box.press_sequentially(name)
        expect(one.offered.first).to_contain_text(name)
        one.page.keyboard.press("Enter")
    one.page.get_by_role("button", name="开始").click()
    expect(one.page.locator("#place-name")).to_contain_text("王芳")
    one.write("三个人说话")
    row = two.page.locator("[aria-label^='群聊 ']")
    expect(row.get_by_test_id("unread")).to_have_text("1")
    row.click()
    expect(two.messages.last).to_contain_text("三个人说话")


def test_the_app_leaves_a_channel_and_comes_back(own: tuple[Gallery, Person]) -> None:
    shown, me = own
    me.go("没有应用")
    me.page.get_by_role("button", name="邀请应用").click()
    expect(me.page.locator("#absent")).to_be_hidden()
    assert "UBOT" in shown.workspace.workspace.world.conversations["C2"].members
    me.page.get_by_role("button", name="频道操作").focus()
    me.page.keyboard.press("Enter")
    me.page.keyboard.press("Enter")
    expect(me.page.locator("#absent")).to_be_visible()


def test_the_panel_fits_a_phone(guest: Guest) -> None:
    me = guest(NARROW)
    me.page.locator("#menu").click()
    panel(me)
    assert me.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert axe.faults(me.page) == []
