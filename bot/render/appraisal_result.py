"""The result of an appraisal as its person reads it: `templates/appraise/result.j2`. The first block names no grade,
since notifications show it."""

from bot.render.blocks import context, section
from bot.render.message import Message
from bot.render.words import Words
from bot.services.appraisal_result_telling import ResultTold


def render_result(words: Words, told: ResultTold) -> Message:
    """The grade, what it means, whom to ask."""
    slots = words.slots(
        "appraise/result",
        period=told.run.period,
        annual=told.period.annual,
        as_of=told.period.as_of,
        rulebook=told.run.rulebook,
        number=told.run.number,
        current=told.current.short_name if told.current else None,
        proposed=told.proposed.short_name if told.proposed else None,
        change=told.line.change,
        pass_line=told.line.pass_line,
        passed=told.passed,
    )
    return Message.of(
        slots["title"], section(slots["title"]), section(slots["answer"]), context(slots["person"], slots["source"])
    )
