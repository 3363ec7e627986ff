"""A team's standings: `templates/team/`. A table, a line a person; how many it has no room for is said."""

from collections import Counter

from bot.render import gaps
from bot.render.blocks import context, section, table
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.standing import NO_FIGURES
from bot.render.words import Words
from bot.services.team import Situation, TeamRow, TeamShown

_MOST_ROWS = 99
"""Of a table that Slack takes, the head aside."""


def render_team(words: Words, outcome: TeamShown) -> Message:
    """The counts by situation, then the table. The first block names no figure."""
    counted = Counter(row.situation for row in outcome.rows)
    state = outcome.rows[0].standing.state if outcome.rows else None
    slots = words.slots(
        "team/team",
        whole=outcome.whole,
        period=outcome.period,
        rulebook=outcome.rulebook,
        count=len(outcome.rows),
        counts=[(key, counted[key]) for key in Situation if counted[key]],
        batch=state.batch if state else None,
        example=outcome.rows[0].standing.person.name if outcome.rows else "",
        left=max(0, len(outcome.rows) - _MOST_ROWS),
        focus=None,
        lacking=[],
        waiting=[],
    )
    head = str(plain(slots["head"])).split("|")
    rows = [_cells(words, row, outcome, slots["none"]) for row in outcome.rows]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(slots["answer"]),
        table([head, *rows[:_MOST_ROWS]]),
        section(slots["more"]),
        context(slots["next"], slots["source"]),
    )


def _cells(words: Words, row: TeamRow, outcome: TeamShown, none: str) -> list[str]:
    person, focus = row.standing.person, row.focus
    wording = Wording(words, person, focus.pass_line, ())
    rulebook = outcome.rulebook
    gap = words.slot(
        "team/team",
        "gap",
        focus=focus,
        lacking=[wording.gap(finding) for finding in gaps.lacking(focus)],
        waiting=[wording.gap(f) for f in gaps.waiting(focus) if f.missing != NO_FIGURES],
    )
    return [
        person.id,
        person.name,
        person.unit or "",
        rulebook.grade(person.grade).short_name if person.grade else "",
        rulebook.grade(row.standing.proposed).short_name if row.standing.proposed else none,
        focus.grade.short_name,
        plain(gap),
        words.word(row.situation, "situation"),
    ]
