"""Writes every hostile file into a folder, its expectation beside it: `python -m tests.loading.hostile FOLDER`."""

import json
import sys
from pathlib import Path

from tests.loading.hostile.build import build, kinds


def main(folder: Path) -> None:
    """One folder a kind."""
    for number, kind in enumerate(kinds(), start=1):
        own = folder / f"{number:03}"
        own.mkdir(parents=True, exist_ok=True)
        build(kind, own)
        (own / "expectation.json").write_text(
            json.dumps(kind, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
