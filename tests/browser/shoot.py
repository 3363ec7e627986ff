"""Takes the pictures that README shows: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import driver

FOLDER = Path(__file__).parent / "screenshots"
TALL = (1180, 960)
"""A whole card, from the answer to its sources."""


def main() -> None:
    """standing.png, breakdown.png, home.png, channel.png, narrow.png."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, driver.demo(Path(folder)) as url, driver.chromium() as browser:
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
        small = driver.Person(browser, url, "王静", driver.NARROW)
        small.go("dm")
        small.ask("我离高级还差多少")
        _shoot(small, "narrow")
        small.close()


def _shoot(who: driver.Person, name: str) -> None:
    who.page.mouse.move(0, 0)
    who.page.wait_for_timeout(300)
    who.page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
