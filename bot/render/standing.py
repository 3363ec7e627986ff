"""The standing card: `templates/standing/`. The answer, a line a condition, and what it rests on."""

from bot.domain.judge import AmountFinding, GradeFinding
from bot.domain.least_raise import DEPOSIT_MEASURES
from bot.domain.rulebook import AmountRule, Measure
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict
from bot.render import gaps, ids
from bot.render.blocks import LABEL, Block, actions, button, context, section
from bot.render.charts import attainment
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.words import Words
from bot.services.outcomes import StandingShown

NO_FIGURES = "figures"
"""What a finding misses where nothing is imported for the date: said once, above."""


def render_standing(words: Words, outcome: StandingShown) -> Message:
    """The card of one grade. The first block names no figure, since notifications show it."""
    standing, focus = outcome.standing, outcome.focus
    wording = Wording(words, standing.person, focus.pass_line, outcome.faults)
    slots = card_slots(words, outcome, wording)
    conditions = [wording.full(finding) for finding in focus.conditions]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(f"{slots['verdict']}\n{slots['position']}"),
        section(slots["indicators"]),
        *(_amount(part, standing, wording, slots["explain"]) for part in (*focus.indicators.parts, focus.pass_line)),
        section(wording.full(focus.quality)) if focus.quality else [],
        section("\n".join(conditions)),
        attainment(words, drawn(focus)),
        section(slots["notes"]),
        _files_and_left_out(words, focus, standing, slots),
        _ask_more(focus, slots),
        context(slots["next"], slots["basis"], slots["source"]),
    )


def card_slots(words: Words, outcome: StandingShown, wording: Wording) -> dict[str, str]:
    """The card's own words; the Home takes its verdict and position from here."""
    standing, focus = outcome.standing, outcome.focus
    parts = focus.indicators.parts
    rulebook = standing.rulebook
    return words.slots(
        "standing/card",
        own=outcome.own,
        person=standing.person,
        period=standing.period,
        rulebook=rulebook,
        grade=focus.grade,
        verdict=focus.verdict,
        lacking=[wording.gap(finding) for finding in gaps.lacking(focus)],
        waiting=[wording.gap(f) for f in gaps.waiting(focus) if f.missing != NO_FIGURES],
        has_figures=standing.state.has_figures,
        proposed=rulebook.grade(standing.proposed) if standing.proposed else None,
        current=standing.current,
        above_open=_above_open(standing),
        parts=len(parts),
        needed=focus.indicators.rule.needed,
        met=focus.indicators.met,
        counted=parts[0].counted,
        excluded=parts[0].excluded,
        in_question=focus.grade.key in standing.judged_for,
        loans_on_probation=_loans_on_probation(standing),
        no_credit=_no_credit_label(standing),
        judged=focus.grade.judged,
        clauses=[rulebook.clauses[clause].label for clause in outcome.clauses],
        readings=_readings(standing, focus),
        batch=standing.state.batch,
    )


def _amount(finding: AmountFinding, standing: Standing, wording: Wording, label: str) -> list[Block]:
    value = ids.figure_value(standing.person.id, standing.period, finding.rule.key)
    explain = button(label, ids.EXPLAIN, value, spoken=wording.explain(finding))
    return section(wording.full(finding), None if finding.missing == NO_FIGURES else explain)


def drawn(focus: GradeFinding) -> list[AmountFinding]:
    """What a chart shows: the pass line only where it is missed, since once reached it is so far behind that it would
    flatten the others."""
    missed = focus.pass_line.verdict is Verdict.FAILED
    return [*focus.indicators.parts, *([focus.pass_line] if missed else [])]


def _files_and_left_out(words: Words, focus: GradeFinding, standing: Standing, slots: dict[str, str]) -> list[Block]:
    """One button for the clients left out of all indicators, since they share the grade's floor; and 导出, where files
    may leave the bank."""
    first, person, period = focus.indicators.parts[0], standing.person.id, standing.period
    pressed = []
    if first.excluded:
        pressed.append(button(slots["left_out"], ids.LEFT_OUT, ids.figure_value(person, period, first.rule.key)))
    if words.veil.open and standing.state.has_figures:
        pressed.append(button(slots["export"], ids.EXPORT, ids.figure_value(person, period, focus.grade.key)))
    return actions(*pressed)


def _ask_more(focus: GradeFinding, slots: dict[str, str]) -> list[Block]:
    """The next steps of a grade that is missed: each button is a question as it would be written."""
    if focus.verdict is not Verdict.FAILED or focus.pass_line.missing == NO_FIGURES:
        return []
    offered = ["why_not", "route"] if focus.indicators.verdict is Verdict.FAILED else ["why_not"]
    if focus.indicators.parts[0].excluded:
        offered.append("cliff")
    deposits = [f for f in (*focus.indicators.parts, focus.pass_line) if f.rule.measure in DEPOSIT_MEASURES and f.gap]
    if deposits:
        offered.append("balance")
    offered.append("training")
    asked = [slots[name] for name in offered if 0 < len(slots[name]) <= LABEL]  # a very long name leaves no room
    return actions(*(button(text, action) for text, action in zip(asked, ids.ASK_MORE, strict=False)))


def _above_open(standing: Standing) -> bool:
    """Whether a grade above the one proposed could still be met."""
    for key in standing.judged_for:
        if key == standing.proposed:
            return False
        if standing.grades[key].verdict is Verdict.OPEN:
            return True
    return False


def _loans_on_probation(standing: Standing) -> bool:
    """R22: a trainee with loans on the as-of date, whatever their class or the client's size."""
    current = standing.current
    if not current or not current.no_credit_clause:
        return False
    classed = standing.quality is not None and standing.quality.share_now is not None
    return classed or any(
        part.value
        for grade in standing.grades.values()
        for part in grade.indicators.parts
        if part.rule.measure is Measure.LOANS
    )


def _no_credit_label(standing: Standing) -> str | None:
    current = standing.current
    if not current or not current.no_credit_clause:
        return None
    return standing.rulebook.clauses[current.no_credit_clause].label


def _readings(standing: Standing, focus: GradeFinding) -> list[str]:
    """Ids of the readings that decide something on the card, in the rulebook's order."""
    rules = [finding.rule for finding in (*focus.indicators.parts, *focus.findings)]
    used = {reading for rule in rules for reading in rule.readings}
    used.update(reading for rule in rules if isinstance(rule, AmountRule) for reading in rule.floor.readings)
    return [reading for reading in standing.rulebook.readings if reading in used]
