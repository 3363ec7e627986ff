"""Imports as HR reads them: the dry run, what was loaded, what was refused: `templates/imports/`."""

from bot.domain.review import Review
from bot.render.words import Words


def review_slots(words: Words, review: Review) -> dict[str, str]:
    """The parts of a review in reading order; a part without anything to say is empty."""
    slots = words.slots("imports/review", review=review)
    return {name: slots[name] for name in ("totals", "clients", "jumped", "people")}
