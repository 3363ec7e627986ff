"""One demo and one browser for all tests; each test takes a person whom no other takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import driver


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with driver.demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with driver.chromium() as running:
        yield running


@pytest.fixture
def person(browser: Browser, url: str) -> Iterator[Callable[..., driver.Person]]:
    """`person("李强")` opens the page as that one."""
    opened: list[driver.Person] = []

    def enter(name: str, size: tuple[int, int] = driver.WIDE) -> driver.Person:
        opened.append(driver.Person(browser, url, name, size))
        return opened[-1]

    yield enter
    for one in opened:
        one.close()
