"""Where the shipped folders are: `bot/_data/` in an installed wheel, the top level in a checkout (pyproject.toml)."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def knowledge() -> Path:
    """The folder of rulebooks, plans, phrases and workdays. FileNotFoundError where the installation lacks it."""
    return _shipped("knowledge")


def templates() -> Path:
    """The folder of message templates. FileNotFoundError where the installation lacks it."""
    return _shipped("templates")


def _shipped(name: str) -> Path:
    """The wheel's copy first: beside an installed `bot` there may be a folder of the same name that is not ours."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is neither in {_PACKAGE / '_data'} nor in {_PACKAGE.parent}")
