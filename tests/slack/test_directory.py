"""Which Slack user is which member of staff, from users.info as Slack documents it."""

import asyncio
import csv
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import Surface
from bot.services.import_ledger import ImportLedger
from bot.services.origin import Origin
from bot.slack.directory import StaffDirectory, read_account
from bot.slack.messenger import Messenger, open_session, web_client
from bot.wiring import Parts
from bot.workspace import Seed, SeedUser, WorkspaceThread
from tests.conftest import NOW
from tests.handlers.branch import branch_seed

TEAM = "T1"
USER = {
    "id": "U1",
    "team_id": TEAM,
    "deleted": False,
    "is_bot": False,
    "is_restricted": False,
    "is_ultra_restricted": False,
    "is_email_confirmed": True,
    "profile": {"email": "Wang@Example.test"},
}


def test_a_full_active_member_of_our_team_counts_with_the_address() -> None:
    account = read_account(USER, TEAM)
    assert account.member and account.email == "Wang@Example.test"


@pytest.mark.parametrize(
    "change",
    [
        {"deleted": True},
        {"is_bot": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"is_workflow_bot": True},
        {"team_id": "T2"},
        {"team_id": None},
    ],
    ids=str,
)
def test_whoever_is_less_does_not(change: dict[str, object]) -> None:
    assert not read_account(USER | change, TEAM).member


@pytest.mark.parametrize(
    "change",
    [
        {"profile": {}},
        {"profile": None},
        {"profile": {"email": " "}},
        {"profile": {"email": 7}},
        {"is_email_confirmed": False},
    ],
    ids=str,
)
def test_an_address_that_is_none(change: dict[str, object]) -> None:
    assert read_account(USER | change, TEAM).email is None


class Moving:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


def _staff(parts: Parts, *rows: tuple[str, str, str]) -> None:
    """(number, address, status) as a ledger's 人员."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "人员.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["工号", "姓名", "邮箱", "状态"])
            writer.writerows([number, f"某{number}", address, status] for number, address, status in rows)
        report = parts.imports(ImportLedger(parsed=parts.read_ledger([path]), actor="test"))
    assert report.accepted, report


async def _with_directory(
    workspace: WorkspaceThread, parts: Parts, clock: Moving, work: Callable[[StaffDirectory], Awaitable[Any]]
) -> Any:
    session = open_session()
    try:
        messenger = Messenger(web_client("xoxb-demo", workspace.api_url, session))
        return await work(StaffDirectory(messenger, parts.store, "T0JIANGZHOU", clock, asyncio.to_thread))
    finally:
        await session.close()


def _origin(user: str) -> Origin:
    return Origin(team="T0JIANGZHOU", user=user, surface=Surface.DM)


def _seed() -> Seed:
    seed = branch_seed()
    return replace(seed, users=(SeedUser("U1", "wang", "王", email="Wang@Example.test"), *seed.users))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("1", "wang@example.test", "在岗")], "1"),
        ([("1", "WANG@EXAMPLE.TEST", "")], "1"),
        ([("1", "wang@example.test", "在岗"), ("2", "Wang@example.test", "在岗")], None),
        ([("1", "wang@example.test", "离岗"), ("2", "wang@example.test", "在岗")], "2"),
        ([("1", "wang@example.test", "离岗")], None),
        ([("1", "", "在岗")], None),
    ],
)
def test_the_address_has_to_fit_exactly_one_active_person(
    joined: Parts, rows: list[tuple[str, str, str]], expected: str | None
) -> None:
    _staff(joined, *rows)
    with WorkspaceThread(_seed()) as workspace:
        asker = asyncio.run(
            _with_directory(workspace, joined, Moving(), lambda directory: directory.asker(_origin("U1")))
        )
    assert (asker.person.id if asker.person else None) == expected
    assert asker.label == (expected or "slack:T0JIANGZHOU/U1")


def test_slack_s_word_is_kept_for_minutes_and_staff_are_read_anew(joined: Parts) -> None:
    _staff(joined, ("1", "wang@example.test", "在岗"))
    clock = Moving()

    async def look(directory: StaffDirectory) -> list[str | None]:
        seen = []
        for step in (timedelta(0), timedelta(minutes=1), timedelta(minutes=5)):
            clock.at += step
            asker = await directory.asker(_origin("U1"))
            seen.append(asker.person.id if asker.person else None)
            if step == timedelta(minutes=1):
                await asyncio.to_thread(_staff, joined, ("1", "other@example.test", "在岗"))
        return seen

    with WorkspaceThread(_seed()) as workspace:
        seen = asyncio.run(_with_directory(workspace, joined, clock, look))
        asked = len([c for c in workspace.calls if c.method == "users.info"])
    assert seen == ["1", "1", None]
    assert asked == 2
