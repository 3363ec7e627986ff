"""The lock: every package pinned, every pin with hashes, no address anywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")


def entries() -> list[str]:
    """One text a package: the pin with its hashes."""
    joined = LOCK.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> set[str]:
    found = set()
    for entry in entries():
        pin = PIN.match(entry)
        assert pin, entry
        found.add(normal(pin[1]))
    return found


def test_every_package_is_pinned_with_hashes() -> None:
    assert entries()
    for entry in entries():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


def test_there_is_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|--\w*index|--find-links|-f)\b", LOCK, re.MULTILINE)


def test_all_that_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in asked}  # type: ignore[index]
    assert names - pinned() == set()


def test_the_makefile_installs_by_hash() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in makefile
    assert "--generate-hashes --no-emit-index-url" in makefile
