"""The review of a batch as `ladder import` prints it: the words are those of the report in Slack."""

from collections.abc import Iterator

from bot.domain.review import Review
from bot.render.imports import review_slots
from bot.render.mrkdwn import plain
from bot.wiring import build_words


def review_lines(review: Review) -> Iterator[str]:
    """Control totals, then what is new, gone, moved, jumped, and who has no client."""
    for text in review_slots(build_words(), review).values():
        yield from plain(text).splitlines()
