"""怎么算的 and 未计入的客户: `templates/breakdown/`. Every client exact to the last digit, so that the parts add up."""

from bot.domain.money import Currency
from bot.domain.rulebook import Measure
from bot.render import ids
from bot.render.blocks import actions, button, context, section
from bot.render.conditions import PASS_LINE
from bot.render.conversation import quote_clause
from bot.render.message import Message
from bot.render.words import Words
from bot.services.outcomes import BreakdownShown


def render_breakdown(words: Words, outcome: BreakdownShown) -> Message:
    """The figure, the clients counted, those left out and why, the clauses and readings; as long as it takes."""
    standing, rule = outcome.standing, outcome.finding.rule
    slots = _slots(words, outcome)
    value = ids.figure_value(standing.person.id, standing.period, rule.key)
    clauses = (standing.rulebook.clauses[clause] for clause in outcome.clauses)
    return Message.of(
        slots["title"],
        *(section(slots[name]) for name in ("title", "answer", "counted", "sum", "single", "left_out", "remark")),
        actions(button(slots["explain"], ids.EXPLAIN, value)) if outcome.left_out_only else [],
        *(quote_clause(words, clause) for clause in clauses),
        section(slots["readings"]),
        context(slots["source"]),
    )


def _slots(words: Words, outcome: BreakdownShown) -> dict[str, str]:
    standing, found = outcome.standing, outcome.finding
    rule = found.rule
    settlement = rule.measure is Measure.SETTLEMENT
    is_pass_line = rule.key == outcome.grade.pass_line.rule.key
    used = (standing.rulebook.readings[reading] for reading in dict.fromkeys((*rule.readings, *rule.floor.readings)))
    return words.slots(
        "breakdown/breakdown",
        own=outcome.own,
        person=standing.person,
        period=standing.period,
        rulebook=standing.rulebook,
        grade=outcome.grade.grade,
        found=found,
        rule=rule,
        label=PASS_LINE if is_pass_line else rule.measure,
        unit=Currency.USD if settlement else Currency.CNY,
        rate=standing.state.usd_cny if settlement and rule.bound.currency is Currency.CNY else None,
        counted=outcome.breakdown.counted,
        left_out=outcome.breakdown.left_out,
        total=outcome.breakdown.total,
        readings=list(used),
        left_out_only=outcome.left_out_only,
        batch=standing.state.batch,
    )
