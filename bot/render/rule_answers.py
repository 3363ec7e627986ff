"""Answers from the regulation: what holds first, then remarks, the clauses word for word, the version."""

from collections.abc import Mapping, Sequence

from bot.domain.rulebook import Clause, Grade, Rulebook
from bot.questions.question import Language
from bot.render.blocks import Block, context, quote, section
from bot.render.comparison import compare
from bot.render.conversation import quote_clause
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.rule_answer import Greeted, RuleAnswered, RuleDeclined, Statement

_SINGLY = 3
"""Up to so many clauses each stands in a quote of its own; more are listed in one."""


def register(renderer: Renderer) -> None:
    """Adds this file's renderings."""
    renderer.register(RuleAnswered, render_answer)
    renderer.register(RuleDeclined, render_declined)
    renderer.register(Greeted, render_greeting)


def render_answer(words: Words, outcome: RuleAnswered) -> Message:
    """The answer in a line where it is one, else a list; then what it rests on."""
    english = outcome.language is Language.EN
    facts = {"rulebook": outcome.rulebook, "remarks": outcome.remarks, "grades": (), "alike": ()}
    slots = words.slots("answers/answer", english=english, **facts)
    side_by_side: list[Block] = []
    if outcome.compared:
        first, side_by_side = compare(words, slots, outcome)
        lines = [first]
    else:
        lines = _lines(words, slots, outcome)
    if outcome.same is not None:
        lines[0] = slots["same" if outcome.same else "different"] + (" " if english else "") + lines[0]
    return Message.of(
        plain(lines[0]),
        section("\n".join(lines)),
        side_by_side,
        context(*slots["remarks"].splitlines()),
        quote_clauses(words, outcome.quoted),
        context(slots["source"]),
    )


def render_declined(words: Words, outcome: RuleDeclined) -> Message:
    """Why there is no answer, and the clauses that stand nearest."""
    english = outcome.language is Language.EN
    slots = words.slots("answers/declined", english=english, subject=outcome.subject, rulebook=outcome.rulebook)
    reason = slots[outcome.reason]
    nearest = quote_clauses(words, outcome.nearest)
    intro = section(slots["nearest"]) if nearest else []
    return Message.of(plain(reason), section(reason), intro, nearest, context(slots["next"], slots["source"]))


def render_greeting(words: Words, outcome: Greeted) -> Message:
    """One line, and a way back."""
    message = words.slots("answers/greeting", english=outcome.language is Language.EN)["message"]
    return Message.of(plain(message), section(message))


def quote_clauses(words: Words, clauses: Sequence[Clause]) -> list[Block]:
    """Clauses word for word, each with its label: a few one by one, many as a list."""
    if len(clauses) <= _SINGLY:
        return [block for clause in clauses for block in quote_clause(words, clause)]
    slots = words.slots("answers/quotes", clauses=clauses)
    return quote(slots["list"]) + context(*slots["notes"].splitlines())


def _lines(words: Words, slots: Mapping[str, str], outcome: RuleAnswered) -> list[str]:
    """One line, or a title with bullets where all of it is about the same grades."""
    english = outcome.language is Language.EN
    bodies = [words.slots(f"answers/facts/{s.fact}", s=s, v=s.values)[outcome.language] for s in outcome.statements]
    verdicts = [_verdict(slots, outcome, statement) for statement in outcome.statements]
    whose = [_whose(slots, outcome.rulebook, statement.grades, english) for statement in outcome.statements]
    titled = len(bodies) > 1 and len(set(whose)) == 1 and whose[0]
    lines = [
        verdict + (body if titled else _joined(who, body, english))
        for verdict, who, body in zip(verdicts, whose, bodies, strict=True)
    ]
    if titled:
        return [f"*{whose[0]}*", *(f"• {line}" for line in lines)]
    return lines if len(lines) == 1 else [f"• {line}" for line in lines]


def _verdict(slots: Mapping[str, str], outcome: RuleAnswered, statement: Statement) -> str:
    """Whether the asker's own figure agrees, said before what holds."""
    if statement.holds is None:
        return ""
    yes, no = ("enough", "short") if outcome.reaches else ("right", "wrong")
    return slots[yes if statement.holds else no] + (" " if outcome.language is Language.EN else "")


def _whose(slots: Mapping[str, str], rulebook: Rulebook, grades: Sequence[Grade], english: bool) -> str:
    if not grades:
        return ""
    if len(grades) == len(rulebook.grades):
        return slots["everybody"]
    if english:
        return ", ".join(f"{grade.key.capitalize()} ({grade.short_name})" for grade in grades)
    if len(grades) == 1:
        return grades[0].name
    return "、".join(grade.short_name for grade in grades) + "客户经理"


def _joined(who: str, body: str, english: bool) -> str:
    if not who:
        return body
    return f"{who}: {body}" if english else f"{who}:{body}"
