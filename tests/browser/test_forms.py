"""Modals: every input by mouse and keyboard, errors beside their input, and a stack of three."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driver import Person
from tests.browser.gallery import Gallery

pytestmark = pytest.mark.browser
Guest = Callable[..., Person]


def opened(me: Person, command: str) -> Locator:
    """The modal that a command opens."""
    me.go("dm")
    me.write(command)
    modal = me.page.get_by_test_id("modal")
    expect(modal).to_be_visible()
    return modal


def submitted(shown: Gallery) -> dict[str, Any]:
    """The values of the last view submitted, by block."""
    view = shown.workspace.wait_for(lambda: shown.views[-1] if shown.views else None)
    return {block: next(iter(held.values())) for block, held in view["state"]["values"].items()}


def test_an_error_stands_by_its_input_and_what_was_typed_stays(guest: Guest) -> None:
    me = guest()
    modal = opened(me, "/form")
    field = modal.get_by_label("客户名称")
    expect(field).to_be_focused()
    me.page.keyboard.press("Enter")
    expect(modal.get_by_test_id("input-error")).to_have_text("⚠ 请填写此项")
    field.fill("坏")
    me.page.keyboard.press("Enter")
    expect(modal.get_by_test_id("input-error")).to_have_text("⚠ 没有这个客户")
    expect(field).to_have_value("坏")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("⚠ 没有这个客户")
    field.fill("好")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(0)
    expect(me.page.get_by_test_id("composer")).to_be_focused()


def test_every_input_reaches_the_app(guest: Guest, shown: Gallery) -> None:
    me = guest()
    modal = opened(me, "/form 全部")
    for label, value in (("名称", "江州陶瓷"), ("金额(万元)", "600"), ("邮箱", "a@b.cn"), ("网址", "https://b.cn/")):
        modal.get_by_label(label, exact=True).fill(value)
    modal.get_by_label("日期", exact=True).fill("2026-12-31")
    modal.get_by_label("时间", exact=True).fill("09:30")
    modal.get_by_label("日期和时间").fill("2026-12-31T09:00")
    modal.get_by_role("radio", name="甲").check()
    modal.get_by_role("checkbox", name="乙").check()
    modal.get_by_label("等级", exact=True).select_option("四级")
    for label, typed in (("参加的人", "二队"), ("通知到", "公告")):
        modal.get_by_role("combobox", name=label).press_sequentially(typed)
        expect(me.offered).to_have_count(1)
        me.page.keyboard.press("Enter")
    text = modal.get_by_role("textbox", name="说明")
    text.press_sequentially("先")
    modal.get_by_role("button", name="粗体").click()
    text.press_sequentially("重点")
    modal.get_by_label("附件").set_input_files({"name": "台账.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    expect(modal.get_by_role("button", name="去掉 台账.csv")).to_be_visible()
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(0)
    told = submitted(shown)
    assert {k: told[k]["value"] for k in ("name", "number", "email", "url")} == {
        "name": "江州陶瓷", "number": "600", "email": "a@b.cn", "url": "https://b.cn/"}  # fmt: skip
    assert told["day"]["selected_date"] == "2026-12-31"
    assert told["time"]["selected_time"] == "09:30"
    assert told["moment"]["selected_date_time"] == 1798678800
    assert told["radio"]["selected_option"]["value"] == "a"
    assert [o["value"] for o in told["boxes"]["selected_options"]] == ["b"]
    assert told["grade"]["selected_option"]["value"] == "fourth"
    assert told["users"]["selected_users"] == ["W2"]
    assert told["places"]["selected_conversations"] == ["C1"]
    assert told["rich"]["rich_text_value"]["elements"][0]["elements"] == [
        {"type": "text", "text": "先"}, {"type": "text", "text": "重点", "style": {"bold": True}}]  # fmt: skip
    [file] = told["files"]["files"]
    assert file["name"] == "台账.csv"
    assert shown.workspace.file(file["id"]) == b"a,b"


def test_what_slack_itself_refuses_is_said_without_the_app(guest: Guest) -> None:
    me = guest()
    modal = opened(me, "/form 全部")
    modal.get_by_label("名称", exact=True).fill("短")
    modal.get_by_label("金额(万元)").fill("0.5")
    modal.get_by_label("邮箱").fill("没有地址")
    modal.get_by_label("网址").fill("javascript:alert(1)")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("input-error")).to_have_text(
        ["⚠ 至少 2 个字", "⚠ 请填写整数", "⚠ 请填写邮箱地址", "⚠ 请填写以 http:// 或 https:// 开头的网址"]
    )
    modal.get_by_label("金额(万元)").fill("nan")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("input-error").nth(1)).to_have_text("⚠ 请填写数字")
    box = modal.get_by_role("combobox", name="几个等级")
    for words in ("二级", "三级", "四级"):
        box.click()
        me.offered.filter(has_text=words).click()
    expect(modal.get_by_role("button", name="去掉")).to_have_count(2)


def test_modals_stack_go_back_and_close(guest: Guest) -> None:
    me = guest()
    modal = opened(me, "/form 全部")
    modal.get_by_label("名称", exact=True).fill("写到一半")
    modal.get_by_role("button", name="再进一层").click()
    expect(modal).to_contain_text("第 2 层")
    modal.get_by_role("button", name="再进一层").click()
    expect(modal).to_contain_text("第 3 层")
    modal.get_by_role("button", name="返回上一层").click()
    expect(modal).to_contain_text("第 2 层")
    me.page.keyboard.press("Escape")
    expect(modal.get_by_role("heading", name="全部输入")).to_be_visible()
    expect(modal.get_by_label("名称", exact=True)).to_have_value("写到一半")
    modal.get_by_role("button", name="再进一层").click()
    expect(modal).to_contain_text("第 2 层")
    modal.get_by_role("button", name="全部关闭").click()
    expect(modal).to_have_count(0)


def test_the_app_changes_a_form_under_ones_hands_and_a_reload_keeps_what_was_typed(guest: Guest) -> None:
    me = guest()
    modal = opened(me, "/form 全部")
    modal.get_by_label("名称", exact=True).fill("写到一半")
    modal.get_by_role("button", name="请应用改表").click()
    expect(modal).to_contain_text("应用改过了这张表")
    expect(modal.get_by_label("名称", exact=True)).to_have_value("写到一半")
    me.page.reload()
    expect(modal.get_by_label("名称", exact=True)).to_have_value("写到一半")
    modal.get_by_test_id("modal-close").click()
    expect(modal).to_have_count(0)


def test_a_select_takes_its_options_from_the_app(guest: Guest, shown: Gallery) -> None:
    me = guest()
    modal = opened(me, "/form 全部")
    modal.get_by_label("名称", exact=True).fill("江州陶瓷")
    modal.get_by_label("金额(万元)").fill("1")
    box = modal.get_by_role("combobox", name="客户", exact=True)
    box.press_sequentially("江州")
    expect(me.offered).to_have_text(["江州陶瓷", "江州纺织"])
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("Enter")
    expect(box).to_have_value("江州纺织")
    many = modal.get_by_role("combobox", name="几个客户")
    for words in ("陶瓷", "物流"):
        many.press_sequentially(words)
        expect(me.offered).to_have_count(1)
        me.page.keyboard.press("Enter")
    expect(modal.get_by_role("button", name="去掉 滨江物流")).to_be_visible()
    many.press_sequentially("没有这家")
    expect(me.offered).to_have_text("没有匹配的选项")
    me.page.keyboard.press("Escape")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(0)
    told = submitted(shown)
    assert told["outside"]["selected_option"]["value"] == "江州纺织"
    assert [o["value"] for o in told["outside_many"]["selected_options"]] == ["江州陶瓷", "滨江物流"]
