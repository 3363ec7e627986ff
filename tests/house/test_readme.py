"""README says what the program does: its commands, its settings, its words, its pictures."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli.app import app
from bot.cli.ask import Asking
from bot.config import FixedClock, Settings
from bot.domain.importing import SheetKey
from bot.domain.measures import Measure
from bot.domain.people import Role
from bot.domain.rulebook import Ban
from bot.domain.verdict import Verdict
from bot.loading.rulebooks import load_shelf
from bot.services.import_ledger import ImportLedger
from bot.wiring import build
from tests.conftest import NOW
from tests.house import sample

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def leaves(command: Any, name: str = "ladder") -> Iterator[str]:
    """The full names of all commands that do something."""
    if not getattr(command, "commands", None):
        yield name
    for key, part in getattr(command, "commands", {}).items():
        yield from leaves(part, f"{name} {key}")


def test_every_command_stands_in_the_table_and_no_other() -> None:
    listed = re.findall(r"^\| `(ladder [^`]+)` \|", section("Commands"), re.MULTILINE)
    assert sorted(listed) == sorted(leaves(typer.main.get_command(app)))


def test_commands_shown_anywhere_exist() -> None:
    known = set(leaves(typer.main.get_command(app)))
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "knowledge/demo/README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for words in re.findall(r"ladder ((?:[a-z]+ ?)+)", text):
            parts = words.split()
            if f"ladder {parts[0]}" in {" ".join(name.split()[:2]) for name in known}:
                continue
            assert "&&" in text and parts[0] == "cd", f"{page}: ladder {words}"


def test_settings_stand_in_the_table() -> None:
    listed = set(re.findall(r"^\| `((?:LADDER|SLACK)_[A-Z_]+)` \|", section("Commands"), re.MULTILINE))
    fields = {f if f.startswith("slack_") else f"ladder_{f}" for f in Settings.model_fields}
    assert listed == {name.upper() for name in fields}


def test_the_words_of_the_code_stand_beside_the_regulations() -> None:
    rows = re.findall(r"^\| (`.+?`) \| ([^|]+) \|", section("Words"), re.MULTILINE)
    words = {
        word for codes, chinese in rows if re.search(r"[一-鿿]", chinese) for word in re.findall(r"`(\w+)`", codes)
    }
    grades = {grade.key for rulebook in load_shelf().rulebooks for grade in rulebook.grades}
    used = {str(word) for kind in (Measure, Ban, Verdict, Role, SheetKey) for word in kind}
    assert (grades | used) - words == set()


def test_files_named_exist() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{page}: {target}"
        for path in re.findall(r"`((?:bot|handlers|templates|knowledge|tests|\.ci)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{page}: {path}"


def test_make_targets_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"make ([a-z]+)`", (ROOT / page).read_text(encoding="utf-8")))
        assert named <= targets, f"{page}: {named - targets}"


def test_make_alone_lists_the_targets() -> None:
    listed = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for target in ("demo", "setup", "test", "check", "browser", "bench", "screenshots"):
        assert f"make {target}" in listed


def test_the_questions_to_try_are_answered(tmp_path: Path) -> None:
    parts = build(Settings(database_url=f"sqlite:///{tmp_path / 'ladder.sqlite3'}"), FixedClock(NOW))
    parts.imports(ImportLedger(parsed=parts.read_ledger(sample.LEDGERS), actor="test"))
    (line,) = re.findall(r"^> (.+)$", README, re.MULTILINE)
    kinds = {q: Asking(parts).answer({"as": "1001", "text": q})["kind"] for q in line.split(" · ")}
    assert set(kinds.values()) <= {"answer", "progress", "training", "help"}, kinds
    assert len(kinds) >= 4
    parts.store.close()
