"""One demo, one gallery and one browser for all tests; each test takes a person whom no other takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import driver
from tests.browser.gallery import Gallery, gallery


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


@pytest.fixture(scope="session")
def shown() -> Iterator[Gallery]:
    """A plain app with one of everything, in a workspace of its own."""
    with gallery() as running:
        yield running


@pytest.fixture
def guest(browser: Browser, shown: Gallery) -> Iterator[Callable[..., driver.Person]]:
    """`guest()` opens the gallery's page as somebody new; `me.user` says who."""
    opened: list[driver.Person] = []

    def enter(size: tuple[int, int] = driver.WIDE, **options: Any) -> driver.Person:
        opened.append(driver.Person(browser, shown.workspace.url, size=size, user=next(shown.people), **options))
        return opened[-1]

    yield enter
    for one in opened:
        one.close()
