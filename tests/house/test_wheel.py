"""A built wheel holds templates and knowledge, and runs as the checkout does, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.house import sample

ROOT = Path(__file__).parents[2]
SHIPPED = ("templates", "knowledge")


def run(*command: str | Path, cwd: Path, home: Path | None = None) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LADDER_", "SLACK_", "PYTHON"))}
    if home is not None:
        env |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LADDER_LOG_LEVEL": "WARNING"}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=env, capture_output=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `ladder` of a fresh environment that holds the wheel, and sees this one's packages after it."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=True)
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python", "install",
        "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)  # fmt: skip
    (packages,) = folder.glob("lib/python*/site-packages")
    # A plain line of a .pth adds a folder without reading that folder's own .pth files: our checkout stays unseen.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "ladder"


def test_the_wheel_holds_every_shipped_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in SHIPPED:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"bot/_data/{path.relative_to(ROOT)}" in names
    assert not any(name.startswith(("tests/", "templates/", "knowledge/")) for name in names)


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    found = run(installed.with_name("python"), "-c", "import bot; print(bot.__file__)", cwd=tmp_path).strip()
    assert Path(found).is_relative_to(installed.parents[1])


def test_it_answers_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    answers = []
    for number, ladder in enumerate((installed, Path(sys.executable).with_name("ladder"))):
        home = tmp_path / str(number)
        elsewhere = home / "work"
        elsewhere.mkdir(parents=True)
        run(ladder, "import", *sample.LEDGERS, cwd=elsewhere, home=home)
        answers.append(run(ladder, "progress", "--all", "--period", sample.PERIOD, "--json", cwd=elsewhere, home=home))
    assert answers[0] == answers[1]
    assert answers[0].count("\n") == 24


def test_it_has_the_page_and_the_sample_branch(installed: Path, tmp_path: Path) -> None:
    code = (
        "from bot.loading.data import knowledge, templates\n"
        "print((templates() / 'workspace' / 'page.html').is_file(), (knowledge() / 'demo' / 'slack.yaml').is_file())"
    )
    assert run(installed.with_name("python"), "-c", code, cwd=tmp_path).split() == ["True", "True"]
