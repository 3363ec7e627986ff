"""The App Home: `templates/home/`. Seen by one person alone, so it may show figures."""

from typing import Any

from bot.domain.judge import GradeFinding
from bot.domain.standing import Standing
from bot.render import ids
from bot.render.blocks import MOST_BLOCKS_OF_HOME, Block, actions, button, context, divider, header, section
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.standing import card_slots
from bot.render.words import Words
from bot.services.home_view import HomeView
from bot.services.outcomes import StandingShown


def render_home(words: Words, home: HomeView) -> dict[str, Any]:
    """A home view: my grade, the conditions in short, the next step, how to ask."""
    grade = home.focus.grade.short_name if home.focus else None
    slots = words.slots("home/home", name=home.name, as_of=home.as_of, hints=home.hints, grade=grade)
    shown = Message.of(
        slots["title"],
        header(slots["title"]),
        _mine(words, home, slots),
        divider(),
        section(slots["ask"]),
        section(slots["supervisor"]) if home.linked and home.supervisor else [],
        section(slots["hr"]) if home.linked and home.hr else [],
        actions(button(slots["refresh"], ids.HOME_REFRESH)),
    )
    return {"type": "home", "blocks": list(shown.blocks[:MOST_BLOCKS_OF_HOME])}


def _mine(words: Words, home: HomeView, slots: dict[str, str]) -> list[Block]:
    """What concerns the person: how to be linked, why there is no card, or the card."""
    if not home.linked:
        return section(slots["unlinked"]) + actions(button(slots["link"], ids.LINK_ME))
    if home.standing and home.focus:
        return _card(words, home, home.standing, home.focus, slots)
    return section(slots["no_card" if home.as_of else "no_figures"]) + context(slots["as_of"])


def _card(words: Words, home: HomeView, standing: Standing, focus: GradeFinding, slots: dict[str, str]) -> list[Block]:
    wording = Wording(words, standing.person, focus.pass_line, home.faults)
    shown = StandingShown(standing=standing, focus=focus, own=True, faults=home.faults)
    card = card_slots(words, shown, wording)
    findings = (*focus.indicators.parts, *(f for f in focus.findings if f is not focus.indicators))
    lines = [wording.short(finding) for finding in findings]
    return [
        *section(f"{card['verdict']}\n{card['position']}"),
        *section("\n".join((slots["conditions"], *lines))),
        *section(card["notes"]),
        *context(card["next"], card["source"]),
    ]
