"""The demo as a person has it: the program started by its command, the page in Debian's Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect, sync_playwright

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--lang=zh-CN",
]  # fmt: skip
WIDE = (1180, 860)
NARROW = (390, 800)
PATIENCE = 15_000
"""Milliseconds that an answer may take on a busy machine."""
expect.set_options(timeout=PATIENCE)


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """`ladder demo` in a folder of its own; its page's address. Ends as Ctrl-C ends it, and must end well."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LADDER_", "SLACK_"))}
    # Whatever a user has set for the real thing must not reach the demo.
    env |= {"LADDER_DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3", "SLACK_BOT_TOKEN": "xoxb-not-the-demos"}
    command = [str(Path(sys.executable).with_name("ladder")), "demo", "--port", "0", "--no-browser"]
    log = (home / "demo.log").open("w+", encoding="utf-8")
    running = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _address(running, home / "demo.log")
        running.send_signal(signal.SIGINT)
        assert running.wait(15) == 0, (home / "demo.log").read_text(encoding="utf-8")
        said = (home / "demo.log").read_text(encoding="utf-8")
        assert "Traceback" not in said, said
    finally:
        running.kill()
        running.wait()
        log.close()


def _address(running: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        said = log.read_text(encoding="utf-8")
        if found := ADDRESS.search(said):
            return found[0]
        if running.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the demo did not come up:\n{said}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser; playwright brings none."""
    path = shutil.which("chromium")
    assert path, "no chromium: `make browser` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=QUIET)
        yield browser
        browser.close()


class Person:
    """One person at the page, chosen by name from its list, or by `user`, an id, in its address.

    `look` is the browser's preference (`light`, `dark`); `lets` are errors in the console that the test provokes.
    """

    def __init__(
        self, browser: Browser, url: str, name: str = "", size: tuple[int, int] = WIDE, *, user: str = "",
        look: Literal["light", "dark"] = "light", lets: str = "$^",
    ) -> None:  # fmt: skip
        self.errors: list[str] = []
        self.lets, self.user = re.compile(lets), user
        self.page: Page = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai",
            color_scheme=look,
        )  # fmt: skip
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.goto(f"{url}?as={user}" if user else url)
        self.narrow = size[0] < 700
        expect(self.page.locator("#log > *").first).to_be_attached()
        if name:
            self._in_side(lambda: self._choose(name))

    def go(self, place: str) -> None:
        """To `dm`, or to a channel by its name."""
        self._in_side(self.page.get_by_test_id(place if place == "dm" else f"channel-{place}").click)

    def ask(self, text: str) -> Locator:
        """Writes it where one is, and returns the app's next answer there."""
        before = self.answers.count()
        self.write(text)
        expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)
        return self.answers.nth(before)

    def write(self, text: str) -> None:
        """Types it and sends it."""
        box = self.page.get_by_test_id("composer")
        box.fill(text)
        box.press("Escape")
        self.page.get_by_test_id("send").click()

    def drop(self, name: str, text: str) -> Locator:
        """Sends a file here, and returns the app's next answer."""
        before = self.answers.count()
        file = FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
        self.page.get_by_test_id("file-input").first.set_input_files(file)
        expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)
        return self.answers.nth(before)

    def press(self, message: Locator, words: str) -> None:
        """The first button of a message that says so."""
        message.get_by_role("button", name=words).first.click()

    def thread_of(self, message: Locator) -> Locator:
        """The answers in the message's thread, once there is one."""
        message.get_by_test_id("replies").click()
        thread = self.page.get_by_test_id("thread")
        expect(thread).to_be_visible()
        return thread.locator("article[data-testid=message]")

    def home(self) -> Locator:
        """The App Home, drawn."""
        self.go("dm")
        self.page.get_by_test_id("tab-home").click()
        home = self.page.get_by_test_id("home")
        expect(home.locator("[data-block-id]").first).to_be_visible(timeout=PATIENCE)
        return home

    @property
    def answers(self) -> Locator:
        """What the app has written here, ephemeral messages among it."""
        return self.page.locator("#log article[data-testid=message]").filter(has=self.page.locator(".badge"))

    @property
    def messages(self) -> Locator:
        """Everything written here."""
        return self.page.locator("#log article[data-testid=message]")

    @property
    def offered(self) -> Locator:
        """What a box of the page's own offers to complete or to choose."""
        return self.page.locator("[role=option]:visible")

    def close(self) -> None:
        """Leaves; the page must have met no error, and run no script but its own."""
        assert self.page.evaluate("window.hit") is None
        self.page.close()
        met = [error for error in self.errors if not self.lets.search(error)]
        assert not met, "\n".join(met)

    def _choose(self, name: str) -> None:
        who = self.page.locator("#who")
        option = who.locator("option", has_text=name).first
        who.select_option(value=option.get_attribute("value"))
        # Choosing empties the log; what this person may see is here once it has something again.
        expect(self.page.locator("#log > *").first).to_be_attached()

    def _in_side(self, act: Callable[[], None]) -> None:
        """On a narrow window the side list must be opened first; going somewhere closes it."""
        menu = self.page.locator("#menu")
        if self.narrow and menu.get_attribute("aria-expanded") != "true":
            menu.click()
        act()
