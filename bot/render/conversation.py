"""The small replies of a conversation: `templates/conversation/`."""

from bot.domain.rulebook import Clause
from bot.questions.question import Language
from bot.render import ids
from bot.render.blocks import Block, actions, button, context, quote, section
from bot.render.message import Message
from bot.render.veil import ClientNames
from bot.render.words import Words
from bot.services.outcomes import Clarify, Declined, Denied, Helped, NoGrade


def render_help(words: Words, outcome: Helped) -> Message:
    """What can be asked, by role."""
    slots = words.slots("conversation/help", english=outcome.language is Language.EN)
    roles = [slots["supervisor"]] * outcome.supervisor + [slots["hr"]] * outcome.hr
    if not outcome.linked:
        return Message.of(
            slots["title"],
            section(slots["title"]),
            section(slots["rules"]),
            section(slots["training"]),
            section(slots["unlinked"]),
            _link_me(words),
        )
    parts = [section(text) for text in (slots["own"], slots["rules"], slots["training"], *roles)]
    return Message.of(slots["title"], section(slots["title"]), *parts, context(slots["privacy"]))


def render_denied(words: Words, outcome: Denied) -> Message:
    """One wording for everything that is refused, so that it confirms nothing."""
    slots = words.slots("conversation/denied")
    if outcome.unlinked:
        return Message.of(slots["unlinked"], section(slots["unlinked"]), section(slots["next"]), _link_me(words))
    return Message.of(slots["message"], section(slots["message"]), context(slots["next"]))


def render_no_grade(words: Words, outcome: NoGrade) -> Message:
    """There is no standing for staff without a grade."""
    slots = words.slots("conversation/no_grade", own=outcome.own)
    return Message.of(slots["message"], section(slots["message"]), context(slots["next"]))


def render_declined(words: Words, outcome: Declined) -> Message:
    """Why there is no answer, and the clauses that stand nearest."""
    slots = words.slots("conversation/declined", subject=outcome.subject, rulebook=outcome.rulebook)
    reason = slots[outcome.reason]
    nearest = [block for clause in outcome.nearest for block in quote_clause(words, clause)]
    intro = section(slots["nearest"]) if nearest else []
    return Message.of(reason, section(reason), intro, nearest, context(slots["next"], slots["source"]))


def render_clarify(words: Words, outcome: Clarify) -> Message:
    """The question with its choices as buttons, each in a block: an action id may stand in it once."""
    slots = words.slots("conversation/clarify", question=outcome.question)
    asked = [_choice(words, choice, outcome) for choice in outcome.choices[:3]]
    choices = [actions(button(choice, ids.ASK_CHOICE, str(n))) for n, choice in enumerate(asked)]
    return Message.of(slots["message"], section(slots["message"]), *choices)


def _choice(words: Words, choice: str, outcome: Clarify) -> str:
    """As it can be asked; where names stay in the bank, by the clients' numbers."""
    if words.veil.names is ClientNames.FULL:
        return choice
    for name, number in sorted(outcome.clients, key=lambda client: -len(client[0])):
        choice = choice.replace(name, number)
    return choice


def quote_clause(words: Words, clause: Clause) -> list[Block]:
    """The clause word for word under its label; what the print gets wrong is marked as corrected."""
    slots = words.slots("conversation/clause", clause=clause)
    return quote(slots["text"]) + context(slots["label"], slots["note"])


def _link_me(words: Words) -> list[Block]:
    label = words.slots("conversation/link")["label"]
    return actions(button(label, ids.LINK_ME))
