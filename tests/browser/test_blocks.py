"""What an app shows, drawn and used: buttons, selects, pickers, menus, tables, charts, pictures, feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driver import Person
from tests.browser.gallery import HOSTILE, Gallery
from tests.workspace.apps import client

pytestmark = pytest.mark.browser
Guest = Callable[..., Person]


def shows(me: Person, what: str) -> Locator:
    """The app's message of that kind, in the direct message."""
    me.go("dm")
    return me.ask(what)


def wait(shown: Gallery, action_id: str, user: str) -> dict[str, object]:
    """What the app was told of this person's use of an element."""
    told = shown.workspace.wait_for(
        lambda: [
            b for b in list(shown.actions) if b["user"]["id"] == user and b["actions"][0]["action_id"] == action_id
        ]
    )
    found: dict[str, object] = told[-1]["actions"][0]
    return found


def test_a_button_asks_before_it_acts_and_no_is_no(guest: Guest) -> None:
    me = guest()
    message = shows(me, "元素")
    count = me.answers.count()
    message.get_by_role("button", name="删除", exact=True).click()
    box = me.page.get_by_role("dialog")
    expect(box).to_contain_text("这条消息会消失")
    box.get_by_role("button", name="不删").click()
    expect(me.answers).to_have_count(count)
    message.get_by_role("button", name="删除", exact=True).focus()
    me.page.keyboard.press("Enter")
    me.page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(me.answers).to_have_count(count)
    me.page.keyboard.press("Enter")
    box.get_by_role("button", name="删", exact=True).click()
    expect(me.answers).to_have_count(count - 1)


def test_a_button_with_an_address_opens_it_elsewhere(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "元素")
    me.page.context.route("https://example.test/**", lambda route: route.fulfill(body="elsewhere"))
    with me.page.context.expect_page() as opened:
        message.get_by_role("button", name="官网").click()
    assert opened.value.url == "https://example.test/"
    assert opened.value.evaluate("window.opener") is None
    assert wait(shown, "link", me.user)["type"] == "button"


def test_selects_tell_the_app_what_was_chosen_and_keep_it_over_a_reload(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "元素")
    message.get_by_label("选等级").select_option("三级")
    assert wait(shown, "grade", me.user)["selected_option"]["value"] == "third"  # type: ignore[index]
    message.get_by_label("选人").select_option("王芳(二队)")
    assert wait(shown, "user", me.user)["selected_user"] == "W2"
    message.get_by_label("选会话").select_option("# 公告")
    assert wait(shown, "conversation", me.user)["selected_conversation"] == "C1"
    message.get_by_label("选频道").select_option("# 没有应用")
    assert wait(shown, "channel", me.user)["selected_channel"] == "C2"
    me.page.reload()
    again = me.answers.last
    expect(again.get_by_label("选等级")).to_have_value("third")
    expect(again.get_by_label("选频道")).to_have_value("C2")


def test_dates_and_times_are_those_of_the_persons_zone(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "元素")
    expect(message.get_by_label("选日期")).to_have_value("2026-09-30")
    message.get_by_label("选日期").fill("2026-12-31")
    assert wait(shown, "date", me.user)["selected_date"] == "2026-12-31"
    field = message.get_by_label("选日期")
    field.fill("")
    shown.workspace.wait_for(lambda: shown.told("date")[-1]["selected_date"] is None)
    field.focus()
    # Each step at the end makes another whole date; the app hears of the last, however slowly the keys come here.
    me.page.clock.install()
    me.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
    for key in ("ArrowUp", "Tab", "ArrowUp", "Tab", "ArrowUp", "ArrowUp", "ArrowUp"):
        me.page.keyboard.press(key)
    me.page.clock.resume()
    shown.workspace.wait_for(lambda: shown.told("date")[-1]["selected_date"])
    assert len([b for b in shown.actions if b["user"]["id"] == me.user]) == 3
    message.get_by_label("选时间").fill("09:05")
    assert wait(shown, "time", me.user)["selected_time"] == "09:05"
    message.locator("[data-action-id=moment]").fill("2026-12-31T09:00")
    assert wait(shown, "moment", me.user)["selected_date_time"] == 1798678800


def test_several_are_chosen_and_taken_back_by_keyboard(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "元素")
    box = message.get_by_role("combobox", name="可选几级")
    box.focus()
    me.page.keyboard.press("ArrowDown")
    expect(me.offered).to_have_text(["二级", "三级", "四级"])
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("Enter")
    assert [o["value"] for o in wait(shown, "grades", me.user)["selected_options"]] == ["third"]  # type: ignore[attr-defined]
    again = me.answers.last
    expect(again.get_by_role("button", name="去掉 三级")).to_be_visible()
    again.get_by_role("combobox", name="可选几级").press("Backspace")
    shown.workspace.wait_for(
        lambda: len(shown.told("grades")) >= 2 and shown.told("grades")[-1]["selected_options"] == []
    )


def test_radio_buttons_and_the_overflow_menu_by_keyboard(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "元素")
    message.get_by_role("radio", name="私信", exact=True).check()
    assert wait(shown, "way", me.user)["selected_option"]["value"] == "dm"  # type: ignore[index]
    message.locator("[data-action-id=more]").focus()
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_role("menuitem", name="复制")).to_be_focused()
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("Escape")
    expect(me.answers.last.locator("[data-action-id=more]")).to_be_focused()
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("End")
    me.page.keyboard.press("Enter")
    assert wait(shown, "more", me.user)["selected_option"]["value"] == "b"  # type: ignore[index]


def test_a_data_table_sorts_and_stays_sorted_when_the_message_changes(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "表格")
    table = message.get_by_role("table", name="户数明细")
    first = table.locator("tbody tr > :first-child")
    expect(first).to_have_count(5)
    table.get_by_role("button", name="日均存款").click()
    expect(table.get_by_role("columnheader", name="日均存款")).to_have_attribute("aria-sort", "ascending")
    expect(first.first).to_have_text(HOSTILE)
    me.page.keyboard.press("Enter")
    expect(table.get_by_role("columnheader", name="日均存款")).to_have_attribute("aria-sort", "descending")
    expect(first.nth(0)).to_have_text("南门粮油")
    expect(first.nth(1)).to_have_text("江州陶瓷")
    message.get_by_role("button", name="显示全部 6 行").click()
    expect(first).to_have_count(6)
    table.get_by_role("button", name="客户").click()
    expect(table.locator("tbody tr").first.get_by_role("rowheader")).to_have_text(HOSTILE)
    expect(first.nth(1)).to_have_text("北苑纺织")
    ts, place = message.get_attribute("data-ts") or "", shown.workspace.dm_id(me.user)
    client(shown.workspace).reactions_add(channel=place, timestamp=ts, name="eyes")
    expect(message.get_by_test_id("reaction")).to_be_visible()
    expect(table.get_by_role("columnheader", name="客户")).to_have_attribute("aria-sort", "ascending")
    expect(first).to_have_count(6)
    expect(message.get_by_role("table").nth(1)).to_contain_text("达标")


def test_a_chart_is_drawn_and_says_the_same_in_words(guest: Guest) -> None:
    me = guest()
    message = shows(me, "图表")
    expect(message.locator("svg.plot")).to_have_count(2)
    expect(message.locator("svg.plot").nth(0).locator("rect")).to_have_count(3)
    expect(shows(me, "饼图").locator("svg.plot").locator("path")).to_have_count(3)
    figure = message.locator("figure").first
    figure.get_by_text("数据", exact=True).click()
    expect(figure.get_by_role("row", name="三季 69")).to_be_visible()


def test_pictures_are_shown_and_a_video_is_a_link(guest: Guest) -> None:
    me = guest(lets="404")
    message = shows(me, "图片")
    expect(message.get_by_role("img", name="工作区的图标")).to_have_js_property("complete", value=True)
    expect(message.get_by_text("图:取不到的图")).to_be_visible()
    link = message.get_by_role("link", name="▶ 培训录像")
    expect(link).to_have_attribute("href", "https://example.test/watch")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(me.page.locator("iframe, video")).to_have_count(0)


def test_an_answer_is_rated_and_the_choice_stays_marked(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "反馈")
    message.get_by_role("button", name="有用").click()
    expect(message.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    assert wait(shown, "rate", me.user)["value"] == "good"
    message.get_by_role("button", name="没用").press("Enter")
    expect(message.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "false")
    message.get_by_role("button", name="移除").click()
    assert wait(shown, "trash", me.user)["value"] == "x"


def test_rich_text_is_drawn_and_what_is_hostile_in_it_stays_words(guest: Guest) -> None:
    me = guest()
    message = shows(me, "富文本")
    expect(message.get_by_role("heading", name="本季要点")).to_be_visible()
    expect(message.locator("ul > li")).to_have_text(["第一条", f"第二条 {HOSTILE}"])
    expect(message.get_by_role("row", name="贷款 未达标")).to_be_visible()
    expect(message.get_by_role("link", name="办法")).to_have_attribute("href", "https://example.test/rules")
    expect(message.locator("strong", has_text="粗")).to_be_visible()
    expect(message.locator("ol > li")).to_have_text(["第一", "第二"])
    expect(message.locator("blockquote")).to_have_text("办法原文")
    expect(message.locator("pre")).to_have_text(HOSTILE)
    expect(message.get_by_text("坏链接")).to_have_count(2)
    expect(message.get_by_role("link", name="坏链接")).to_have_count(0)


def test_home_is_drawn_and_used(guest: Guest, shown: Gallery) -> None:
    me = guest()
    home = me.home()
    expect(home.get_by_role("heading", name="主页")).to_be_visible()
    home.get_by_label("选等级").select_option("二级")
    assert wait(shown, "grade", me.user)["selected_option"]["value"] == "second"  # type: ignore[index]
    expect(home.get_by_role("table", name="户数明细")).to_be_visible()
    home.get_by_label("想要的提醒").fill("季末前一周")
    home.get_by_role("button", name="记下").click()
    wait(shown, "keep", me.user)
    state = next(b for b in reversed(shown.actions) if b["user"]["id"] == me.user)["view"]["state"]["values"]
    assert state["wish"]["wish"]["value"] == "季末前一周"
    me.page.get_by_role("tab", name="主页").press("ArrowLeft")
    expect(me.page.get_by_role("tab", name="消息")).to_be_focused()
    expect(home).to_be_hidden()


def test_what_the_app_changes_is_changed_in_place(guest: Guest, shown: Gallery) -> None:
    me = guest()
    message = shows(me, "改我")
    ts = message.get_attribute("data-ts") or ""
    client(shown.workspace).chat_update(channel=shown.workspace.dm_id(me.user), ts=ts, text="改过了", blocks=[])
    expect(message).to_contain_text("改过了")
    client(shown.workspace).reactions_add(channel=shown.workspace.dm_id(me.user), timestamp=ts, name="white_check_mark")
    expect(message.get_by_test_id("reaction")).to_have_attribute("aria-label", "完成,1 人:陈列")


def test_an_app_that_does_not_answer_is_reported(guest: Guest) -> None:
    me = guest()
    message = shows(me, "元素")
    message.get_by_role("button", name="不应答").click()
    expect(me.page.get_by_role("alert")).to_contain_text("应用没有响应")
    me.page.get_by_role("button", name="关闭提示").click()
    expect(me.page.get_by_test_id("notice")).to_have_count(0)
    me.write("/slow")
    expect(me.page.get_by_role("alert")).to_contain_text("operation_timeout")
    expect(me.page.get_by_role("alert")).to_contain_text("应用没有响应")
    expect(me.page.get_by_test_id("composer")).to_have_value("/slow")
    me.write("/nothing")
    expect(me.page.get_by_role("alert")).to_contain_text("/nothing 不是有效的命令")
