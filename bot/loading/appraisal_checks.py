"""What appraisals read from files: the data gate's checks, and rulebooks word for word."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bot.domain.appraisal_check import Check, Level
from bot.domain.rulebook import Rulebook
from bot.loading import data
from bot.loading.rulebooks import load_shelf


def load_checks(path: Path | None = None) -> tuple[Check, ...]:
    """In the file's order. KeyError, TypeError or ValueError for what is no such file."""
    path = path or data.knowledge() / "appraisals" / "checks.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Check(**{**row, "level": Level(row["level"])}) for row in rows)


def rulebook_files(version: str) -> dict[str, str]:
    """A rulebook word for word, by file name: it goes into the snapshot of a run."""
    folder = data.knowledge() / "rulebooks" / version
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def read_rulebook(version: str, files: Mapping[str, str]) -> Rulebook:
    """From the texts in a snapshot. RulebookFaults or ValueError for what is no rulebook."""
    if not version.isalnum() or any("/" in name or name.startswith(".") for name in files):
        raise ValueError("not a rulebook's name")
    with TemporaryDirectory(prefix="ladder-") as name:
        folder = Path(name) / version
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return load_shelf(Path(name)).rulebooks[0]
