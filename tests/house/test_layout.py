"""What a clone holds: its top level, and nothing that names a package registry or a machine of ours."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = {
    ".ci",
    ".gitignore",
    ".slack",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "handlers",
    "knowledge",
    "pyproject.toml",
    "requirements.lock",
    "templates",
    "tests",
}
# With brackets, so that this file may be searched too.
HOSTS = re.compile(
    b"|".join(
        (
            b"pypi[.]org",
            b"pythonhosted[.]org",
            b"registry[.]npmjs",
            b"proxy[.]golang",
            b"[a]rtifactory",
            b"index[-]url=",
        )
    )
)


def tracked() -> list[Path]:
    """Every file that a clone holds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.fail("not a git checkout: " + listed.stderr.decode())
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_the_top_level_holds_what_the_readme_maps() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert found <= TOP
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {name for name in found if (ROOT / name).is_dir()}
    assert {name for name in folders if f"`{name}/" not in readme} == set()


def test_no_file_names_a_registry() -> None:
    named = [str(p.relative_to(ROOT)) for p in tracked() if p.is_file() and HOSTS.search(p.read_bytes())]
    assert named == []


def test_scripts_are_executable() -> None:
    for name in (".ci/run", "tests/browser/prepare"):
        assert (ROOT / name).stat().st_mode & 0o100, name


def test_no_file_is_huge() -> None:
    large = {
        str(p.relative_to(ROOT)): p.stat().st_size for p in tracked() if p.is_file() and p.stat().st_size > 600_000
    }
    assert large == {}
