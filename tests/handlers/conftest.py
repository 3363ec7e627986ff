"""The sample branch, loaded once; each test has its own copy, its own workspace and its own bot."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.workspace import WorkspaceThread
from tests.conftest import address_of, copied, on_server
from tests.handlers.branch import RunningBot, branch_seed, load_sample, running_bot
from tests.judges.sent import judge_sent

Copy = Callable[[Path], str]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def copy_of_sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Makes stores that hold the sample branch, on either engine; gives the address of each."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("sample") / "sample.sqlite3"
        load_sample(f"sqlite:///{path}")
        return lambda folder: copied(path, folder / "ladder.sqlite3")
    server: str = request.getfixturevalue("postgres")
    template = f"sample_{uuid.uuid4().hex[:12]}"
    on_server(server, f"CREATE DATABASE {template}")
    load_sample(address_of(server, template))

    def copy(_: Path) -> str:
        name = f"copy_{uuid.uuid4().hex[:12]}"
        on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return address_of(server, name)

    return copy


@pytest.fixture
def store_url(copy_of_sample: Copy, tmp_path: Path) -> str:
    return copy_of_sample(tmp_path)


@pytest.fixture
def workspace() -> Iterator[WorkspaceThread]:
    with WorkspaceThread(branch_seed(), patience=3.0, retry_delays=(0, 0.1, 0.2)) as running:
        yield running
        judge_sent(running.calls)
        grave = {"double_answer", "retry_after_ignored", "rings_everyone", "private_shown"}
        assert [m for m in running.mistakes if m.kind in grave] == []


@pytest.fixture
def bot(workspace: WorkspaceThread, store_url: str) -> Iterator[RunningBot]:
    """By Socket Mode."""
    with running_bot(workspace, store_url) as running:
        yield running
