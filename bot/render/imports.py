"""Imports as HR reads them: the dry run, what was loaded, what was refused: `templates/imports/`."""

from bot.domain.review import Review
from bot.render import ids
from bot.render.blocks import actions, button, context, section
from bot.render.message import Message
from bot.render.words import Words
from bot.services.ledger_drops import MOST_NAMED, ImportHelped, LedgerChecked, LedgerLoaded, LedgerRefused
from bot.services.outcomes import AppraiseHelped


def review_slots(words: Words, review: Review) -> dict[str, str]:
    """The parts of a review in reading order; a part without anything to say is empty."""
    slots = words.slots("imports/review", review=review)
    return {name: slots[name] for name in ("totals", "clients", "jumped", "people")}


def render_checked(words: Words, outcome: LedgerChecked) -> Message:
    """The dry run with its button, whose value is an id alone."""
    facts = {"report": outcome.report, "files": outcome.files, "anew": outcome.anew}
    slots = words.slots("imports/checked", **facts)
    review = outcome.report.review
    parts = [text for text in review_slots(words, review).values() if text] if review else []
    compared = [section(text) for text in (slots["compared"], *parts)] if parts else []
    return Message.of(
        slots["title"],
        *(section(slots[name]) for name in ("title", "files", "rows")),
        *compared,
        section(slots["warnings"]),
        actions(button(slots["confirm"], ids.LEDGER_CONFIRM, outcome.drop)),
        context(slots["hint"]),
    )


def render_refused(words: Words, outcome: LedgerRefused) -> Message:
    """The first faults; where there are more, a list follows that has them all."""
    slots = words.slots("imports/refused", errors=outcome.errors, most=MOST_NAMED, sends_files=words.veil.open)
    return Message.of(slots["title"], *(section(slots[name]) for name in ("title", "answer", "errors")))


def render_loaded(words: Words, outcome: LedgerLoaded) -> Message:
    """The batch's number."""
    facts = {name: getattr(outcome, name) for name in ("batch", "changed", "waiting", "told")}
    slots = words.slots("imports/loaded", **facts)
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]))


def render_appraise_help(words: Words, outcome: AppraiseHelped) -> Message:
    """Everything that can stand behind `/appraise`."""
    slots = words.slots("appraise/help", unknown=outcome.unknown, waiting=outcome.waiting)
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]))


def render_import_help(words: Words, _: ImportHelped) -> Message:
    """How a ledger is sent."""
    slots = words.slots("imports/help")
    buttons = (button(slots["blank"], ids.LEDGER_BLANK), button(slots["example"], ids.LEDGER_EXAMPLE))
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]), actions(*buttons))
