"""Conversations on the page, as somebody used to Slack expects them: by mouse and by keyboard, for one and for two people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import NARROW, Person
from tests.browser.gallery import HOSTILE, Gallery
from tests.workspace.apps import client

pytestmark = pytest.mark.browser
Guest = Callable[..., Person]
ESCAPED = HOSTILE.replace("<", "&lt;")


def test_what_is_unread_is_counted_and_going_there_reads_it(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("公告")
    expect(me.page.get_by_test_id("channel-公告").get_by_test_id("unread")).to_have_count(0)
    me.go("dm")
    expect(me.page.get_by_test_id("tab-home")).to_be_visible()
    client(shown.workspace).chat_postMessage(channel="C1", text=ESCAPED)
    row = me.page.get_by_role("button", name="频道 公告,1 条未读")
    expect(row.get_by_test_id("unread")).to_have_text("1")
    expect(me.page).to_have_title(re.compile(r"\(\d+\) 陈列 · 样例分行"))
    row.click()
    expect(me.messages.last).to_contain_text("<script>")
    expect(me.page.get_by_test_id("channel-公告").get_by_test_id("unread")).to_have_count(0)
    me.page.reload()
    expect(me.messages.last).to_contain_text("<script>")
    expect(me.page.get_by_test_id("channel-公告").get_by_test_id("unread")).to_have_count(0)


def test_hostile_words_stay_words_wherever_they_stand(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("没有应用")
    expect(me.page.locator("#place-topic")).to_contain_text("<script>")
    me.write(HOSTILE)
    mine = me.page.locator(f"article[data-user={me.user}]").last
    expect(mine).to_contain_text("<img src=x onerror=window.hit=1>")
    file = {"name": f"{HOSTILE.replace('/', '')}.csv", "mimeType": "text/csv", "buffer": b"x"}
    me.page.get_by_test_id("file-input").first.set_input_files(file)
    expect(me.messages.last.get_by_test_id("file")).to_contain_text("<img src=x")
    me.page.get_by_test_id("composer").press_sequentially("/slow")
    expect(me.offered).to_contain_text("<script>")
    me.write(f"/{HOSTILE}")
    expect(me.page.get_by_role("alert")).to_contain_text("/<script>window.hit=1</script><img")
    me.page.get_by_test_id("composer").fill("")
    me.go("dm")
    place = shown.workspace.dm_id(me.user)
    ts = client(shown.workspace).chat_postMessage(channel=place, text="x", attachments=[{"text": ESCAPED}])["ts"]
    client(shown.workspace).assistant_threads_setStatus(channel_id=place, thread_ts=ts, status=HOSTILE)
    expect(me.page.locator("#status")).to_contain_text("<script>")
    expect(me.messages.last.locator(".attachment")).to_contain_text("<img src=x")
    expect(me.page.locator("body img")).to_have_count(0)


def test_an_agent_is_told_what_one_was_looking_at(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("公告")
    me.go("dm")
    told = shown.workspace.wait_for(
        lambda: [e["context"] for e in list(shown.events) if e.get("user") == me.user and e.get("context")]
    )
    assert told[-1]["entities"][0]["value"] == "C1"


def test_who_reads_further_up_stays_there_and_is_led_to_what_is_new(guest: Guest, shown: Gallery) -> None:
    me = guest()
    place = shown.workspace.dm_id(me.user)
    for n in range(40):
        client(shown.workspace).chat_postMessage(channel=place, text=f"第 {n} 条")
    me.go("公告")
    client(shown.workspace).chat_postMessage(channel=place, text="没读过的")
    expect(me.page.get_by_test_id("dm").get_by_test_id("unread")).to_have_text("1")
    me.go("dm")
    expect(me.page.get_by_text("新消息", exact=True)).to_be_in_viewport()
    me.page.locator("#log").hover()
    me.page.mouse.wheel(0, -3000)
    expect(me.page.get_by_text("第 0 条", exact=True)).to_be_in_viewport()
    client(shown.workspace).chat_postMessage(channel=place, text="又来一条")
    me.page.get_by_role("button", name="有新消息").click()
    expect(me.page.get_by_text("又来一条")).to_be_in_viewport()
    expect(me.page.get_by_role("button", name="有新消息")).to_have_count(0)


def test_ctrl_k_jumps_to_a_place_by_a_few_letters(guest: Guest) -> None:
    me = guest()
    me.go("dm")
    me.page.keyboard.press("Control+k")
    me.page.keyboard.type("内")
    expect(me.offered).to_have_count(1)
    me.page.keyboard.press("Enter")
    expect(me.page.locator("#place-name")).to_contain_text("内部")
    expect(me.page.get_by_test_id("composer")).to_be_focused()
    me.page.keyboard.press("Control+k")
    me.page.keyboard.type("主页")
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_test_id("home").get_by_role("heading", name="主页")).to_be_visible()
    me.page.keyboard.press("Control+k")
    me.page.keyboard.press("Escape")
    expect(me.page.get_by_role("dialog")).to_have_count(0)


def test_a_command_is_completed_with_its_usage(guest: Guest) -> None:
    me = guest()
    me.go("dm")
    box = me.page.get_by_test_id("composer")
    box.press_sequentially("/")
    expect(me.offered).to_have_count(3)
    box.press_sequentially("e")
    expect(me.offered).to_have_text("/echo <文字>重复一遍")
    expect(me.offered).to_have_attribute("aria-selected", "true")
    box.press("Tab")
    expect(me.page.locator(".usage:visible")).to_have_text("/echo <文字> — 重复一遍")
    box.press_sequentially("一二")
    box.press("Enter")
    answer = me.messages.last
    expect(answer).to_contain_text("收到 一二")
    expect(answer).to_contain_text("仅你可见")


def test_people_of_one_name_are_told_apart_when_they_are_mentioned(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("公告")
    box = me.page.get_by_test_id("composer")
    box.press_sequentially("@王芳")
    expect(me.offered).to_have_text(["@王芳(一队)二级客户经理 · 一队", "@王芳(二队)四级客户经理 · 二队"])
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("@王芳(二队) ")
    box.press_sequentially("请看")
    box.press("Enter")
    expect(me.messages.last.locator(".mention")).to_have_text("@王芳(二队)")
    sent = next(m for m in reversed(shown.workspace.messages("C1")) if m["user"] == me.user)
    assert sent["text"] == "<@W2> 请看"


def test_a_mention_is_answered_in_a_thread_and_its_secret_seen_by_one_of_two(guest: Guest) -> None:
    one, two = guest(), guest()
    for each in (one, two):
        each.go("公告")
    box = one.page.get_by_test_id("composer")
    box.press_sequentially("@陈")
    box.press("Enter")
    box.press_sequentially("在吗")
    box.press("Enter")
    secret = one.page.locator("[data-ephemeral=true]")
    expect(secret).to_contain_text("仅你可见")
    expect(secret).to_contain_text("悄悄话")
    thread = two.thread_of(two.page.locator(f"article[data-user={one.user}]").last)
    expect(thread.nth(1)).to_contain_text("已私信你")
    reply = two.page.get_by_test_id("thread-composer")
    reply.fill("我也在")
    reply.press("Enter")
    expect(thread.nth(2)).to_contain_text("我也在")
    expect(two.page.locator("body")).not_to_contain_text("悄悄话")
    two.page.keyboard.press("Escape")
    expect(two.page.get_by_test_id("thread")).to_be_hidden()
    mark = one.page.get_by_test_id("threads-open")
    expect(mark).to_have_attribute("aria-label", "消息列,1 个有新回复")
    one.go("dm")
    mark.click()
    one.page.get_by_role("dialog").get_by_role("button", name="公告").first.press("Enter")
    expect(one.page.locator("#thread-log")).to_contain_text("我也在")
    expect(mark).to_have_attribute("aria-label", "消息列")
    expect(one.page.locator(f"#log article[data-user={one.user}]").get_by_test_id("replies")).to_have_text("2 条回复")


def test_one_edits_and_deletes_ones_own_words_and_others_see_the_marks(guest: Guest) -> None:
    one, two = guest(), guest()
    for each in (one, two):
        each.go("没有应用")
    one.write("第一稿")
    expect(two.page.locator(f"article[data-user={one.user}]")).to_contain_text("第一稿")
    one.page.get_by_test_id("composer").press("ArrowUp")
    one.page.get_by_role("textbox", name="消息内容").fill("第二稿")
    one.page.get_by_role("button", name="保存").click()
    theirs = two.page.locator(f"article[data-user={one.user}]")
    expect(theirs).to_contain_text("第二稿")
    expect(theirs).to_contain_text("(已编辑)")
    theirs.get_by_test_id("more").focus()
    two.page.keyboard.press("Enter")
    expect(two.page.get_by_role("menuitem")).to_have_text(["记为待办陈列 · 把这条消息记下来"])
    two.page.keyboard.press("Escape")
    mine = one.page.locator(f"article[data-user={one.user}]")
    mine.hover()
    mine.get_by_test_id("more").click()
    one.page.get_by_role("menuitem", name="删除消息").click()
    one.page.get_by_role("button", name="取消").click()
    expect(mine).to_have_count(1)
    mine.get_by_test_id("more").focus()
    one.page.keyboard.press("Enter")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    one.page.get_by_test_id("confirm").click()
    expect(theirs).to_have_count(0)


def test_who_has_gone_on_when_a_dialog_is_gone_stays_where_one_is(guest: Guest) -> None:
    me = guest()
    me.go("没有应用")
    me.write("留着")
    mine = me.page.locator(f"article[data-user={me.user}]").last
    mine.get_by_test_id("more").focus()
    me.page.keyboard.press("Enter")
    me.page.get_by_role("menuitem", name="删除消息").click()
    me.page.get_by_role("dialog").evaluate(
        """async box => {
            const closed = new Promise(done => box.addEventListener("close", () => setTimeout(done)));
            box.close();
            document.querySelector("[data-testid=composer]").focus();
            await closed;
        }"""
    )
    expect(me.page.get_by_test_id("composer")).to_be_focused()


def test_a_draft_belongs_to_its_place_and_survives_a_reload(guest: Guest) -> None:
    me = guest()
    me.go("公告")
    box = me.page.get_by_test_id("composer")
    box.fill("写到一半")
    me.go("dm")
    expect(box).to_have_value("")
    me.page.reload()
    me.go("公告")
    expect(box).to_have_value("写到一半")
    box.press("Enter")
    expect(box).to_have_value("")
    me.page.reload()
    expect(me.messages.last).to_contain_text("写到一半")
    expect(box).to_have_value("")


def test_the_apps_status_shows_until_it_answers_and_its_prompts_ask(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("dm")
    expect(me.page.get_by_role("button", name="试试看")).to_be_visible()
    me.write("状态")
    expect(me.page.get_by_role("status").filter(has_text="陈列 正在查台账…")).to_be_visible()
    client(shown.workspace).chat_postMessage(channel=shown.workspace.dm_id(me.user), text="查到了")
    expect(me.messages.last).to_contain_text("查到了")
    expect(me.page.locator("#status")).to_be_empty()
    me.write("提示")
    expect(me.page.get_by_text("接着可以问")).to_be_visible()
    me.page.get_by_role("button", name="查差额").click()
    expect(me.messages.last).to_contain_text("收到:差额")


def test_files_are_dropped_on_the_page_or_chosen_by_the_button(guest: Guest, shown: Gallery) -> None:
    me = guest()
    me.go("公告")
    held = me.page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['a,b'], '台账.csv', {type: 'text/csv'})); return t; }"
    )
    me.page.locator("#messages").dispatch_event("dragover", {"dataTransfer": held})
    expect(me.page.locator("#messages")).to_have_class("pane dropping")
    me.page.locator("#messages").dispatch_event("drop", {"dataTransfer": held})
    expect(me.messages.last.get_by_test_id("file")).to_have_text("台账.csv")
    held = me.page.evaluate_handle(
        "() => { const t = new DataTransfer(); for (const n of ['甲.csv', '乙.csv']) t.items.add(new File(['x'], n)); return t; }"
    )
    me.page.locator("#messages").dispatch_event("drop", {"dataTransfer": held})
    expect(me.messages.last.get_by_test_id("file")).to_have_text(["甲.csv", "乙.csv"])
    with me.page.expect_file_chooser() as chooser:
        me.page.get_by_role("button", name="发送文件").click()
    chooser.value.set_files({"name": "图.png", "mimeType": "image/png", "buffer": PNG})
    picture = me.messages.last.get_by_role("img", name="图.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    sent = [[f["name"] for f in m["files"]] for m in shown.workspace.messages("C1") if m.get("files")]
    assert sent == [["台账.csv"], ["甲.csv", "乙.csv"], ["图.png"]]
    thread = me.messages.last.get_by_test_id("reply")
    thread.focus()
    me.page.keyboard.press("Enter")
    me.page.get_by_test_id("thread").get_by_test_id("file-input").set_input_files(
        {"name": "回复.csv", "mimeType": "text/csv", "buffer": b"x"}
    )
    expect(me.page.locator("#thread-log").get_by_test_id("file").last).to_have_text("回复.csv")
    me.page.reload()
    expect(me.page.locator("#thread-log").get_by_test_id("file").last).to_have_text("回复.csv")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def test_the_people_list_shows_post_and_unit_and_makes_one_somebody_else(guest: Guest) -> None:
    me = guest()
    expect(me.page.locator("#who-title")).to_have_text("三级客户经理 · 一队")
    assert me.page.locator("#who optgroup").evaluate_all("all => all.map(g => g.label)") == ["一队", "二队"]
    me.page.locator("#who").select_option("W3")
    expect(me.page.locator("#who-title")).to_have_text("外聘律师 · 访客")
    me.page.reload()
    expect(me.page.locator("#who")).to_have_value("W3")


def test_on_a_phone_the_list_opens_and_nothing_scrolls_sideways(guest: Guest) -> None:
    me = guest(NARROW)
    me.go("公告")
    me.go("dm")
    for show in ("元素", "表格", "图表", "富文本"):
        me.ask(show)
    assert me.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert me.page.locator("#log").evaluate("log => log.scrollWidth - log.clientWidth") == 0
    me.page.locator("#menu").click()
    expect(me.page.locator("#who")).to_be_focused()
    me.page.keyboard.press("Escape")
    expect(me.page.locator("#menu")).to_be_focused()


def test_shortcuts_of_the_app_run_from_the_box_and_from_a_message(guest: Guest) -> None:
    me = guest()
    me.go("dm")
    me.page.get_by_test_id("shortcuts").click()
    me.page.get_by_role("menuitem", name="登记拜访").click()
    modal = me.page.get_by_test_id("modal")
    expect(modal).to_contain_text("客户名称")
    me.page.keyboard.press("Escape")
    expect(modal).to_have_count(0)
    me.write("周五拜访")
    expect(me.messages.last).to_contain_text("收到:周五拜访")
    mine = me.page.locator(f"article[data-user={me.user}]").last
    mine.get_by_test_id("more").focus()
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_role("menuitem")).to_have_count(3)
    me.page.keyboard.press("End")
    me.page.keyboard.press("Enter")
    expect(me.messages.last).to_contain_text("记下:周五拜访")


def test_people_react_and_take_it_back(guest: Guest, shown: Gallery) -> None:
    one, two = guest(), guest()
    for each in (one, two):
        each.go("内部")
    one.write("签了一单")
    theirs = two.page.locator(f"article[data-user={one.user}]").last
    theirs.get_by_test_id("react").focus()
    two.page.keyboard.press("Enter")
    two.page.get_by_role("menuitem", name="庆祝").click()
    mine = one.page.locator(f"article[data-user={one.user}]").last.get_by_test_id("reaction")
    expect(mine).to_have_text("🎉 1")
    mine.click()
    expect(mine).to_have_text("🎉 2")
    expect(mine).to_have_attribute("aria-pressed", "true")
    shown.workspace.wait_for(lambda: [e for e in list(shown.events) if e.get("reaction") == "tada"])
    theirs.get_by_test_id("reaction").click()
    expect(mine).to_have_text("🎉 1")
