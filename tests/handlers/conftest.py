"""The sample branch, loaded once; each test has its own copy, its own workspace and its own bot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.workspace import WorkspaceThread
from tests.handlers.branch import RunningBot, branch_seed, copy_of, load_sample, running_bot


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def store_url(sample: Path, tmp_path: Path) -> str:
    return copy_of(sample, tmp_path)


@pytest.fixture
def workspace() -> Iterator[WorkspaceThread]:
    with WorkspaceThread(branch_seed(), patience=3.0, retry_delays=(0, 0.1, 0.2)) as running:
        yield running


@pytest.fixture
def bot(workspace: WorkspaceThread, store_url: str) -> Iterator[RunningBot]:
    """By Socket Mode."""
    with running_bot(workspace, store_url) as running:
        yield running
