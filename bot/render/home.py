"""The App Home: `templates/home/`. Seen by one person alone, so it may show figures."""

from typing import Any

from bot.domain.judge import GradeFinding
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict
from bot.render import gaps, ids
from bot.render.blocks import MOST_BLOCKS_OF_HOME, Block, actions, button, context, divider, header, section
from bot.render.charts import attainment
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.next_steps import route_words
from bot.render.standing import NO_FIGURES, card_slots, drawn
from bot.render.veil import Figures
from bot.render.words import Words
from bot.services.home_view import HomeView
from bot.services.outcomes import StandingShown

_MOST_LOOKS = 8


def render_home(words: Words, home: HomeView) -> dict[str, Any]:
    """A home view: my grade, the conditions in short, the next step, how to ask."""
    grade = home.focus.grade.short_name if home.focus else None
    slots = words.slots("home/home", name=home.name, as_of=home.as_of, hints=home.hints, grade=grade)
    shown = Message.of(
        slots["title"],
        header(slots["title"]),
        _mine(words, home, slots),
        _session(words, home),
        _seen_by(words, home),
        _branch(words, home),
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
        *attainment(words, drawn(focus)),
        *section(card["notes"]),
        *_nearest(words, home, focus),
        *context(card["next"], card["source"], _veiled(words)),
    ]


def _nearest(words: Words, home: HomeView, focus: GradeFinding) -> list[Block]:
    """The cheapest way, what waits to be filled in, and what may be asked next."""
    routes = home.plan.routes[:1] if home.plan else ()
    lacks = [lack for route in routes for lack in route_words(words, route)["lacks"]]
    wording = Wording(words, home.standing.person, focus.pass_line, ()) if home.standing else None
    open_tasks = [wording.gap(f) for f in gaps.waiting(focus) if f.missing != NO_FIGURES] if wording else []
    slots = words.slots("home/more", lacks=lacks, open_tasks=open_tasks, grade=focus.grade.short_name)
    asked = [slots["why_not"], slots["route"]] if focus.verdict is Verdict.FAILED else []
    buttons = (button(text, action) for text, action in zip(asked, ids.ASK_MORE, strict=False))
    return [*section(slots["nearest"]), *section(slots["tasks"]), *actions(*buttons)]


def _session(words: Words, home: HomeView) -> list[Block]:
    return section(words.slot("home/session", "session", session=home.session)) if home.session else []


def _seen_by(words: Words, home: HomeView) -> list[Block]:
    """Who looked, when, at what and for what; that nobody did is said too."""
    if not home.linked:
        return []
    return section(words.slot("home/seen_by", "looks", looks=home.looks, most=_MOST_LOOKS))


def _branch(words: Words, home: HomeView) -> list[Block]:
    if home.branch is None:
        return []
    branch = home.branch
    slots = words.slots("home/branch", as_of=home.as_of, batch=branch.batch, runs=branch.runs, waits=branch.waits)
    return section(slots["imports"]) + section(slots["runs"]) + section(slots["blockers"])


def _veiled(words: Words) -> str:
    """That figures are not all there, where they stay in the bank."""
    return "" if words.veil.figures is Figures.FULL else words.word(words.veil.figures, "veil")
