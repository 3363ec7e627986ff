"""What import rules cannot say: the domain is the standard library and itself, and the bot starts without Slack's."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "domain").glob("*.py")), ids=lambda path: path.name)
def test_the_domain_imports_the_standard_library_and_itself_alone(path: Path) -> None:
    foreign = {
        name
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("bot.domain")
        and name != "bot.errors"
    }
    assert foreign == set()


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "domain").glob("*.py")), ids=lambda path: path.name)
def test_no_clock_file_or_network_is_reached_from_the_domain(path: Path) -> None:
    assert not imported(path) & {"os", "io", "pathlib", "socket", "time", "random", "sqlite3", "subprocess", "logging"}
    assert "now()" not in path.read_text(encoding="utf-8")
    assert "today()" not in path.read_text(encoding="utf-8")


def test_a_command_that_needs_no_slack_does_not_load_slack_s_libraries() -> None:
    code = "import sys, bot.cli; print([m for m in sys.modules if m.startswith(('slack_', 'aiohttp', 'alembic'))])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


FIGURES = ("domain", "services", "storage", "render")
SECONDS = {"engine.py", "talk.py", "unit_of_work.py"}
"""How long a writer waits for another is no figure."""


@pytest.mark.parametrize("room", FIGURES)
def test_no_float_stands_where_figures_are_made(room: str) -> None:
    found = []
    for path in sorted((ROOT / "bot" / room).rglob("*.py")):
        if room == "storage" and path.name in SECONDS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            name = isinstance(node, ast.Name) and node.id == "float"
            if literal or name:
                found.append(f"{path.name}:{node.lineno}")
    assert found == []
