"""Takes the pictures that README shows, and one of every view for whoever changes the page: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import driver
from tests.browser.gallery import gallery

FOLDER = Path(__file__).parent / "screenshots"
TALL = (1180, 1110)
"""A whole card, from the answer to its sources."""
FIGURES = (
    "截止日,客户号,客户名称,日均存款,其中协议存款,日均贷款,国际结算额,正常类贷款,关注类贷款,次级类贷款,可疑类贷款,损失类贷款,欠息,垫款\n"
    "2026-09-30,C001,江州舸禾陶瓷有限公司,36120000.00,5000000,15000000,1800000,15370000,0,0,0,0,0,0\n"
    "2026-09-30,C002,江州澜屿汽车配件有限公司,82000000.00,0,12000000,800000,11980000,0,0,0,0,0,0\n"
    "2026-09-30,C900,江州青禾新材料有限公司,3600000.00,0,0,0,0,0,0,0,0,0,0\n"
)
"""A correction: one client with a digit too many, and a new one whom nobody manages."""
STAFF = "工号,姓名,角色,主管工号,邮箱\n1030,石欣怡,客户经理,2001,shixinyi@jiangzhou.example\n"


def main() -> None:
    """The real bot's answers, then the gallery's blocks and forms."""
    FOLDER.mkdir(exist_ok=True)
    with driver.chromium() as browser:
        with tempfile.TemporaryDirectory() as folder, driver.demo(Path(folder)) as url:
            _manager(browser, url)
            _others(browser, url)
        with tempfile.TemporaryDirectory() as folder, driver.demo(Path(folder)) as url:
            _ledger(browser, url)
        with gallery() as shown:
            _gallery(browser, shown.workspace.url)


def _manager(browser: Browser, url: str) -> None:
    """standing.png, breakdown.png, home.png, channel.png"""
    me = driver.Person(browser, url, "李强", TALL)
    me.go("dm")
    answer = me.ask("我离二级还差多少")
    _shoot(me, "standing")
    me.press(answer, "怎么算的")
    expect(me.thread_of(answer)).to_have_count(2, timeout=driver.PATIENCE)
    _shoot(me, "breakdown")
    me.home()
    _shoot(me, "home")
    me.go("城东支行")
    me.write("@客户经理等级助手 我离二级还差多少")
    expect(me.thread_of(me.messages.last)).to_have_count(2, timeout=driver.PATIENCE)
    _shoot(me, "channel")
    me.close()


def _others(browser: Browser, url: str) -> None:
    """narrow.png, dark.png, clock.png"""
    small = driver.Person(browser, url, "王静", driver.NARROW)
    small.go("dm")
    small.ask("我离高级还差多少")
    _shoot(small, "narrow")
    small.close()
    dark = driver.Person(browser, url, "胡雪梅", TALL, look="dark")
    answer = dark.ask("我离一级还差多少")
    dark.press(answer, "怎么算的")
    expect(dark.thread_of(answer)).to_have_count(2, timeout=driver.PATIENCE)
    _shoot(dark, "dark")
    dark.page.get_by_role("button", name="关闭消息列").click()
    dark.page.get_by_test_id("panel-open").click()
    dark.page.get_by_role("button", name="到季末").click()
    dark.page.get_by_role("button", name="添加", exact=True).click()
    dark.page.locator(".panel summary", has_text="调用记录").click()
    _shoot(dark, "clock")
    dark.close()


def _ledger(browser: Browser, url: str) -> None:
    """ledger.png, second.png"""
    me = driver.Person(browser, url, "许芳", TALL)
    me.go("dm")
    report = me.drop("业绩.csv", FIGURES)
    _shoot(me, "ledger")
    me.press(report, "确认入库")
    expect(me.answers).to_have_count(2, timeout=driver.PATIENCE)
    me.press(me.drop("人员.csv", STAFF), "确认入库")
    expect(me.answers).to_have_count(4, timeout=driver.PATIENCE)
    me.close()
    other = driver.Person(browser, url, "沈国良", TALL)
    other.go("dm")
    other.press(other.answers.first, "确认")
    expect(other.answers).to_have_count(2, timeout=driver.PATIENCE)
    _shoot(other, "second")
    other.close()


def _gallery(browser: Browser, url: str) -> None:
    """elements.png, tables.png, form.png, form-dark.png, form-narrow.png, list-narrow.png, jump.png"""
    me = driver.Person(browser, url, size=TALL, user="U0")
    me.ask("元素")
    me.ask("反馈")
    _shoot(me, "elements")
    me.ask("表格")
    me.ask("图表")
    me.page.locator("#log").evaluate("log => { log.scrollTop = log.scrollHeight - 1250; }")
    _shoot(me, "tables")
    me.page.keyboard.press("Control+k")
    _shoot(me, "jump")
    me.page.keyboard.press("Escape")
    _form(me, "form")
    me.close()
    dark = driver.Person(browser, url, size=TALL, user="U1", look="dark")
    _form(dark, "form-dark")
    dark.close()
    small = driver.Person(browser, url, size=driver.NARROW, user="U2")
    _form(small, "form-narrow")
    small.page.keyboard.press("Escape")
    small.page.locator("#menu").click()
    _shoot(small, "list-narrow")
    small.close()


def _form(who: driver.Person, name: str) -> None:
    who.write("/form 全部")
    modal = who.page.get_by_test_id("modal")
    modal.get_by_label("名称", exact=True).fill("短")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("input-error").first).to_be_visible()
    _shoot(who, name)


def _shoot(who: driver.Person, name: str) -> None:
    who.page.mouse.move(0, 0)
    who.page.wait_for_timeout(300)
    who.page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
