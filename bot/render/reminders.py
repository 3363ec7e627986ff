"""Reminders: `templates/reminders/`. The first block names no figure of a person's, since notifications show it."""

from bot.domain.judge import AmountFinding
from bot.domain.routes import Need
from bot.render import ids
from bot.render.blocks import LABEL, Block, actions, button, context, section
from bot.render.conditions import PASS_LINE, Wording
from bot.render.message import Message
from bot.render.words import Words
from bot.services.quarter_reminder import QuarterReminded


def render_quarter(words: Words, told: QuarterReminded) -> Message:
    """The nearest step, and what can be done with it."""
    slots = _slots(words, told)
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(slots["answer"]),
        _buttons(told, slots),
        context(slots["person"], slots["source"]),
    )


def _slots(words: Words, told: QuarterReminded) -> dict[str, str]:
    standing, focus, plan = told.standing, told.focus, told.plan
    wording = Wording(words, standing.person, focus.pass_line, ())
    first = _first(told)
    needs = plan.routes[0].needs if plan.routes else ()
    beside = [words.slot("next_steps/need", "lacks", need=plan.pass_line, label=PASS_LINE)] if plan.pass_line else []
    return words.slots(
        "reminders/quarter_standing",
        period=told.period,
        workdays_left=told.workdays_left,
        tone=told.tone,
        grade=focus.grade,
        parts=len(focus.indicators.parts),
        needed=focus.indicators.rule.needed,
        met=focus.indicators.met,
        nearest=[words.slot("next_steps/need", "lacks", need=n, label=n.finding.rule.measure) for n in needs],
        beside=[*beside, *(wording.gap(finding) for finding in plan.beside)],
        clauses=[standing.rulebook.clauses[clause].label for clause in told.clauses],
        as_of=standing.period.as_of,
        rulebook=standing.rulebook,
        label=first.finding.rule.measure if first else focus.indicators.parts[0].rule.measure,
        unit=(first.finding if first else focus.indicators.parts[0]).rule.bound.currency,
        **{"raise": first.gap if first else 0},
    )


def _buttons(told: QuarterReminded, slots: dict[str, str]) -> list[Block]:
    """怎么算的 of the nearest figure, 试算 as the question that it is, and 稍后提醒."""
    finding = _explained(told)
    value = ids.figure_value(told.standing.person.id, told.standing.period, finding.rule.key)
    asked = [slots["try_out"]] if _first(told) else []
    return actions(
        button(slots["explain"], ids.EXPLAIN, value),
        *(button(text, action) for text, action in zip((*asked, slots["route"]), ids.ASK_MORE, strict=False)
          if len(text) <= LABEL),
        button(slots["later"], ids.REMIND_LATER, str(told.number)),
    )  # fmt: skip


def _first(told: QuarterReminded) -> Need | None:
    """The first amount that the cheapest route lacks."""
    needs = told.plan.routes[0].needs if told.plan.routes else ()
    return next((need for need in needs if need.gap > 0), None)


def _explained(told: QuarterReminded) -> AmountFinding:
    first = _first(told)
    return first.finding if first else told.focus.indicators.parts[0]
