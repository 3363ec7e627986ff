"""The App Home: `templates/home/`."""

from typing import Any

from bot.render.words import Words
from bot.services.home_view import HomeView


def render_home(words: Words, home: HomeView) -> dict[str, Any]:
    """A home view."""
    raise NotImplementedError
